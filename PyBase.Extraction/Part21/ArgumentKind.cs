namespace PyBase.Extraction.Part21;

/// <summary>The kinds of a parameter (ISO 10303-21, clause 10).</summary>
public enum ArgumentKind
{
    /// <summary>Not of the grammar.</summary>
    Unknown,
    /// <summary><c>$</c>: an optional attribute without value.</summary>
    Omitted,
    /// <summary><c>*</c>: derived in a subtype.</summary>
    Derived,
    /// <summary><c>'…'</c></summary>
    Text,
    /// <summary><c>#123</c></summary>
    Reference,
    /// <summary><c>12</c>, <c>-0.5E-3</c>, <c>1.</c></summary>
    Number,
    /// <summary><c>.T.</c></summary>
    Enumeration,
    /// <summary><c>"0F"</c></summary>
    Binary,
    /// <summary><c>(…)</c></summary>
    List,
    /// <summary><c>LENGTH_MEASURE(5.)</c></summary>
    Typed,
}
