namespace PyBase.Core.Formulas;

/// <summary>How a formula depends on the time.</summary>
public enum FormulaClock
{
    /// <summary>Not at all.</summary>
    None,
    /// <summary>It changes at midnight.</summary>
    Today,
    /// <summary>It changes always.</summary>
    Now,
}
