using PyBase.Extraction.Dxf.Records;
using PyBase.Extraction.Envelope;

namespace PyBase.Extraction.Dxf.Tables;

/// <summary>References to blocks, and their attributes.</summary>
static class InsertRows
{
    static readonly TableColumn[] Columns =
    [
        new("block", ColumnType.Text), new("block_raw", ColumnType.Text), new("layout", ColumnType.Text), new("owner", ColumnType.Text),
        new("layer", ColumnType.Text), new("x", ColumnType.Number), new("y", ColumnType.Number), new("z", ColumnType.Number),
        new("rotation", ColumnType.Number, "deg"), new("sx", ColumnType.Number), new("sy", ColumnType.Number), new("sz", ColumnType.Number),
        new("rows", ColumnType.Integer), new("cols", ColumnType.Integer), new("count", ColumnType.Integer),
    ];

    static readonly TableColumn[] AttributeColumns =
    [
        new("insert", ColumnType.Text), new("block", ColumnType.Text), new("tag", ColumnType.Text), new("value", ColumnType.Text),
        new("constant", ColumnType.Boolean), new("layout", ColumnType.Text), new("owner", ColumnType.Text), new("layer", ColumnType.Text),
    ];

    public static ExtractedTable Build(DrawingView view)
    {
        var rows = view.Start("inserts", Columns);
        foreach (var insert in view.Drawing.Of<InsertEntity>())
        {
            var owner = view.Spaces.OwnerOf(insert);
            if (view.Spaces.BlockOf(insert.BlockName) is null)
                view.Findings.Warn(FindingCode.DanglingReference, "An INSERT names a block that is not defined.", view.Spaces.Locate(insert));
            rows.Add(view.Spaces.Locate(insert), 1, null, view.Spaces.TrueName(insert.BlockName), insert.BlockName, view.Spaces.LayoutOf(owner), owner,
                view.LayerOf(insert), insert.At.X, insert.At.Y, insert.At.Z, insert.Rotation, insert.Scale.X, insert.Scale.Y, insert.Scale.Z,
                insert.Rows, insert.Columns, insert.Count);
        }
        return view.Finish(rows);
    }

    public static ExtractedTable BuildAttributes(DrawingView view)
    {
        var rows = view.Start("attributes", AttributeColumns);
        foreach (var insert in view.Drawing.Of<InsertEntity>())
        {
            var owner = view.Spaces.OwnerOf(insert);
            if (rows.IsCut)
                break;
            var locator = view.Spaces.Locate(insert);
            foreach (var attribute in view.AttributesOf(insert))
            {
                rows.Add($"{locator}/{attribute.Tag}", 1, attribute.Raw, locator, view.Spaces.TrueName(insert.BlockName),
                    attribute.Tag, attribute.Value, attribute.IsConstant, view.Spaces.LayoutOf(owner), owner, attribute.Layer);
            }
        }
        return view.Finish(rows);
    }
}
