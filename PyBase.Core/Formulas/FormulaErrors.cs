using PyBase.Core.Errors;

namespace PyBase.Core.Formulas;

/// <summary>Refusals of formulas.</summary>
public static class FormulaErrors
{
    /// <summary>The formula cannot be read, or means nothing.</summary>
    /// <param name="position">Of the first character it is about, from 0.</param>
    /// <param name="reason">A statement without a full stop.</param>
    public static Error Invalid(int position, string reason) =>
        new("invalid-formula", ErrorKind.Invalid, $"The formula is not valid at character {position + 1}: {reason}.", "docs/formulas.md has the language and its functions.");
}
