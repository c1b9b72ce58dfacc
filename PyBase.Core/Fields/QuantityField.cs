using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using PyBase.Core.Errors;
using PyBase.Core.Formulas;
using PyBase.Notation.GeneralTolerances;
using PyBase.Notation.Quantities;
using PyBase.Notation.Units;

namespace PyBase.Core.Fields;

/// <summary>
/// <c>quantity</c>: a dimension or any other value with a unit and a tolerance, <c>⌀10 H7</c>, <c>10,5 ±0,1 mm</c>. A cell keeps the unit it was written with;
/// <c>number</c>, <c>lower</c>, <c>upper</c> and <c>tolerance</c> are in the unit of the field, so that cells compare whatever their units.
/// </summary>
public sealed class QuantityField : Notated
{
    /// <summary>Most decimals that the option <c>precision</c> allows.</summary>
    const int MaxPrecision = 12;

    static readonly string[] Forms = ["any", "symmetric", "asymmetric", "limits"];

    readonly Unit unit;
    readonly int? precision;
    readonly (Quantity? Least, Quantity? Most) range;
    readonly (string Form, bool Required) tolerance;
    readonly GeneralTolerance? general;

    QuantityField(Unit unit, int? precision, (Quantity?, Quantity?) range, (string, bool) tolerance, GeneralTolerance? general)
    {
        (this.unit, this.precision, this.range, this.tolerance, this.general) = (unit, precision, range, tolerance, general);
        Order = Part.Number("number", unit);
        Parts =
        [
            Order, Part.Number("lower", unit), Part.Number("upper", unit), new("tolerance", ValueKind.Number, unit, IsDifference: true), Part.Number("value"), Part.Number("si"),
            Part.Number("count"), Part.Word("unit"), Part.Word("fit"), Part.Word("symbol"), Part.Word("kind"), Part.Word("general"),
        ];
    }

    /// <inheritdoc/>
    public override string Name => "quantity";

    /// <inheritdoc/>
    public override Part Order { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Part> Parts { get; }

    /// <inheritdoc/>
    public override Action<Utf8JsonWriter> Options => json =>
    {
        json.WriteStartObject();
        json.WriteString("unit", unit.Symbol);
        json.WriteString("dimension", NameOf(unit.Dimension));
        if (precision is { } decimals)
            json.WriteNumber("precision", decimals);
        if (range.Least is { } least)
            json.WriteString("min", least.ToString());
        if (range.Most is { } most)
            json.WriteString("max", most.ToString());
        if (tolerance.Form != Forms[0])
            json.WriteString("toleranceType", tolerance.Form);
        if (tolerance.Required)
            json.WriteBoolean("requireTolerance", true);
        if (general is not null)
            json.WriteString("generalTolerance", general.ToString());
        json.WriteEndObject();
    };

    /// <inheritdoc/>
    public override bool TryRead(string text, [NotNullWhen(true)] out NotatedCell? cell, [NotNullWhen(false)] out string? fault)
    {
        cell = null;
        if (!Quantity.TryParse(text, unit, out var quantity, out var wrong))
        {
            fault = wrong.ToString();
            return false;
        }
        // The text keeps its closing zeros, which tell a reader something; what is compared does not.
        if (!quantity.TryConvert(unit, null, out var same))
        {
            fault = $"The number is too large in {unit.Symbol}.";
            return false;
        }
        var (lower, upper) = BoundsOf(same);
        var own = (lower, upper) is not (null, null);
        if (quantity.Tolerance is null && quantity.Kind is QuantityKind.Plain && General(same) is { } deviation)
            (lower, upper) = (same.Value - deviation, same.Value + deviation);
        var key = string.Join('|', Plain(same.Value), own ? Plain(lower) : "", own ? Plain(upper) : "", quantity.Tolerance is Tolerance.OfClass or Tolerance.OfFit ? FitOf(quantity) : "",
            quantity.Symbol is FeatureSymbol.None ? "" : quantity.Symbol, quantity.Kind is QuantityKind.Plain ? "" : quantity.Kind, quantity.Count == 1 ? "" : quantity.Count,
            quantity.IsTypical ? "TYP" : "", Plain(quantity.ChamferAngle));
        fault = null;
        cell = Made(quantity, quantity.ToString(), key.TrimEnd('|'), (double)same.Value, json => Write(json, quantity, same, lower, upper, own));
        return true;
    }

    void Write(Utf8JsonWriter json, Quantity quantity, Quantity same, decimal? lower, decimal? upper, bool own)
    {
        json.WriteNumber("value", quantity.Value);
        json.WriteString("unit", quantity.Unit.Symbol);
        json.WriteNumber("si", quantity.SiValue);
        if (lower is { } least)
            json.WriteNumber("lower", least);
        if (upper is { } most)
            json.WriteNumber("upper", most);
        if (upper - lower is { } width)
            json.WriteNumber("tolerance", width);
        if (FitOf(quantity) is { } fit)
            json.WriteString("fit", fit);
        if (SignOf(quantity.Symbol) is { } sign)
            json.WriteString("symbol", sign);
        if (quantity.Kind is not QuantityKind.Plain)
            json.WriteString("kind", quantity.Kind is QuantityKind.Basic ? "basic" : "reference");
        if (quantity.Count != 1)
            json.WriteNumber("count", quantity.Count);
        if (quantity.IsTypical)
            json.WriteBoolean("typical", true);
        if (quantity.ChamferAngle is { } angle)
            json.WriteNumber("chamferAngle", angle);
        if (!own && lower is not null)
            json.WriteString("general", general!.ToString());
    }

    /// <inheritdoc/>
    protected override string? Broken(NotatedCell cell)
    {
        var quantity = (Quantity)cell.Value;
        var form = quantity.Tolerance switch
        {
            Tolerance.Deviations { IsSymmetrical: true } => "symmetric",
            Tolerance.Deviations => "asymmetric",
            Tolerance.Limits => "limits",
            _ => null,
        };
        return quantity.Tolerance is null && tolerance.Required ? "A tolerance is required."
            : form is not null && tolerance.Form != Forms[0] && form != tolerance.Form ? $"Its tolerance is {form}; the field takes {tolerance.Form}."
            : precision is { } decimals && Math.Round(quantity.Value, decimals) != quantity.Value ? $"It has more than {decimals} decimals."
            : range.Least is { } least && cell.Number < Of(least) ? $"The least is {least}."
            : range.Most is { } most && cell.Number > Of(most) ? $"The most is {most}."
            : null;
    }

    /// <summary><c>{"value":10.5,"unit":"mm","tolerance":0.1}</c>; also plus and minus, lower and upper, fit, symbol, count, kind.</summary>
    protected override string? Compose(JsonElement value)
    {
        if (Written(value, "lower") is { } lower && Written(value, "upper") is { } upper && Written(value, "value") is null)
            return $"{lower}...{upper} {Written(value, "unit")}";
        if (Written(value, "value") is not { } number)
            return null;
        var around = value.GetText("kind") switch { "basic" => ("[", "]"), "reference" => ("(", ")"), _ => ("", "") };
        var measured = Written(value, "unit") ?? unit.Symbol;
        var bounds = Written(value, "fit") is { } fit ? " " + fit
            : Written(value, "tolerance") is { } both ? $" ±{both}"
            : (Written(value, "plus", "tolerance_plus"), Written(value, "minus", "tolerance_minus")) is var (plus, minus) && (plus ?? minus) is not null ? Deviations(plus ?? "0", minus ?? "0")
            : "";
        var count = value.TryGetInt("count", out var times) && times != 1 ? $"{times}x " : "";
        return bounds.Contains('±', StringComparison.Ordinal) || bounds.Contains("/-", StringComparison.Ordinal)
            ? $"{count}{around.Item1}{value.GetText("symbol")}{number}{bounds} {measured}{around.Item2}"
            : $"{count}{around.Item1}{value.GetText("symbol")}{number} {measured}{bounds}{around.Item2}";
    }

    /// <summary>As the original has them, neither with a sign.</summary>
    static string Deviations(string plus, string minus) => plus.All(c => c is '0' or '.') && minus.All(c => c is '0' or '.') ? "" : $" +{plus}/-{minus}";

    double Of(Quantity limit) => limit.Unit.TryConvert(limit.Value, unit, out var number) ? (double)number : limit.SiValue;

    /// <summary>± of the general tolerance, in the field's unit; null where there is none for this size.</summary>
    decimal? General(Quantity same)
    {
        if (general?.Linear is not { } linear || !unit.TryConvert(same.Value, LengthUnits.Millimetre, out var size))
            return null;
        var deviation = same.Symbol is FeatureSymbol.Radius or FeatureSymbol.SphericalRadius or FeatureSymbol.ControlledRadius or FeatureSymbol.Chamfer || same.ChamferAngle is not null
            ? Iso2768Part1.RadiusOf(size, linear)
            : Iso2768Part1.LinearOf(size, linear);
        return deviation is { } millimetres && LengthUnits.Millimetre.TryConvert(millimetres, unit, out var own) ? own : null;
    }

    static (decimal? Lower, decimal? Upper) BoundsOf(Quantity same) => same.Tolerance switch
    {
        Tolerance.Deviations deviations => (same.Value + deviations.Lower, same.Value + deviations.Upper),
        Tolerance.Limits limits => (limits.Lower, limits.Upper),
        Tolerance.Maximum => (null, same.Value),
        Tolerance.Minimum => (same.Value, null),
        Tolerance.OfClass { Code: var code } when same.Unit.TryConvert(same.Value, LengthUnits.Millimetre, out var size) && code.LimitsOf(size) is { } limits
            && LengthUnits.Millimetre.TryConvert(size + limits.Lower / 1000, same.Unit, out var lower) && LengthUnits.Millimetre.TryConvert(size + limits.Upper / 1000, same.Unit, out var upper) => (lower, upper),
        _ => (null, null),
    };

    static string? FitOf(Quantity quantity) => quantity.Tolerance switch
    {
        Tolerance.OfClass { Code: var code } => code.ToString(),
        Tolerance.OfFit { Code: var code } => code.ToString(),
        _ => null,
    };

    static string? SignOf(FeatureSymbol symbol) => symbol switch
    {
        FeatureSymbol.Diameter => "⌀",
        FeatureSymbol.SphericalDiameter => "S⌀",
        FeatureSymbol.Radius => "R",
        FeatureSymbol.SphericalRadius => "SR",
        FeatureSymbol.ControlledRadius => "CR",
        FeatureSymbol.Square => "□",
        FeatureSymbol.Chamfer => "C",
        _ => null,
    };

    static string Plain(decimal? number) => number?.ToString("0.############################", CultureInfo.InvariantCulture) ?? "";

    static string NameOf(UnitDimension dimension) => char.ToLowerInvariant(dimension.ToString()[0]) + dimension.ToString()[1..];

    /// <summary>The unit of a dimension that names none: mm and degrees, as drawings have them, else the SI unit or the first of the list.</summary>
    static Unit UsualOf(UnitDimension dimension) => dimension switch
    {
        UnitDimension.Length => LengthUnits.Millimetre,
        UnitDimension.Angle => AngleUnits.Degree,
        _ => UnitTable.All.FirstOrDefault(u => u.Dimension == dimension && u is { Numerator: 1, Denominator: 1, Offset: 0, TimesPi: false }) ?? UnitTable.All.First(u => u.Dimension == dimension),
    };

    internal static Result<FieldType> FromOptions(JsonElement json, FieldScope scope)
    {
        var options = new NotatedOptions("quantity", json);
        var (named, measures) = (options.Text("unit"), options.Text("dimension"));
        var dimension = Enum.GetValues<UnitDimension>().Cast<UnitDimension?>().FirstOrDefault(d => NameOf(d!.Value) == measures);
        if (measures is not null && dimension is null)
            options.Refuse($"dimension is one of {string.Join(", ", Enum.GetValues<UnitDimension>().Select(NameOf))}");
        var unit = dimension is { } known ? UsualOf(known) : LengthUnits.Millimetre;
        if (named is not null && !Unit.TryParse(named, out unit, out _))
            options.Refuse($"\"{named.Excerpt()}\" is no unit");
        unit ??= LengthUnits.Millimetre;
        if (dimension is not null && unit.Dimension != dimension)
            options.Refuse($"{unit.Symbol} measures {NameOf(unit.Dimension)}, not {measures}");
        var range = (Limit("min"), Limit("max"));
        if (range is ({ } least, { } most) && least.SiValue > most.SiValue)
            options.Refuse("min is at most max");
        GeneralTolerance? general = null;
        if (options.Text("generalTolerance") is { Length: > 0 } wanted)
        {
            if (!GeneralTolerance.TryParse(wanted, out general, out _) || general.Linear is null)
                options.Refuse("generalTolerance is a designation with a class f, m, c or v, such as ISO 2768-m");
            else if (unit.Dimension is not UnitDimension.Length)
                options.Refuse("generalTolerance is for lengths");
        }
        var (precision, form, required) = (options.Whole("precision", MaxPrecision), options.OneOf("toleranceType", Forms[0], Forms), options.Flag("requireTolerance", false));
        return options.Then(() => new QuantityField(unit, precision, range, (form, required), general));

        Quantity? Limit(string name)
        {
            if (options.Written(name) is not { } text)
                return null;
            if (!Quantity.TryParse(text, unit, out var limit, out var fault) || limit.Tolerance is not null)
            {
                options.Refuse($"{name} is a value such as 10 {unit.Symbol}{(fault is null ? "" : $": {fault}")}");
                return null;
            }
            return limit;
        }
    }
}
