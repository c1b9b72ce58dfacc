using PyBase.Extraction.Dxf.Content;
using PyBase.Extraction.Dxf.Records;
using PyBase.Extraction.Envelope;

namespace PyBase.Extraction.Dxf.Tables;

/// <summary>Other files that the drawing shows: drawings, images and underlays.</summary>
static class XrefRows
{
    static readonly TableColumn[] Columns = [new("kind", ColumnType.Text), new("name", ColumnType.Text), new("path", ColumnType.Text)];

    public static ExtractedTable Build(DrawingView view)
    {
        var rows = view.Start("xrefs", Columns);
        foreach (var block in view.Drawing.Of<BlockDefinition>().Where(block => block.IsXref))
        {
            rows.Add(Spaces.Locator(block), 1, null, (block.Flags & 8) != 0 ? "overlay" : "xref", block.Name, block.Path);
            view.Findings.Warn(FindingCode.ExternalFileMissing, $"The drawing refers to '{block.Path}', whose content is not part of it.", Spaces.Locator(block));
        }
        foreach (var file in view.Drawing.Of<FileReference>())
        {
            rows.Add(Spaces.Locator(file), 1, null, file.TypeName == "IMAGEDEF" ? "image" : "underlay", FileName(file.Path), file.Path);
            view.Findings.Warn(FindingCode.ExternalFileMissing, $"The drawing refers to '{file.Path}', whose content is not part of it.", Spaces.Locator(file));
        }
        return view.Finish(rows);
    }

    // Paths are those of the writer's system.
    static string FileName(string path) => path[(path.LastIndexOfAny(['/', '\\']) + 1)..];
}
