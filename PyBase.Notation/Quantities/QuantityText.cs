using System.Globalization;
using System.Text;
using PyBase.Notation.Units;

namespace PyBase.Notation.Quantities;

/// <summary>Writes the canonical text of a quantity. The unit is always there, so that it reads back under any default.</summary>
static class QuantityText
{
    public static string Write(Quantity quantity, bool closingZeros)
    {
        var text = new StringBuilder();
        if (quantity.Count != 1)
            text.Append(CultureInfo.InvariantCulture, $"{quantity.Count}x ");
        text.Append(quantity.Kind switch { QuantityKind.Reference => "(", QuantityKind.Basic => "[", _ => "" });
        text.Append(quantity.Symbol switch
        {
            FeatureSymbol.Diameter => "⌀",
            FeatureSymbol.SphericalDiameter => "S⌀",
            FeatureSymbol.Radius => "R",
            FeatureSymbol.SphericalRadius => "SR",
            FeatureSymbol.ControlledRadius => "CR",
            FeatureSymbol.Square => "□",
            FeatureSymbol.Chamfer => "C",
            _ => "",
        });
        var unit = quantity.Unit;
        switch (quantity.Tolerance)
        {
            case Tolerance.Deviations deviations when ReferenceEquals(deviations.Unit, unit) && !unit.Touches:
                text.Append(Number(quantity.Value)).Append(' ').Append(Deviations(deviations)).Append(' ').Append(unit.Symbol);
                break;
            case Tolerance.Deviations deviations:
                text.Append(With(quantity.Value, unit)).Append(' ').Append(Deviations(deviations)).Append(deviations.Unit.Touches ? "" : " ").Append(deviations.Unit.Symbol);
                break;
            case Tolerance.Limits limits:
                text.Append(Number(limits.Lower)).Append(limits.Lower >= 0 && limits.Lower < limits.Upper ? "-" : "...").Append(With(limits.Upper, unit));
                break;
            case Tolerance.OfClass { Code: var code }:
                text.Append(With(quantity.Value, unit)).Append(' ').Append(code);
                break;
            case Tolerance.OfFit { Code: var code }:
                text.Append(With(quantity.Value, unit)).Append(' ').Append(code);
                break;
            case Tolerance.Maximum:
                text.Append(With(quantity.Value, unit)).Append(" MAX");
                break;
            case Tolerance.Minimum:
                text.Append(With(quantity.Value, unit)).Append(" MIN");
                break;
            default:
                text.Append(With(quantity.Value, unit));
                break;
        }
        if (quantity.ChamferAngle is { } angle)
            text.Append(" x ").Append(Number(angle)).Append('°');
        text.Append(quantity.Kind switch { QuantityKind.Reference => ")", QuantityKind.Basic => "]", _ => "" });
        if (quantity.IsTypical)
            text.Append(" TYP");
        return text.ToString();

        string With(decimal value, Unit its) => its.Touches ? Number(value) + its.Symbol : $"{Number(value)} {its.Symbol}";

        string Deviations(Tolerance.Deviations deviations) =>
            deviations.IsSymmetrical && deviations.Upper > 0 ? "±" + Number(deviations.Upper) : Signed(deviations.Upper) + "/" + Signed(deviations.Lower);

        string Signed(decimal value) => value > 0 ? "+" + Number(value) : value == 0 ? "0" : Number(value);

        string Number(decimal value) => (closingZeros ? value : QuantityConversion.Trim(value)).ToString(CultureInfo.InvariantCulture);
    }
}
