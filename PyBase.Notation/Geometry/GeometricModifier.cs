namespace PyBase.Notation.Geometry;

/// <summary>Signs behind a tolerance or datum (ISO 1101:2017, Table 2; ISO 2692; ASME Y14.5).</summary>
public enum GeometricModifier
{
    /// <summary>Ⓜ, (M), MMC.</summary>
    MaximumMaterial,
    /// <summary>Ⓛ, (L), LMC.</summary>
    LeastMaterial,
    /// <summary>Ⓢ, (S), RFS: the default today.</summary>
    RegardlessOfSize,
    /// <summary>Ⓡ, (R): reciprocity.</summary>
    Reciprocity,
    /// <summary>Ⓕ, (F): free state.</summary>
    FreeState,
    /// <summary>Ⓟ, (P): projected zone, its height may follow.</summary>
    Projected,
    /// <summary>Ⓣ, (T): tangent plane.</summary>
    TangentPlane,
    /// <summary>Ⓤ, (U): unequally disposed profile, the part outside the material may follow.</summary>
    Unequal,
    /// <summary>CZ: combined zone.</summary>
    CombinedZone,
    /// <summary>SZ: separate zones.</summary>
    SeparateZones,
    /// <summary>ST: statistical.</summary>
    Statistical,
}
