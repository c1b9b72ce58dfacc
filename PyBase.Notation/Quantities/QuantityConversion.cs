using PyBase.Notation.Units;

namespace PyBase.Notation.Quantities;

/// <summary>A quantity in another unit.</summary>
static class QuantityConversion
{
    public static Quantity? Convert(Quantity quantity, Unit unit, int? decimals)
    {
        if (!quantity.Unit.TryConvert(quantity.Value, unit, out var value))
            return null;
        var tolerance = quantity.Tolerance;
        switch (tolerance)
        {
            case Tolerance.Deviations deviations:
                if (!deviations.Unit.TryConvertDifference(deviations.Lower, unit, out var lower) || !deviations.Unit.TryConvertDifference(deviations.Upper, unit, out var upper))
                    return null;
                tolerance = new Tolerance.Deviations(Round(lower), Round(upper), unit);
                break;
            case Tolerance.Limits limits:
                if (!quantity.Unit.TryConvert(limits.Lower, unit, out lower) || !quantity.Unit.TryConvert(limits.Upper, unit, out upper))
                    return null;
                (lower, upper) = (Round(lower), Round(upper));
                return quantity with { Value = lower + (upper - lower) / 2, Unit = unit, Tolerance = new Tolerance.Limits(lower, upper) };
        }
        return quantity with { Value = Round(value), Unit = unit, Tolerance = tolerance };

        decimal Round(decimal exact) => decimals is { } places
            ? Math.Round(exact, Math.Clamp(places, 0, Text.NotationReader.MaxDecimals), MidpointRounding.AwayFromZero)
            : Trim(Math.Round(exact, Text.NotationReader.MaxDecimals));
    }

    /// <summary>The same number without closing zeros.</summary>
    internal static decimal Trim(decimal value) => value / 1.0000000000000000000000000000m;
}
