namespace PyBase.Notation.Fits;

/// <summary>How hole and shaft go together (ISO 286-1:2010, 3.3).</summary>
public enum FitKind
{
    /// <summary>There is always a gap.</summary>
    Clearance,
    /// <summary>Gap or overlap, as the parts fall out.</summary>
    Transition,
    /// <summary>There is always an overlap.</summary>
    Interference,
}
