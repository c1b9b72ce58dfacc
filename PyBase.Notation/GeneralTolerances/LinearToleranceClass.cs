namespace PyBase.Notation.GeneralTolerances;

/// <summary>Tolerance classes of ISO 2768-1 for linear and angular dimensions.</summary>
public enum LinearToleranceClass
{
    /// <summary>f.</summary>
    Fine,
    /// <summary>m.</summary>
    Medium,
    /// <summary>c.</summary>
    Coarse,
    /// <summary>v.</summary>
    VeryCoarse,
}
