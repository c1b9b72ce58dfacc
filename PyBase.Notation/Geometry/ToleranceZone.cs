namespace PyBase.Notation.Geometry;

/// <summary>Shape of the tolerance zone (ISO 1101:2017, 8.2).</summary>
public enum ToleranceZone
{
    /// <summary>Between two lines or surfaces.</summary>
    Width,
    /// <summary>⌀, a circle or cylinder.</summary>
    Cylinder,
    /// <summary>S⌀, a sphere.</summary>
    Sphere,
}
