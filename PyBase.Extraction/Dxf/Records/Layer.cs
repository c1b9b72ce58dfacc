namespace PyBase.Extraction.Dxf.Records;

/// <summary>An entry of the LAYER table.</summary>
sealed class Layer : DxfRecord
{
    /// <summary>2 name, 70 flags (1 frozen, 4 locked), 62 colour (negative: off), 420 true colour, 6 linetype, 370 lineweight, 290 plotted.</summary>
    public static readonly RecordType<Layer> Type = new("LAYER")
    {
        { 2, (layer, tag) => layer.Name = tag.Name() },
        { 6, (layer, tag) => layer.Linetype = tag.Name() },
        { 62, (layer, tag) => layer.Color = tag.Small() },
        { 70, (layer, tag) => layer.Flags = tag.Small() },
        { 290, (layer, tag) => layer.IsPlotted = tag.Integer() != 0 },
        { 370, (layer, tag) => layer.Lineweight = tag.Small() },
        { 420, (layer, tag) => layer.Rgb = tag.Small() & 0xFFFFFF },
    };

    public string Name { get; private set; } = "";
    public string Linetype { get; private set; } = "";
    public int Color { get; private set; } = 7;
    public int? Rgb { get; private set; }
    public int Flags { get; private set; }
    public bool IsPlotted { get; private set; } = true;

    /// <summary>In 1/100 mm; negative for the default.</summary>
    public int Lineweight { get; private set; } = -3;
}
