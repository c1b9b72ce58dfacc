using System.Text.RegularExpressions;
using static PyBase.Notation.Materials.MaterialFamily;
using static PyBase.Notation.Materials.MaterialStandard;

namespace PyBase.Notation.Materials;

/// <summary>
/// UNS numbers, AISI and SAE grades, ASTM specifications. Four figures alone are steel or aluminium by the habits of the trade:
/// 3xxx, 6xxx, 7xxx and the common 2xxx, 5xxx are aluminium, the others steel; 1050, 1060, 1070 and 1100 stay steel and need AA to be aluminium.
/// </summary>
static class AmericanNames
{
    const string ToolGrades = "A2|A4|A6|A7|A8|A9|A10|D2|D3|D4|D5|D7|H10|H11|H12|H13|H14|H19|H21|H22|H26|L6|M1|M2|M3|M4|M7|M10|M35|M42|O1|O2|O6|O7|P20|S1|S2|S5|S7|T1|T4|T5|T8|T15|W1|W2|W5";

    public static IReadOnlyList<MaterialRule> All { get; } =
    [
        new(Uns, @"(UNS )?(?<name>[A-Z][0-9]{5})", match => OfUns(match.Groups["name"].Value.ToUpperInvariant()), match => Named("UNS", match)),
        // AISI 304L, 316, 17-4PH, 316Ti
        new(Aisi, @"((AISI|SAE|SS|TYPE)[- ]?)?(?<name>(2[0-9]{2}|3[0-9]{2}|4[0-4][0-9])(L|LN|H|N|TI|CB|SE|F|FSE|A|B|C)?)", _ => StainlessSteel, match => Named("AISI", match)),
        new(Aisi, @"((AISI|SAE) )?(?<first>13|15|17)-(?<second>[4578]) ?(PH|MO)([- ](?<condition>H[0-9]{3,4}|A))?", _ => StainlessSteel, match => $"AISI {match.Groups["first"]}-{match.Groups["second"]}PH"),
        // AISI 4140, 1018, 52100, 12L14, 8620H
        new(Aisi, @"(AISI|SAE)([/ ]SAE)?[- ]?(?<name>[1-9][0-9]{3,4}H?|[1-9][0-9]L[0-9]{2})", match => OfSteel(match.Groups["name"].Value), match => Named("AISI", match)),
        new(Aisi, @"(?<name>1[0-5][0-9]{2}|12L14|11L[0-9]{2}|1215|4[0-9]{3}H?|51[0-9]{2}H?|52100|50100|51100|6118|6150H?|8[6-8][0-9]{2}H?|9[2-4][0-9]{2}H?)", match => OfSteel(match.Groups["name"].Value), match => Named("AISI", match)),
        new(AluminumAssociation, @"(?<name>20[0-9]{2}|2[1-6]19|2618|3[0-9]{3}|50[0-9]{2}|5[1-9]5[0-9]|5754|58[0-9]{2}|60[0-9]{2}|6[1-4][0-9]{2}|6951|7[0-9]{3}|80[0-9]{2})", _ => Aluminium, match => Named("AA", match)),
        new(Aisi, $@"((AISI|SAE) )?(?<name>{ToolGrades})( TOOL STEEL)?", _ => ToolSteel, match => Named("AISI", match)),
        // ASTM A36, A572 Gr 50, A240-304
        new(Astm, @"(ASTM )?(?<name>A[0-9]{2,4}M?)( ?(GRADE|GR\.?) ?(?<grade>[A-Z0-9]{1,4}))?", _ => Unknown,
            match => "ASTM " + match.Groups["name"].Value.ToUpperInvariant() + (match.Groups["grade"].Success ? " Gr " + match.Groups["grade"].Value.ToUpperInvariant() : "")),
        new(Astm, @"ASTM (?<name>[BF][0-9]{2,4}M?)", _ => Unknown, match => "ASTM " + match.Groups["name"].Value.ToUpperInvariant()),
    ];

    // The issuer stays in the name: AISI 6150 is a steel, AA 6061 aluminium.
    internal static string Named(string issuer, Match match) => $"{issuer} {match.Groups["name"].Value.ToUpperInvariant()}";

    // ASTM E527, Table 1
    static MaterialFamily OfUns(string number) => number[0] switch
    {
        'A' => Aluminium,
        'C' => number[1] switch { '2' or '3' or '4' => Brass, '5' or '6' => Bronze, _ => Copper },
        'D' or 'K' => CarbonSteel,
        'F' => CastIron,
        'G' => number[1] == '1' && number[2] is '0' or '1' or '2' or '5' ? CarbonSteel : AlloySteel,
        'H' => AlloySteel,
        'M' => number[1] == '1' ? Magnesium : Unknown,
        'N' => Nickel,
        'R' => number[1] == '5' ? Titanium : Unknown,
        'S' => StainlessSteel,
        'T' => ToolSteel,
        'Z' => Zinc,
        _ => Unknown,
    };

    // SAE J402: 10xx, 11xx, 12xx and 15xx are unalloyed
    static MaterialFamily OfSteel(string number) => number[0] == '1' && (number[1] is '0' or '1' or '2' or '5') ? CarbonSteel : AlloySteel;
}
