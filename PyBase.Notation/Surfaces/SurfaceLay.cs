namespace PyBase.Notation.Surfaces;

/// <summary>Direction of the marks of machining (ISO 1302:2002, Table 2; ISO 21920-1).</summary>
public enum SurfaceLay
{
    /// <summary>Not given.</summary>
    None,
    /// <summary>=, parallel to the plane of projection.</summary>
    Parallel,
    /// <summary>⟂, perpendicular to it.</summary>
    Perpendicular,
    /// <summary>X, crossed in two slanting directions.</summary>
    Crossed,
    /// <summary>M, in many directions.</summary>
    MultiDirectional,
    /// <summary>C, circular.</summary>
    Circular,
    /// <summary>R, radial.</summary>
    Radial,
    /// <summary>P, particulate or without direction.</summary>
    Particulate,
}
