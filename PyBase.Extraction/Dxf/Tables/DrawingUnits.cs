using PyBase.Extraction.Dxf.Content;
using PyBase.Extraction.Envelope;

namespace PyBase.Extraction.Dxf.Tables;

/// <summary>
/// The unit of a drawing's lengths: <c>$INSUNITS</c> says it; where that is 0 or missing, architectural and engineering formats
/// count inches and <c>$MEASUREMENT</c> tells metric from imperial drawings, of which mm and inches are likely.
/// </summary>
static class DrawingUnits
{
    // By the value of $INSUNITS.
    static readonly string?[] Names =
    [
        null, "in", "ft", "mi", "mm", "cm", "m", "km", "uin", "mil", "yd", "angstrom", "nm", "um", "dm", "dam", "hm", "Gm", "au", "ly", "pc",
        "ft_us", "in_us", "yd_us", "mi_us",
    ];

    public static ExtractionUnits Of(Drawing drawing, FindingList findings)
    {
        var header = drawing.Header;
        if (header.InsertUnits is > 0 and var code && code < Names.Length)
            return new ExtractionUnits(Names[code], "deg", UnitSource.Declared);
        var assumed = header switch
        {
            { LengthFormat: 3 or 4 } => "in",
            { Measurement: 1 } => "mm",
            { Measurement: 0 } => "in",
            _ => null,
        };
        findings.Tell(FindingCode.UnitsUndeclared, assumed is null
            ? "The file does not say its unit of length."
            : $"The file does not say its unit of length; {assumed} was assumed.");
        return new ExtractionUnits(assumed, "deg", assumed is null ? UnitSource.Unknown : UnitSource.Assumed);
    }
}
