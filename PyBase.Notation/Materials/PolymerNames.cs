using static PyBase.Notation.Materials.MaterialFamily;
using static PyBase.Notation.Materials.MaterialStandard;

namespace PyBase.Notation.Materials;

/// <summary>Plastics by ISO 1043-1 and -2, rubbers by ISO 1629, and technical ceramics by their formula.</summary>
static class PolymerNames
{
    const string Plastics = "ABS|ASA|EP|ETFE|FEP|HDPE|LCP|LDPE|PA ?(4\\.?6|6\\.?10|6\\.?12|6\\.?6|6|11|12)?|PAI|PAEK|PBT|PC|PE(-HD|-LD|-UHMW)?|PEEK|PEI|PES|PET(-?[PG])?|PI|PMMA|POM(-[CH])?|PP|PPA|PPE|PPS|PPSU|PS|PSU|PTFE|PUR|PVC(-[UCP])?|PVDF|SAN|TPU|TPE|UHMWPE";

    public static IReadOnlyList<MaterialRule> All { get; } =
    [
        // PA66-GF30, PA6 GF15, PEEK-CF30
        new(IsoPolymer, $@"(?<base>{Plastics})[- ](?<fibre>[GC]F)(?<share>[0-9]{{1,2}})", _ => Composite,
            match => $"{Plain(match.Groups["base"].Value)}-{match.Groups["fibre"].Value.ToUpperInvariant()}{match.Groups["share"].Value}"),
        new(IsoPolymer, $@"(?<base>{Plastics})", _ => Plastic, match => Plain(match.Groups["base"].Value)),
        new(IsoPolymer, @"(?<name>CFRP|CFK|GFRP|GFK|FR-?4|SMC|BMC)", _ => Composite),
        // NBR, NBR 70, FKM 75 Shore A
        new(IsoPolymer, @"(?<name>NBR|HNBR|EPDM|FKM|FPM|FFKM|VMQ|FVMQ|MVQ|CR|NR|SBR|IIR|ACM|AU|EU)([- ]?(?<hardness>[2-9][0-9])( SHORE ?A| SH ?A)?)?", _ => Rubber,
            match => match.Groups["name"].Value.ToUpperInvariant() + (match.Groups["hardness"].Success ? " " + match.Groups["hardness"].Value : "")),
        new(Trade, @"(?<name>AL2O3|ZRO2|SI3N4|SIC|ALN)", _ => Ceramic),
    ];

    static string Plain(string name) => name.ToUpperInvariant().Replace(" ", "", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal);
}
