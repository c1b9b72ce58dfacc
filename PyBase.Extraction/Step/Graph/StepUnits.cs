using System.Globalization;

namespace PyBase.Extraction.Step;

/// <summary>
/// Units as ISO 10303-41 writes them; each representation has a context that assigns its own:
/// <code>
/// (LENGTH_UNIT() NAMED_UNIT(*) SI_UNIT(.MILLI.,.METRE.))
/// (CONVERSION_BASED_UNIT('INCH',#factor) LENGTH_UNIT() NAMED_UNIT(#dimensions))
/// DERIVED_UNIT((#element)); DERIVED_UNIT_ELEMENT(#unit,3.)
/// </code>
/// </summary>
sealed class StepUnits(StepGraph graph)
{
    const int MaxDepth = 8;

    /// <summary>What a context assigns.</summary>
    public sealed record Context(StepUnit? Length, StepUnit? Angle)
    {
        /// <summary>To millimetres; a file that assigns none means them.</summary>
        public double ToMillimetres => Length?.Factor ?? 1;
        public double ToRadians => Angle?.Factor ?? 1;
    }

    static readonly Context None = new(null, null);

    readonly Dictionary<int, StepUnit?> units = [];
    readonly Dictionary<int, Context> contexts = [];

    public StepUnit? Read(int place) => Read(place, 0);

    /// <summary>The units of a representation, by its last attribute.</summary>
    public Context Of(int representation)
    {
        var context = graph.Reference(representation, 2, StepWord.Representation, 2);
        if (context < 0)
            return None;
        if (!contexts.TryGetValue(context, out var found))
            contexts.Add(context, found = ReadContext(context));
        return found;
    }

    /// <summary>The first context of the file that has a unit of length.</summary>
    public Context First() => graph.Of(StepWord.GlobalUnitAssignedContext).Select(ReadContext).FirstOrDefault(each => each.Length is not null) ?? None;

    Context ReadContext(int place)
    {
        StepUnit? length = null, angle = null;
        if (graph.TryPart(place, StepWord.GlobalUnitAssignedContext, out var part) && part.Skip(graph.IsComplex(place) ? 1 : 3))
        {
            foreach (var unit in graph.Targets(part))
            {
                var read = Read(unit);
                if (read?.Kind == StepUnitKind.Length)
                    length ??= read;
                else if (read?.Kind == StepUnitKind.PlaneAngle)
                    angle ??= read;
            }
        }
        return new Context(length, angle);
    }

    StepUnit? Read(int place, int depth)
    {
        if (place < 0 || depth > MaxDepth)
            return null;
        if (units.TryGetValue(place, out var known))
            return known;
        var unit = ReadNew(place, depth);
        units[place] = unit;
        return unit;
    }

    StepUnit? ReadNew(int place, int depth)
    {
        if (graph.Kind(place, StepWord.ConversionBasedUnit, StepWord.ConversionBasedUnitWithOffset) is { } conversion)
            return Conversion(place, conversion, depth);
        if (graph.TryPart(place, StepWord.SiUnit, out var si))
            return Si(place, si);
        if (graph.TryPart(place, StepWord.DerivedUnit, out var derived) && derived.Next())
            return Derived(graph.Targets(derived), depth);
        if (graph.TryPart(place, StepWord.ContextDependentUnit, out var named) && named.Skip(graph.IsComplex(place) ? 1 : 2))
            return new StepUnit(named.Text(), KindOf(place), 1);
        return null;
    }

    StepUnit? Conversion(int place, StepWord word, int depth)
    {
        graph.TryPart(place, word, out var part);
        if (!part.Skip(graph.IsComplex(place) ? 1 : 2))
            return null;
        var name = part.Text().Trim();
        if (!part.Next())
            return null;
        var (value, unit) = Measure(graph.Target(part), depth + 1);
        var kind = unit?.Kind ?? KindOf(place);
        return value is { } factor && factor > 0 && unit is not null ? new StepUnit(SymbolOf(name), kind, factor * unit.Factor) : new StepUnit(SymbolOf(name), StepUnitKind.Other, 1);
    }

    /// <summary>The value and unit of a measure, simple or complex.</summary>
    public (double? Value, StepUnit? Unit) Measure(int place) => Measure(place, 0);

    (double? Value, StepUnit? Unit) Measure(int place, int depth)
    {
        if (place < 0)
            return default;
        var word = graph.Word(place);
        if (graph.IsComplex(place))
        {
            if (!graph.TryPart(place, StepWord.MeasureWithUnit, out var part) || !part.Next())
                return default;
            return Value(part, depth);
        }
        var arguments = graph.Arguments(place);
        var skip = word == StepWord.MeasureRepresentationItem ? 2 : 1;
        var isMeasure = word is >= StepWord.MeasureWithUnit and <= StepWord.CountMeasureWithUnit
            or StepWord.PlaneAngleMeasureWithUnit or StepWord.SolidAngleMeasureWithUnit or StepWord.TimeMeasureWithUnit or StepWord.MeasureRepresentationItem;
        return isMeasure && arguments.Skip(skip) ? Value(arguments, depth) : default;
    }

    (double? Value, StepUnit? Unit) Value(Part21.ArgumentReader arguments, int depth)
    {
        double? value = arguments.TryNumber(out var number) ? number : null;
        return (value, arguments.Next() ? Read(graph.Target(arguments), depth + 1) : null);
    }

    StepUnit? Si(int place, Part21.ArgumentReader part)
    {
        if (!part.Skip(graph.IsComplex(place) ? 1 : 2))
            return null;
        var prefix = part.Enumeration().ToName();
        if (!part.Next())
            return null;
        var (sign, power) = Prefix(prefix);
        return part.Enumeration().ToName() switch
        {
            "METRE" => new StepUnit(sign + "m", StepUnitKind.Length, 1000 * power),
            "RADIAN" => new StepUnit(sign + "rad", StepUnitKind.PlaneAngle, power),
            "GRAM" => new StepUnit(sign + "g", StepUnitKind.Mass, power),
            "STERADIAN" => new StepUnit("sr", StepUnitKind.Other, 1),
            "SECOND" => new StepUnit(sign + "s", StepUnitKind.Other, power),
            "KELVIN" => new StepUnit(sign + "K", StepUnitKind.Other, power),
            "DEGREE_CELSIUS" => new StepUnit("°C", StepUnitKind.Other, 1),
            "NEWTON" => new StepUnit(sign + "N", StepUnitKind.Other, power),
            "PASCAL" => new StepUnit(sign + "Pa", StepUnitKind.Other, power),
            "JOULE" => new StepUnit(sign + "J", StepUnitKind.Other, power),
            "WATT" => new StepUnit(sign + "W", StepUnitKind.Other, power),
            "VOLT" => new StepUnit(sign + "V", StepUnitKind.Other, power),
            "AMPERE" => new StepUnit(sign + "A", StepUnitKind.Other, power),
            "OHM" => new StepUnit(sign + "Ω", StepUnitKind.Other, power),
            "HERTZ" => new StepUnit(sign + "Hz", StepUnitKind.Other, power),
            var other => new StepUnit(sign + other.ToLowerInvariant(), StepUnitKind.Other, power),
        };
    }

    StepUnit? Derived(List<int> elements, int depth)
    {
        var factor = 1.0;
        List<string> above = [], below = [];
        foreach (var element in elements)
        {
            // DERIVED_UNIT_ELEMENT(unit, exponent)
            var unit = Read(graph.Reference(element, 0), depth + 1);
            var arguments = graph.Arguments(element);
            if (unit is null || !arguments.Skip(2) || !arguments.TryNumber(out var exponent))
                return null;
            factor *= Math.Pow(unit.Factor, exponent);
            var size = Math.Abs(exponent);
            (exponent < 0 ? below : above).Add(size == 1 ? unit.Symbol : string.Create(CultureInfo.InvariantCulture, $"{unit.Symbol}{size}"));
        }
        var symbol = string.Join('·', above) + (below.Count == 0 ? "" : "/" + string.Join('/', below));
        var kind = elements.Count == 1 && above.Count == 1 && Read(graph.Reference(elements[0], 0), depth + 1) is { } only && only.Symbol == symbol ? only.Kind : StepUnitKind.Other;
        return new StepUnit(symbol, kind, factor);
    }

    StepUnitKind KindOf(int place) =>
        graph.Is(place, StepWord.LengthUnit) ? StepUnitKind.Length : graph.Is(place, StepWord.PlaneAngleUnit) ? StepUnitKind.PlaneAngle : graph.Is(place, StepWord.MassUnit) ? StepUnitKind.Mass : StepUnitKind.Other;

    static string SymbolOf(string name) => name.Trim().Trim('\'', '"').ToUpperInvariant().Replace('_', ' ') switch
    {
        "INCH" or "INCHES" or "IN" => "in",
        "FOOT" or "FEET" or "FT" => "ft",
        "YARD" => "yd",
        "MILE" => "mi",
        "MIL" or "MILS" or "THOU" => "mil",
        "MILLIMETRE" or "MILLIMETER" or "MM" => "mm",
        "CENTIMETRE" or "CENTIMETER" or "CM" => "cm",
        "METRE" or "METER" or "M" => "m",
        "MICROMETRE" or "MICROMETER" => "µm",
        "MICROINCH" => "µin",
        "DEGREE" or "DEGREES" or "DEG" => "deg",
        "RADIAN" => "rad",
        "POUND" or "POUNDS" or "LB" => "lb",
        "OUNCE" => "oz",
        "GRAM" => "g",
        "KILOGRAM" => "kg",
        "TON" or "TONNE" => "t",
        _ => name,
    };

    static (string Sign, double Power) Prefix(string prefix) => prefix switch
    {
        "GIGA" => ("G", 1e9),
        "MEGA" => ("M", 1e6),
        "KILO" => ("k", 1e3),
        "HECTO" => ("h", 1e2),
        "DECA" => ("da", 1e1),
        "DECI" => ("d", 1e-1),
        "CENTI" => ("c", 1e-2),
        "MILLI" => ("m", 1e-3),
        "MICRO" => ("µ", 1e-6),
        "NANO" => ("n", 1e-9),
        _ => ("", 1),
    };
}
