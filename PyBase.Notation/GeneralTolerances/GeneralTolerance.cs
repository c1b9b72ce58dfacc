using System.Diagnostics.CodeAnalysis;
using PyBase.Notation.Text;

namespace PyBase.Notation.GeneralTolerances;

/// <summary>The general tolerance of a drawing, such as <c>ISO 2768-mK</c> or <c>ISO 2768-f</c> (ISO 2768-1, 5; ISO 2768-2, 6).</summary>
/// <param name="Linear">Class of part 1; null when only geometry is given.</param>
/// <param name="Geometrical">Class of part 2, if given.</param>
/// <param name="Envelope">True for the trailing E: the envelope requirement applies.</param>
public sealed record GeneralTolerance(LinearToleranceClass? Linear, GeometricalToleranceClass? Geometrical, bool Envelope = false)
{
    /// <summary>Reads the designation; ISO, DIN or EN before the number and the dash may be missing.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out GeneralTolerance? value, [NotNullWhen(false)] out NotationFault? fault)
    {
        value = null;
        if (!FoldedText.TryFold(text, out var folded, out fault))
            return false;
        var reader = new NotationReader(folded);
        if (!TryTake(ref reader, out value) || !reader.ExpectEnd())
        {
            value = null;
            fault = reader.Fault();
            return false;
        }
        return true;
    }

    static bool TryTake(ref NotationReader reader, [NotNullWhen(true)] out GeneralTolerance? value)
    {
        value = null;
        reader.SkipBlanks();
        foreach (var issuer in (ReadOnlySpan<string>)["DIN", "EN", "ISO"])
        {
            if (reader.Take(issuer, StringComparison.OrdinalIgnoreCase))
                reader.SkipBlanks();
            if (reader.TakeAny("-") != '\0')
                reader.SkipBlanks();
        }
        if (!reader.Take("2768"))
            return reader.Fail("2768");
        reader.SkipBlanks();
        reader.Take('-');
        reader.SkipBlanks();
        // ISO 2768-1-m names the part
        if (reader.TakeAny("1T") != '\0')
        {
            reader.TakeAny("1");
            reader.SkipBlanks();
            reader.TakeAny("-");
            reader.SkipBlanks();
        }
        LinearToleranceClass? linear = reader.TakeAny("fmcvFMCV") switch
        {
            'f' or 'F' => LinearToleranceClass.Fine,
            'm' or 'M' => LinearToleranceClass.Medium,
            'c' or 'C' => LinearToleranceClass.Coarse,
            'v' or 'V' => LinearToleranceClass.VeryCoarse,
            _ => null,
        };
        reader.SkipBlanks();
        GeometricalToleranceClass? geometrical = reader.TakeAny("HKLhkl") switch
        {
            'H' or 'h' => GeometricalToleranceClass.H,
            'K' or 'k' => GeometricalToleranceClass.K,
            'L' or 'l' => GeometricalToleranceClass.L,
            _ => null,
        };
        if (linear is null && geometrical is null)
            return reader.Fail("a class f, m, c or v, with H, K or L");
        reader.SkipBlanks();
        value = new(linear, geometrical, reader.Take('-') ? reader.Take('E') : reader.Take('E'));
        return true;
    }

    /// <summary>The designation: ISO 2768-mK-E.</summary>
    public override string ToString()
    {
        var linear = Linear switch
        {
            LinearToleranceClass.Fine => "f",
            LinearToleranceClass.Medium => "m",
            LinearToleranceClass.Coarse => "c",
            LinearToleranceClass.VeryCoarse => "v",
            _ => "",
        };
        return $"ISO 2768-{linear}{Geometrical}{(Envelope ? "-E" : "")}";
    }
}
