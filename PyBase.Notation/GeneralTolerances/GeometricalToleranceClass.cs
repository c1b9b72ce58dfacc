namespace PyBase.Notation.GeneralTolerances;

/// <summary>Tolerance classes of ISO 2768-2 for geometry.</summary>
public enum GeometricalToleranceClass
{
    /// <summary>H, the finest.</summary>
    H,
    /// <summary>K.</summary>
    K,
    /// <summary>L, the coarsest.</summary>
    L,
}
