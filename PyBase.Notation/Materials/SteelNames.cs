using static PyBase.Notation.Materials.MaterialFamily;
using static PyBase.Notation.Materials.MaterialStandard;

namespace PyBase.Notation.Materials;

/// <summary>Steels of Europe, Japan and China: EN 10027-1 and -2, names of earlier DIN standards, JIS G, GB/T.</summary>
static class SteelNames
{
    const string Condition = @"(?<condition>(\+[A-Z0-9]+)*)";

    public static IReadOnlyList<MaterialRule> All { get; } =
    [
        // 1.4301, 1.0038+N, 3.4365
        new(EnNumber, @"(EN |W\.?-?NR\.? ?|WNR ?|MAT\.? ?)?(?<name>[0-3]\.[0-9]{4}([0-9]{2})?)" + Condition, match => OfNumber(match.Groups["name"].Value)),
        // S235JR, P265GH, E295, GS240, S355J2+N, S460ML
        new(EnSteel, @"(EN 10025(-[1-6])?[ -])?(?<name>G?[SPLEB][0-9]{3}([A-Z][A-Z0-9]*)?)" + Condition, _ => CarbonSteel),
        // C45, C45E, GC25
        new(EnSteel, @"(?<name>G?C[0-9]{1,3}[CDEGRSUW]?)" + Condition, _ => CarbonSteel),
        // X5CrNi18-10, GX40CrNiSi25-12
        new(EnSteel, @"(?<g>G?)X(?<carbon>[0-9]{1,3})(?<elements>(" + ChemicalNames.Element + @")+)(?<contents>[0-9]+(-[0-9]+)*)" + Condition,
            match => match.Groups["elements"].Value.StartsWith("Cr", StringComparison.OrdinalIgnoreCase) && FirstContent(match.Groups["contents"].Value) >= 10 ? StainlessSteel : ToolSteel,
            match => match.Groups["g"].Value.ToUpperInvariant() + "X" + match.Groups["carbon"] + ChemicalNames.Spell(match.Groups["elements"].Value) + match.Groups["contents"]),
        // HS6-5-2-5
        new(EnSteel, @"(?<name>HS[0-9]+(-[0-9]+){1,3}C?)" + Condition, _ => ToolSteel),
        // 42CrMo4, 16MnCr5, 100Cr6, G17CrMo5-5, 11SMnPb30
        new(EnSteel, @"(?<g>G?)(?<carbon>[0-9]{1,3})(?<elements>(" + ChemicalNames.Element + @")+)(?<contents>([0-9]+(-[0-9]+)*)?)" + Condition,
            _ => AlloySteel,
            match => match.Groups["g"].Value.ToUpperInvariant() + match.Groups["carbon"] + ChemicalNames.Spell(match.Groups["elements"].Value) + match.Groups["contents"]),
        // St37-2, RSt37-2, Ck45
        new(Din, @"(?<name>[RU]?ST ?[0-9]{2}(-[0-9])?)" + Condition, _ => CarbonSteel, match => match.Groups["name"].Value.ToUpperInvariant().Replace(" ", "", StringComparison.Ordinal).Replace("ST", "St", StringComparison.Ordinal)),
        new(Din, @"CK(?<carbon>[0-9]{2})" + Condition, _ => CarbonSteel, match => "Ck" + match.Groups["carbon"]),
        // SUS304, SUS316L, S45C, SS400, SCM440, SKD11, SKH51
        new(Jis, @"(JIS )?(?<name>SUS[0-9]{3}[A-Z0-9]{0,3})", _ => StainlessSteel),
        new(Jis, @"(JIS )?(?<name>S[0-9]{2}C(-D)?|SS[0-9]{3}|SPC[CDE]|SPH[CDE])", _ => CarbonSteel),
        new(Jis, @"(JIS )?(?<name>SN?CM[0-9]{3}H?|SCR[0-9]{3}H?|SUJ[0-9])", _ => AlloySteel),
        new(Jis, @"(JIS )?(?<name>SK[DHS]?[0-9]{1,3})", _ => ToolSteel),
        // Q235B, Q345
        new(Gb, @"(GB )?(?<name>Q[0-9]{3}[A-E]?)", _ => CarbonSteel),
    ];

    // EN 10027-2, Table 1: the groups behind 1. ; 0, 2 and 3 as DIN 17007 had them
    static MaterialFamily OfNumber(string number) => number[0] switch
    {
        '0' => CastIron,
        '2' => number[2..4] is "40" or "41" or "42" or "43" or "44" or "45" or "46" or "47" or "48" or "49" ? Nickel : number[2] is '0' ? Copper : Unknown,
        '3' => number[2] switch { '5' => Magnesium, '7' => Titanium, _ => Aluminium },
        _ => number[2] switch
        {
            '0' or '1' => CarbonSteel,
            '2' => ToolSteel,
            '3' => number[3] is '2' or '3' ? ToolSteel : AlloySteel,
            '4' => StainlessSteel,
            '9' => Unknown,
            _ => AlloySteel,
        },
    };

    static int FirstContent(string contents) =>
        int.TryParse(contents.Split('-')[0], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var content) ? content : 0;
}
