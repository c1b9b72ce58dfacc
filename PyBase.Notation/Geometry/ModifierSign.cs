namespace PyBase.Notation.Geometry;

/// <summary>How a modifier is written.</summary>
/// <param name="Modifier">The modifier.</param>
/// <param name="Text">The sign that is printed.</param>
/// <param name="Letter">Its letter in AutoCAD's gdt font, or NUL.</param>
/// <param name="Spellings">Other texts that are read.</param>
sealed record ModifierSign(GeometricModifier Modifier, string Text, char Letter, params string[] Spellings)
{
    public static readonly ModifierSign[] All =
    [
        new(GeometricModifier.MaximumMaterial, "Ⓜ", 'm', "(M)", "MMC", "MMB"),
        new(GeometricModifier.LeastMaterial, "Ⓛ", 'l', "(L)", "LMC", "LMB"),
        new(GeometricModifier.RegardlessOfSize, "Ⓢ", 's', "(S)", "RFS", "RMB"),
        new(GeometricModifier.Reciprocity, "Ⓡ", '\0', "(R)"),
        new(GeometricModifier.FreeState, "Ⓕ", '\0', "(F)"),
        new(GeometricModifier.Projected, "Ⓟ", 'p', "(P)"),
        new(GeometricModifier.TangentPlane, "Ⓣ", '\0', "(T)"),
        new(GeometricModifier.Unequal, "Ⓤ", '\0', "(U)", "UZ"),
        new(GeometricModifier.CombinedZone, "CZ", '\0', "(CZ)"),
        new(GeometricModifier.SeparateZones, "SZ", '\0', "(SZ)"),
        new(GeometricModifier.Statistical, "⟨ST⟩", '\0', "<ST>", "(ST)"),
    ];

    /// <summary>The sign as it is printed behind something: letters keep a blank before them.</summary>
    public static string Of(GeometricModifier modifier) => All[(int)modifier].Text is var text && char.IsAsciiLetter(text[0]) ? " " + text : text;
}
