using System.Collections.Frozen;

namespace PyBase.Extraction.Ifc;

/// <summary>Symbols and factors of IfcSIUnitName and IfcSIPrefix, and symbols of conversion based units (ISO 16739-1, 8.11.2).</summary>
static class UnitSymbols
{
    /// <param name="Symbol">Of the unit without prefix.</param>
    /// <param name="Power">What a prefix is raised to: the milli square metre of IFC is mm².</param>
    /// <param name="Factor">In SI base units; the gram is a thousandth of one.</param>
    public readonly record struct Si(string Symbol, int Power = 1, double Factor = 1);

    static readonly FrozenDictionary<string, Si> Names = new Dictionary<string, Si>
    {
        ["AMPERE"] = new("A"), ["BECQUEREL"] = new("Bq"), ["CANDELA"] = new("cd"), ["COULOMB"] = new("C"),
        ["CUBIC_METRE"] = new("m³", 3), ["DEGREE_CELSIUS"] = new("°C"), ["FARAD"] = new("F"), ["GRAM"] = new("g", 1, 1e-3),
        ["GRAY"] = new("Gy"), ["HENRY"] = new("H"), ["HERTZ"] = new("Hz"), ["JOULE"] = new("J"), ["KELVIN"] = new("K"),
        ["LUMEN"] = new("lm"), ["LUX"] = new("lx"), ["METRE"] = new("m"), ["MOLE"] = new("mol"), ["NEWTON"] = new("N"),
        ["OHM"] = new("Ω"), ["PASCAL"] = new("Pa"), ["RADIAN"] = new("rad"), ["SECOND"] = new("s"), ["SIEMENS"] = new("S"),
        ["SIEVERT"] = new("Sv"), ["SQUARE_METRE"] = new("m²", 2), ["STERADIAN"] = new("sr"), ["TESLA"] = new("T"),
        ["VOLT"] = new("V"), ["WATT"] = new("W"), ["WEBER"] = new("Wb"),
    }.ToFrozenDictionary();

    static readonly FrozenDictionary<string, (string Symbol, double Factor)> Prefixes = new Dictionary<string, (string, double)>
    {
        ["EXA"] = ("E", 1e18), ["PETA"] = ("P", 1e15), ["TERA"] = ("T", 1e12), ["GIGA"] = ("G", 1e9), ["MEGA"] = ("M", 1e6),
        ["KILO"] = ("k", 1e3), ["HECTO"] = ("h", 1e2), ["DECA"] = ("da", 1e1), ["DECI"] = ("d", 1e-1), ["CENTI"] = ("c", 1e-2),
        ["MILLI"] = ("m", 1e-3), ["MICRO"] = ("µ", 1e-6), ["NANO"] = ("n", 1e-9), ["PICO"] = ("p", 1e-12),
        ["FEMTO"] = ("f", 1e-15), ["ATTO"] = ("a", 1e-18),
    }.ToFrozenDictionary();

    // Upper case, blanks for underscores. The list of 8.11.3.5, and what programs write instead.
    static readonly FrozenDictionary<string, string> Converted = new Dictionary<string, string>
    {
        ["INCH"] = "in", ["FOOT"] = "ft", ["US SURVEY FOOT"] = "ft (US survey)", ["YARD"] = "yd", ["MILE"] = "mi",
        ["SQUARE INCH"] = "in²", ["SQUARE FOOT"] = "ft²", ["SQUARE YARD"] = "yd²", ["SQUARE MILE"] = "mi²", ["ACRE"] = "acre",
        ["CUBIC INCH"] = "in³", ["CUBIC FOOT"] = "ft³", ["CUBIC YARD"] = "yd³",
        ["LITRE"] = "l", ["LITER"] = "l", ["FLUID OUNCE UK"] = "fl oz (UK)", ["FLUID OUNCE US"] = "fl oz (US)",
        ["PINT UK"] = "pt (UK)", ["PINT US"] = "pt (US)", ["GALLON UK"] = "gal (UK)", ["GALLON US"] = "gal (US)",
        ["DEGREE"] = "°", ["DEGREES"] = "°", ["GRAD"] = "gon", ["GON"] = "gon",
        ["OUNCE"] = "oz", ["POUND"] = "lb", ["TON UK"] = "ton (UK)", ["TON US"] = "ton (US)", ["TONNE"] = "t", ["METRIC TON"] = "t",
        ["LBF"] = "lbf", ["POUND-FORCE"] = "lbf", ["KIP"] = "kip", ["PSI"] = "psi", ["KSI"] = "ksi",
        ["MINUTE"] = "min", ["HOUR"] = "h", ["DAY"] = "d", ["BTU"] = "Btu", ["FAHRENHEIT"] = "°F",
    }.ToFrozenDictionary();

    public static bool TrySi(string name, string prefix, out string symbol, out double factor)
    {
        var known = Names.TryGetValue(name, out var si);
        var before = ("", 1.0);
        if (prefix.Length > 0)
            known &= Prefixes.TryGetValue(prefix, out before);
        symbol = before.Item1 + si.Symbol;
        factor = Math.Pow(before.Item2, si.Power) * si.Factor;
        return known;
    }

    /// <summary>The usual symbol of a conversion based unit, or its name as it is.</summary>
    public static string Of(string name) => Converted.GetValueOrDefault(name.Trim().ToUpperInvariant().Replace('_', ' '), name);
}
