using static PyBase.Notation.Materials.MaterialFamily;
using static PyBase.Notation.Materials.MaterialStandard;

namespace PyBase.Notation.Materials;

/// <summary>Cast irons: EN 1560, ISO 185, ISO 1083, ISO 945 family, earlier DIN, JIS.</summary>
static class CastIronNames
{
    public static IReadOnlyList<MaterialRule> All { get; } =
    [
        // EN-GJL-250, GJS-400-15, EN-GJS-400-18-LT, EN-JL1040
        new(EnCastIron, @"(EN[ -]?)?(?<name>GJ[LSMVNA][WB]?-[A-Z0-9]+(-[A-Z0-9]+){0,3})", _ => CastIron, match => "EN-" + match.Groups["name"].Value.ToUpperInvariant()),
        new(EnCastIron, @"EN[ -]?(?<name>JL[0-9]{4}|JS[0-9]{4}|JM[0-9]{4})", _ => CastIron, match => "EN-" + match.Groups["name"].Value.ToUpperInvariant()),
        // ISO 185/JL/250, ISO 1083/JS/400-15
        new(IsoCastIron, @"(?<name>ISO [0-9]{3,5}/J[LSMVN]/[A-Z0-9]+(-[A-Z0-9]+){0,3})", _ => CastIron),
        // GG25, GG-25, GGG-40.3, GTS-35-10
        new(Din, @"GG-?(?<number>[0-9]{2})", _ => CastIron, match => "GG-" + match.Groups["number"]),
        new(Din, @"GGG-?(?<number>[0-9]{2}(\.[0-9])?)", _ => CastIron, match => "GGG-" + match.Groups["number"]),
        new(Jis, @"(JIS )?(?<name>FCD?[0-9]{3}(-[0-9]{2})?)", _ => CastIron),
    ];
}
