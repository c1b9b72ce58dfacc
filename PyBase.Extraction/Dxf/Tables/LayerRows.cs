using PyBase.Extraction.Dxf.Content;
using PyBase.Extraction.Dxf.Records;
using PyBase.Extraction.Envelope;

namespace PyBase.Extraction.Dxf.Tables;

/// <summary>The LAYER table, and how many entities lie on each layer.</summary>
static class LayerRows
{
    static readonly TableColumn[] Columns =
    [
        new("name", ColumnType.Text), new("color_aci", ColumnType.Integer), new("rgb", ColumnType.Text), new("linetype", ColumnType.Text),
        new("lineweight", ColumnType.Number, "mm"), new("on", ColumnType.Boolean), new("frozen", ColumnType.Boolean), new("locked", ColumnType.Boolean),
        new("plot", ColumnType.Boolean), new("entity_count", ColumnType.Integer),
    ];

    public static ExtractedTable Build(DrawingView view)
    {
        var counts = new Dictionary<string, long>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, count) in view.Drawing.Tally.Counts)
        {
            var name = view.Drawing.Layers[key.Layer];
            counts[name] = counts.GetValueOrDefault(name) + count;
        }
        var rows = view.Start("layers", Columns);
        foreach (var layer in view.Drawing.Of<Layer>())
        {
            rows.Add(Spaces.Locator(layer), 1, null, layer.Name, Math.Abs((long)layer.Color), layer.Rgb is { } rgb ? $"#{rgb:X6}" : null, layer.Linetype,
                layer.Lineweight >= 0 ? layer.Lineweight / 100.0 : (double?)null, layer.Color >= 0, (layer.Flags & 1) != 0, (layer.Flags & 4) != 0,
                layer.IsPlotted, counts.GetValueOrDefault(layer.Name));
        }
        return view.Finish(rows);
    }
}
