namespace PyBase.Notation.Geometry;

/// <summary>A modifier of the tolerance with the length that may follow it.</summary>
/// <param name="Modifier">The sign.</param>
/// <param name="Value">Height of Ⓟ or the outer part of Ⓤ, in the unit of the tolerance; null when not given.</param>
public readonly record struct ZoneModifier(GeometricModifier Modifier, decimal? Value = null)
{
    /// <summary>Sign and value: Ⓟ25.</summary>
    public override string ToString() => ModifierSign.Of(Modifier) + (Value is { } value ? Threads.ThreadText.Number(value) : "");
}
