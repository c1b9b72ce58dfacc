namespace PyBase.Notation.Quantities;

/// <summary>What a dimension demands.</summary>
public enum QuantityKind
{
    /// <summary>An ordinary value, toleranced itself or by the general tolerance.</summary>
    Plain,
    /// <summary>In parentheses or REF: for information (ISO 129-1, auxiliary dimension).</summary>
    Reference,
    /// <summary>In a box, in brackets or BSC: theoretically exact (ISO 1101, TED).</summary>
    Basic,
}
