using PyBase.Extraction.Dxf.Content;
using PyBase.Extraction.Dxf.Records;
using PyBase.Extraction.Envelope;

namespace PyBase.Extraction.Dxf.Tables;

/// <summary>The names of linetypes, text styles and dimension styles.</summary>
static class StyleRows
{
    static readonly TableColumn[] Columns = [new("kind", ColumnType.Text), new("name", ColumnType.Text), new("description", ColumnType.Text)];

    public static ExtractedTable Build(DrawingView view)
    {
        var rows = view.Start("styles", Columns);
        foreach (var entry in view.Drawing.Of<NamedEntry>())
        {
            // A STYLE with flag 1 is a file of shapes.
            var kind = entry.TypeName == "LTYPE" ? "linetype" : (entry.Flags & 1) != 0 ? "shape_file" : "text";
            rows.Add(Spaces.Locator(entry), 1, null, kind, entry.Name, entry.Description);
        }
        foreach (var style in view.Drawing.Of<DimensionStyle>())
            rows.Add(Spaces.Locator(style), 1, null, "dimension", style.Name, style.Variables.Post);
        return view.Finish(rows);
    }
}
