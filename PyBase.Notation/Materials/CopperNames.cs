using static PyBase.Notation.Materials.MaterialFamily;
using static PyBase.Notation.Materials.MaterialStandard;

namespace PyBase.Notation.Materials;

/// <summary>Copper and its alloys: EN 1412 numbers, EN 1173 conditions, names by ISO 1190-1; nickel alloys by trade name.</summary>
static class CopperNames
{
    const string Condition = @"([- ](?<condition>[RHYGAB][0-9]{3}))?";

    public static IReadOnlyList<MaterialRule> All { get; } =
    [
        // CW614N, CC491K
        new(EnCopper, @"(EN )?(?<name>C[WCB](?<number>[0-9]{3})[A-Z])" + Condition, match => int.Parse(match.Groups["number"].Value, System.Globalization.CultureInfo.InvariantCulture) switch
        {
            >= 300 and < 350 => Bronze,
            >= 450 and < 500 => Bronze,
            >= 500 and < 800 => Brass,
            _ => Copper,
        }),
        // CuZn39Pb3, CuSn8, CuAl10Ni5Fe4, Cu-ETP
        new(EnCopper, @"(?<name>Cu(?<first>" + ChemicalNames.Element + @")[0-9]*((" + ChemicalNames.Element + @")[0-9]*)*(-C)?)" + Condition, match => match.Groups["first"].Value.ToUpperInvariant() switch
        {
            "ZN" => Brass,
            "SN" or "AL" => Bronze,
            _ => Copper,
        }, match => ChemicalNames.Spell(match.Groups["name"].Value)),
        new(EnCopper, @"CU-(?<name>ETP|OF|DHP|OFE|PHC|FRHC|HCP)" + Condition, _ => Copper, match => "Cu-" + match.Groups["name"].Value.ToUpperInvariant()),
        new(Trade, @"(?<name>INCONEL|INCOLOY|HASTELLOY|MONEL|NIMONIC)[ -]?(?<number>[A-Z]?-?[0-9]{1,4}[A-Z]?)", _ => Nickel,
            match => match.Groups["name"].Value.ToUpperInvariant() + " " + match.Groups["number"].Value.ToUpperInvariant()),
        new(Trade, @"(?<name>ZAMAK)[ -]?(?<number>[2-8])", _ => Zinc, match => "ZAMAK " + match.Groups["number"]),
    ];
}
