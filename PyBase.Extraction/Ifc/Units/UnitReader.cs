using System.Text;
using PyBase.Extraction.Part21;

namespace PyBase.Extraction.Ifc;

/// <summary>
/// Understands the instances of a unit (IfcUnit, ISO 16739-1, 8.11.2.11):
/// <code>
/// #1=IFCSIUNIT(*,.LENGTHUNIT.,.MILLI.,.METRE.);
/// #2=IFCCONVERSIONBASEDUNIT(#dimensions,.LENGTHUNIT.,'FOOT',#3);
/// #3=IFCMEASUREWITHUNIT(IFCRATIOMEASURE(0.3048),#4);
/// #5=IFCDERIVEDUNIT((#6,#7),.THERMALTRANSMITTANCEUNIT.,$);   #6=IFCDERIVEDUNITELEMENT(#watt,1);
/// #8=IFCMONETARYUNIT('EUR');   (IFC2x3: .EUR.)
/// #9=IFCCONTEXTDEPENDENTUNIT(#dimensions,.USERDEFINED.,'PCS');
/// </code>
/// </summary>
sealed class UnitReader(InstanceStore store)
{
    /// <summary>Units that units are made of: real ones go three deep, and each may name a few others.</summary>
    const int MaxDepth = 6;
    const int MaxElements = 16;

    // Null while a unit is being read, so that one made of itself is none.
    readonly Dictionary<int, IfcUnit?> known = [];

    /// <summary>The unit at a place, or null when it is none that can be read.</summary>
    public IfcUnit? Read(int place) => Read(place, 0);

    IfcUnit? Read(int place, int depth)
    {
        if (place < 0 || depth > MaxDepth)
            return null;
        if (known.TryGetValue(place, out var unit))
            return unit;
        known.Add(place, null);
        return known[place] = Understand(place, depth);
    }

    IfcUnit? Understand(int place, int depth)
    {
        return store.Word(place) switch
        {
            IfcWord.SIUnit => Si(place),
            IfcWord.ConversionBasedUnit or IfcWord.ConversionBasedUnitWithOffset => Converted(place, depth),
            IfcWord.DerivedUnit => Derived(place, depth),
            IfcWord.MonetaryUnit => Monetary(place),
            IfcWord.ContextDependentUnit when store.Text(place, 2) is { } name => new IfcUnit(Enumeration(place, 1), name, name, null, store.Locator(place)),
            _ => null,
        };
    }

    IfcUnit? Si(int place)
    {
        var name = Enumeration(place, 3);
        return UnitSymbols.TrySi(name, Enumeration(place, 2), out var symbol, out var factor)
            ? new IfcUnit(Enumeration(place, 1), symbol, name, factor, store.Locator(place))
            : null;
    }

    IfcUnit? Converted(int place, int depth)
    {
        if (store.Text(place, 2) is not { } name)
            return null;
        var measure = store.Reference(place, 3);
        double? factor = null;
        if (measure >= 0 && store.Word(measure) == IfcWord.MeasureWithUnit && store.TryAttribute(measure, 0, out var value) && value.TryNumber(out var number))
            factor = number * Read(store.Reference(measure, 1), depth + 1)?.Factor;
        return new IfcUnit(Enumeration(place, 1), UnitSymbols.Of(name), name, factor, store.Locator(place));
    }

    IfcUnit? Derived(int place, int depth)
    {
        if (!store.TryAttribute(place, 0, out var elements))
            return null;
        var (above, below) = (new List<string>(), new List<string>());
        double? factor = 1;
        foreach (var id in elements.References(MaxElements))
        {
            var element = store.Find(id);
            if (element < 0 || store.Word(element) != IfcWord.DerivedUnitElement || Read(store.Reference(element, 0), depth + 1) is not { } unit
                || !store.TryAttribute(element, 1, out var exponent) || !exponent.TryNumber(out var power) || power == 0)
                return null;
            factor *= unit.Factor is { } one ? Math.Pow(one, power) : null;
            (power > 0 ? above : below).Add(unit.Symbol + Raised(Math.Abs(power)));
        }
        var symbol = Fraction(above, below);
        var type = Enumeration(place, 1);
        return new IfcUnit(type, symbol, store.Text(place, 3) ?? store.Text(place, 2) ?? symbol, factor, store.Locator(place));
    }

    IfcUnit? Monetary(int place)
    {
        if (!store.TryAttribute(place, 0, out var currency))
            return null;
        var name = currency.Kind == ArgumentKind.Text ? currency.Text() : Encoding.ASCII.GetString(currency.Enumeration());
        return name.Length == 0 ? null : new IfcUnit("MONETARYUNIT", name, name, null, store.Locator(place));
    }

    string Enumeration(int place, int position) =>
        store.TryAttribute(place, position, out var attribute) ? Encoding.ASCII.GetString(attribute.Enumeration()).ToUpperInvariant() : "";

    static string Raised(double power) => power switch
    {
        1 => "",
        2 => "²",
        3 => "³",
        4 => "⁴",
        _ => FormattableString.Invariant($"^{power}"),
    };

    static string Fraction(List<string> above, List<string> below)
    {
        var top = above.Count == 0 ? "1" : string.Join('·', above);
        return below.Count switch
        {
            0 => above.Count == 0 ? "" : top,
            1 => $"{top}/{below[0]}",
            _ => $"{top}/({string.Join('·', below)})",
        };
    }
}
