namespace PyBase.Notation.Quantities;

/// <summary>The sign before a size (ISO 129-1:2018, 8; ASME Y14.5-2018, 4).</summary>
public enum FeatureSymbol
{
    /// <summary>None: a length, an angle or any other quantity.</summary>
    None,
    /// <summary>⌀, DIA.</summary>
    Diameter,
    /// <summary>S⌀, of a sphere.</summary>
    SphericalDiameter,
    /// <summary>R.</summary>
    Radius,
    /// <summary>SR, of a sphere.</summary>
    SphericalRadius,
    /// <summary>CR, a radius without flats or reversals (ASME Y14.5).</summary>
    ControlledRadius,
    /// <summary>□, SQ, the width across flats of a square.</summary>
    Square,
    /// <summary>C, a chamfer under 45° (JIS B 0001).</summary>
    Chamfer,
}
