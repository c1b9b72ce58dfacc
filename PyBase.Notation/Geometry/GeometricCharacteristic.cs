namespace PyBase.Notation.Geometry;

/// <summary>The fourteen characteristics of a tolerance frame (ISO 1101:2017, Table 1; ASME Y14.5).</summary>
public enum GeometricCharacteristic
{
    /// <summary>⏤</summary>
    Straightness,
    /// <summary>⏥</summary>
    Flatness,
    /// <summary>○, roundness in ISO.</summary>
    Circularity,
    /// <summary>⌭</summary>
    Cylindricity,
    /// <summary>⌒</summary>
    ProfileOfLine,
    /// <summary>⌓</summary>
    ProfileOfSurface,
    /// <summary>∠</summary>
    Angularity,
    /// <summary>⟂</summary>
    Perpendicularity,
    /// <summary>∥</summary>
    Parallelism,
    /// <summary>⌖</summary>
    Position,
    /// <summary>◎, coaxiality too.</summary>
    Concentricity,
    /// <summary>⌯</summary>
    Symmetry,
    /// <summary>↗</summary>
    CircularRunOut,
    /// <summary>⌰</summary>
    TotalRunOut,
}
