namespace PyBase.Notation.Callouts;

/// <summary>The form of a recess around a hole (ISO 15786, ASME Y14.5).</summary>
public enum RecessKind
{
    /// <summary>⌴: cylindrical with a flat ground.</summary>
    Counterbore,
    /// <summary>⌵: a cone.</summary>
    Countersink,
    /// <summary>SF: just deep enough for a flat face.</summary>
    Spotface,
}
