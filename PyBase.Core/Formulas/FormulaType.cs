namespace PyBase.Core.Formulas;

/// <summary>What a formula computes with. Settled when the formula is compiled, never while it runs.</summary>
public enum ValueKind
{
    /// <summary>Always empty: <c>BLANK()</c>.</summary>
    Blank,
    /// <summary>A double, NaN and infinities included.</summary>
    Number,
    /// <summary>Text.</summary>
    Text,
    /// <summary>True or false; a number where one is asked for (1 or 0).</summary>
    Boolean,
    /// <summary>A calendar day without a zone.</summary>
    Date,
    /// <summary>A moment.</summary>
    Instant,
}

/// <summary>The type of a value: its kind, and whether there is one or an ordered list of them, as a lookup gives.</summary>
/// <param name="Kind">The kind of the value, or of each item.</param>
/// <param name="IsList">A list, whose items may be blank.</param>
public readonly record struct FormulaType(ValueKind Kind, bool IsList = false);
