using PyBase.Extraction.Dxf.Records;
using PyBase.Extraction.Envelope;

namespace PyBase.Extraction.Dxf.Tables;

/// <summary>Feature control frames, a row for each of their lines.</summary>
static class ToleranceRows
{
    static readonly TableColumn[] Columns =
    [
        new("frame", ColumnType.Integer), new("row", ColumnType.Integer), new("text", ColumnType.Text), new("characteristic", ColumnType.Text), new("diametral", ColumnType.Boolean),
        new("value", ColumnType.Number), new("value_text", ColumnType.Text), new("modifiers", ColumnType.Text), new("value2", ColumnType.Number), new("value2_text", ColumnType.Text),
        new("datum1", ColumnType.Text), new("datum2", ColumnType.Text), new("datum3", ColumnType.Text), new("note", ColumnType.Boolean), new("layer", ColumnType.Text),
        new("layout", ColumnType.Text), new("owner", ColumnType.Text),
    ];

    public static ExtractedTable Build(DrawingView view)
    {
        var rows = view.Start("tolerances", Columns);
        var frame = 0;
        foreach (var tolerance in view.Drawing.Of<ToleranceEntity>())
        {
            frame++;
            var owner = view.Spaces.OwnerOf(tolerance);
            foreach (var line in tolerance.Lines)
            {
                rows.Add(view.Spaces.Locate(tolerance), 1, tolerance.Raw, frame, line.Line, line.Text, line.Characteristic, line.First.IsDiametral, line.First.Value,
                    line.First.Text, line.First.Modifiers, line.Second.Value, line.Second.Text, line.Datums[0], line.Datums[1], line.Datums[2], !line.IsFrame,
                    view.LayerOf(tolerance), view.Spaces.LayoutOf(owner), owner);
            }
        }
        return view.Finish(rows);
    }
}
