namespace PyBase.Notation.Geometry;

/// <summary>One compartment of datums: <c>A</c>, <c>BⓂ</c>, a common datum <c>A-B</c> (ISO 5459). Equal when the texts are.</summary>
/// <param name="Letters">One letter, or the letters of a common datum.</param>
/// <param name="Modifiers">Signs behind it, which hold for the whole compartment.</param>
public sealed record DatumReference(IReadOnlyList<string> Letters, IReadOnlyList<GeometricModifier> Modifiers)
{
    /// <inheritdoc/>
    public bool Equals(DatumReference? other) => other is not null && ToString() == other.ToString();

    /// <inheritdoc/>
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    /// <summary>Letters and signs: A-BⓂ, A CZ.</summary>
    public override string ToString() => string.Join('-', Letters) + string.Concat(Modifiers.Select(ModifierSign.Of));
}
