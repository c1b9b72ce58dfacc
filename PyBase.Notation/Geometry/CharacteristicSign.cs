namespace PyBase.Notation.Geometry;

/// <summary>How a characteristic is written.</summary>
/// <param name="Characteristic">The characteristic.</param>
/// <param name="Group">What it controls.</param>
/// <param name="Symbol">Its sign.</param>
/// <param name="Letter">Its letter in AutoCAD's gdt font, as in <c>{\Fgdt;j}</c>.</param>
/// <param name="Name">English name.</param>
/// <param name="Spellings">Other signs, abbreviations and names that are read, in any case.</param>
public sealed record CharacteristicSign(
    GeometricCharacteristic Characteristic, CharacteristicGroup Group, char Symbol, char Letter, string Name, IReadOnlyList<string> Spellings)
{
    /// <summary>True when a frame without datum is incomplete. Position may stand alone (ISO 5458).</summary>
    public bool NeedsDatum => Group is CharacteristicGroup.Orientation or CharacteristicGroup.RunOut || Characteristic is GeometricCharacteristic.Concentricity or GeometricCharacteristic.Symmetry;

    /// <summary>All fourteen, in the order of <see cref="GeometricCharacteristic"/>.</summary>
    public static IReadOnlyList<CharacteristicSign> All { get; } =
    [
        new(GeometricCharacteristic.Straightness, CharacteristicGroup.Form, '⏤', 'u', "straightness", ["STRAIGHT", "STR"]),
        new(GeometricCharacteristic.Flatness, CharacteristicGroup.Form, '⏥', 'c', "flatness", ["▱", "FLAT", "FLT"]),
        new(GeometricCharacteristic.Circularity, CharacteristicGroup.Form, '○', 'e', "circularity", ["◯", "⚪", "ROUNDNESS", "ROUND", "CIRC", "CIR"]),
        new(GeometricCharacteristic.Cylindricity, CharacteristicGroup.Form, '⌭', 'g', "cylindricity", ["CYLIN", "CYL"]),
        new(GeometricCharacteristic.ProfileOfLine, CharacteristicGroup.Profile, '⌒', 'k', "profile of a line", ["LINE PROFILE", "PROFILE LINE", "PROFILE_LINE", "PROF LINE", "LPROF", "⌢"]),
        new(GeometricCharacteristic.ProfileOfSurface, CharacteristicGroup.Profile, '⌓', 'd', "profile of a surface",
            ["SURFACE PROFILE", "PROFILE SURFACE", "PROFILE_SURFACE", "PROF SURF", "SPROF", "PROFILE", "PROF"]),
        new(GeometricCharacteristic.Angularity, CharacteristicGroup.Orientation, '∠', 'a', "angularity", ["ANGULAR", "ANG"]),
        new(GeometricCharacteristic.Perpendicularity, CharacteristicGroup.Orientation, '⟂', 'b', "perpendicularity", ["⊥", "SQUARENESS", "PERP"]),
        new(GeometricCharacteristic.Parallelism, CharacteristicGroup.Orientation, '∥', 'f', "parallelism", ["//", "⫽", "‖", "PARALLEL", "PAR"]),
        new(GeometricCharacteristic.Position, CharacteristicGroup.Location, '⌖', 'j', "position", ["TRUE POSITION", "⊕", "TPOS", "POS", "TP"]),
        new(GeometricCharacteristic.Concentricity, CharacteristicGroup.Location, '◎', 'r', "concentricity", ["⦾", "COAXIALITY", "COAX", "CONC"]),
        new(GeometricCharacteristic.Symmetry, CharacteristicGroup.Location, '⌯', 'i', "symmetry", ["SYMM", "SYM"]),
        new(GeometricCharacteristic.CircularRunOut, CharacteristicGroup.RunOut, '↗', 'h', "circular run-out",
            ["CIRCULAR RUNOUT", "CIRCULAR_RUNOUT", "RUN-OUT", "RUNOUT", "➚", "RO"]),
        new(GeometricCharacteristic.TotalRunOut, CharacteristicGroup.RunOut, '⌰', 't', "total run-out", ["TOTAL RUNOUT", "TOTAL_RUNOUT", "↗↗", "TRO"]),
    ];

    /// <summary>The sign of a characteristic.</summary>
    public static CharacteristicSign Of(GeometricCharacteristic characteristic) => All[(int)characteristic];
}
