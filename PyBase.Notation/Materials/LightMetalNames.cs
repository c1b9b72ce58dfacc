using static PyBase.Notation.Materials.MaterialFamily;
using static PyBase.Notation.Materials.MaterialStandard;

namespace PyBase.Notation.Materials;

/// <summary>Aluminium (EN 573, EN 1706, ANSI H35.1), magnesium and titanium.</summary>
static class LightMetalNames
{
    // EN 515, ANSI H35.1
    const string Temper = @"([- ](?<condition>T[0-9]{1,5}|H[0-9]{1,3}|O|F|W))?";

    public static IReadOnlyList<MaterialRule> All { get; } =
    [
        // EN AW-6061-T6, EN AW 6082 T6, AW-6061A
        new(EnAluminium, @"(EN[ -]?)?AW[- ]?(?<name>[1-8][0-9]{3}[A-Z]?)" + Temper, _ => Aluminium, match => "EN AW-" + match.Groups["name"].Value.ToUpperInvariant()),
        // EN AW-AlMgSi, EN AC-AlSi10Mg, AlMg3
        new(EnAluminium, @"(EN[ -]?)?A(?<form>[WC])[- ](?<name>Al ?[0-9.]*((" + ChemicalNames.Element + @")[0-9]*(\.[0-9])?(\([A-Z]\))?)*)" + Temper,
            _ => Aluminium, match => $"EN A{match.Groups["form"].Value.ToUpperInvariant()}-{ChemicalNames.Spell(match.Groups["name"].Value)}"),
        new(EnAluminium, @"(?<name>Al((" + ChemicalNames.Element + @")[0-9]*(\.[0-9])?)+)" + Temper, _ => Aluminium, match => ChemicalNames.Spell(match.Groups["name"].Value)),
        new(EnAluminium, @"(EN[ -]?)?AC[- ]?(?<name>[0-9]{5})" + Temper, _ => Aluminium, match => "EN AC-" + match.Groups["name"].Value),
        // AA 6061-T6
        new(AluminumAssociation, @"(AA|ALUMINI?UM|AL)[- ]?(?<name>[1-9][0-9]{3}[A-Z]?)" + Temper, _ => Aluminium, match => AmericanNames.Named("AA", match)),
        // 7075-T651: a temper makes it aluminium
        new(AluminumAssociation, @"(?<name>[1-9][0-9]{3}A?)[- ](?<condition>T[0-9]{1,5}|H[0-9]{1,3}|O|F)", _ => Aluminium, match => AmericanNames.Named("AA", match)),
        new(AluminumAssociation, @"(?<name>A356|A380|A383|ADC12|MIC-6)" + Temper, _ => Aluminium),
        // Ti-6Al-4V, TiAl6V4, Ti Grade 5
        new(Trade, @"TI-?6AL-?4V(?<eli> ?ELI)?", _ => Titanium, match => match.Groups["eli"].Success ? "Ti-6Al-4V ELI" : "Ti-6Al-4V"),
        new(Trade, @"(?<name>Ti((" + ChemicalNames.Element + @")[0-9]+)+)", _ => Titanium, match => ChemicalNames.Spell(match.Groups["name"].Value)),
        new(Trade, @"(TI|TITANIUM)[- ]?(GRADE|GR\.?)[- ]?(?<number>[0-9]{1,2})", _ => Titanium, match => "Ti Grade " + match.Groups["number"]),
        // AZ91D, AM60B, WE43
        new(Astm, @"(?<name>(AZ|AM|AE|WE|ZK)[0-9]{2}[A-E]?)" + Temper, _ => Magnesium),
    ];
}
