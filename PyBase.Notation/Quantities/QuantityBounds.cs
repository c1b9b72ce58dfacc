using PyBase.Notation.Units;

namespace PyBase.Notation.Quantities;

/// <summary>What a tolerance means in SI.</summary>
static class QuantityBounds
{
    public static (double? Lower, double? Upper) Of(Quantity quantity) => quantity.Tolerance switch
    {
        Tolerance.Deviations deviations => (At(quantity, deviations.Lower, deviations.Unit), At(quantity, deviations.Upper, deviations.Unit)),
        Tolerance.Limits limits => (quantity.Unit.ToSi(limits.Lower), quantity.Unit.ToSi(limits.Upper)),
        Tolerance.OfClass { Code: var code } => OfClass(quantity, code),
        Tolerance.Maximum => (null, quantity.SiValue),
        Tolerance.Minimum => (quantity.SiValue, null),
        _ => (null, null),
    };

    static double At(Quantity quantity, decimal deviation, Unit unit) =>
        unit.TryConvertDifference(deviation, quantity.Unit, out var same) ? quantity.Unit.ToSi(quantity.Value + same) : quantity.SiValue + unit.DifferenceToSi(deviation);

    static (double? Lower, double? Upper) OfClass(Quantity quantity, Fits.ToleranceClass code)
    {
        if (!quantity.Unit.TryConvert(quantity.Value, LengthUnits.Millimetre, out var nominal) || code.LimitsOf(nominal) is not { } limits)
            return (null, null);
        return (LengthUnits.Millimetre.ToSi(nominal + limits.Lower / 1000), LengthUnits.Millimetre.ToSi(nominal + limits.Upper / 1000));
    }
}
