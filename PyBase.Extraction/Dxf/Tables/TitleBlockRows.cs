using PyBase.Extraction.Dxf.Records;
using PyBase.Extraction.Envelope;

namespace PyBase.Extraction.Dxf.Tables;

/// <summary>
/// Title blocks: references to blocks of whose attributes at least two are fields of a title block under some name. Each
/// attribute with a value is a row; those of no known field have <c>custom</c>.
/// </summary>
static class TitleBlockRows
{
    static readonly TableColumn[] Columns =
    [
        new("field", ColumnType.Text), new("value", ColumnType.Text), new("tag", ColumnType.Text), new("block", ColumnType.Text),
        new("insert", ColumnType.Text), new("layout", ColumnType.Text),
    ];

    const int FieldsNeeded = 2;
    const double BySynonym = 0.9, Custom = 0.6;

    public static ExtractedTable Build(DrawingView view)
    {
        var rows = view.Start("title_block", Columns);
        foreach (var insert in view.Drawing.Of<InsertEntity>())
        {
            if (!view.IsTitleBlock(insert))
                continue;
            var locator = view.Spaces.Locate(insert);
            foreach (var attribute in view.AttributesOf(insert))
            {
                var field = FieldSynonyms.TitleBlock.Find(attribute.Tag);
                if (!string.IsNullOrWhiteSpace(attribute.Value))
                {
                    rows.Add($"{locator}/{attribute.Tag}", field is null ? Custom : BySynonym, attribute.Raw, field ?? "custom", attribute.Value.Trim(), attribute.Tag,
                        view.Spaces.TrueName(insert.BlockName), locator, view.Spaces.LayoutOf(view.Spaces.OwnerOf(insert)));
                }
            }
        }
        return view.Finish(rows);
    }

    /// <summary>Whether the attributes are those of a title block and not of a part.</summary>
    public static bool IsTitleBlock(InsertEntity insert, DrawingView view)
    {
        if (view.Spaces.LayoutOf(view.Spaces.OwnerOf(insert)) is null)
            return false;
        HashSet<string> fields = [];
        HashSet<string> parts = [];
        foreach (var attribute in view.AttributesOf(insert))
        {
            if (FieldSynonyms.TitleBlock.Find(attribute.Tag) is { } field)
                fields.Add(field);
            if (FieldSynonyms.PartsList.Find(attribute.Tag) is { } part)
                parts.Add(part);
        }
        return fields.Count >= FieldsNeeded && !(parts.Contains("qty") && fields.Count <= parts.Count);
    }
}
