using PyBase.Extraction.Dxf.Text;

namespace PyBase.Extraction.Dxf.Records;

/// <summary>TOLERANCE, a feature control frame.</summary>
sealed class ToleranceEntity : DxfRecord
{
    /// <summary>1 content, 3 dimension style, 10 20 30 place.</summary>
    public static readonly RecordType<ToleranceEntity> Type = new("TOLERANCE")
    {
        { 1, (tolerance, tag) => tolerance.Raw = tag.Text() },
        { 3, (tolerance, tag) => tolerance.Style = tag.Name() },
        { 10, (tolerance, tag) => tolerance.At = tolerance.At with { X = tag.Real() } },
        { 20, (tolerance, tag) => tolerance.At = tolerance.At with { Y = tag.Real() } },
    };

    List<ToleranceLine>? lines;

    public string Raw { get; private set; } = "";

    /// <summary>Read once, since many leaders may point with one frame.</summary>
    public IReadOnlyList<ToleranceLine> Lines => lines ??= ToleranceFrame.Read(Raw);

    public string Style { get; private set; } = "";
    public Point At { get; private set; }
}
