using PyBase.Extraction.Callouts;
using PyBase.Notation.Quantities;
using PyBase.Notation.Units;

namespace PyBase.Extraction.Dxf.Dimensions;

/// <summary>What the shown text of a dimension says beside its size, as the notation of drawings has it.</summary>
sealed record DimensionNotation(string? Fit, int Count, bool IsReference, Deviations? Deviations)
{
    const int Longest = 80;

    /// <summary>Null where there is no text that can be read so.</summary>
    public static DimensionNotation? Of(DimensionReading reading, DimensionKind kind, string? unit)
    {
        // A bare size, in feet and inches too, says no more than the measurement.
        if (reading.Displayed.Length is 0 or > Longest || !SaysMore(reading.Displayed))
            return null;
        Unit own = kind.IsAngle() ? AngleUnits.Degree : unit == "in" ? LengthUnits.Inch : LengthUnits.Millimetre;
        // Of several lines the first has the size.
        var line = reading.Displayed.Split('\n', 2)[0].Trim();
        if (CalloutReading.Of(line, null, null, own) is not { Callout.Size: { } size } callout)
            return null;
        return new DimensionNotation(callout.Fit, callout.Callout.Count, size.Kind == QuantityKind.Reference,
            callout is { Upper: { } upper, Lower: { } lower } ? new Deviations((double)upper, (double)lower, "text") : null);
    }

    static bool SaysMore(string text)
    {
        foreach (var sign in text)
        {
            if (sign is '(' or '+' or '×' || char.IsLetter(sign) && sign is not ('R' or 'Ø'))
                return true;
        }
        return text.Contains("/-", StringComparison.Ordinal);
    }
}
