using PyBase.Core.Errors;

namespace PyBase.Core.Constraints;

/// <summary>Refusals about constraints and by them.</summary>
public static class ConstraintErrors
{
    /// <summary>A value that the field's type takes and its constraints do not.</summary>
    public static Error Broken(string field, string rule) =>
        new("invalid-value-for-column", ErrorKind.Invalid, $"Field \"{field}\" cannot accept the provided value", $"The field has a constraint: {rule}.");

    /// <summary>Another record holds the value.</summary>
    public static Error NotUnique(string fields, string value) =>
        new("value-not-unique", ErrorKind.Invalid, $"Another record has the value {value.Excerpt()} in {fields}, which must be unique.", "Change the value, or update the record that has it.");

    /// <summary>An index entry has to fit a third of a page.</summary>
    public static Error TooLongToBeUnique(string fields) =>
        new("value-too-long-to-be-unique", ErrorKind.Invalid, $"The value of {fields}, which must be unique, is too long.", "A unique value has at most some 2,500 bytes.");

    /// <summary>The constraint makes no sense for the field.</summary>
    public static Error Invalid(string rule) => new("invalid-constraint", ErrorKind.Invalid, $"Invalid constraint: {rule}.");

    /// <summary>Rows that are there already break it.</summary>
    public static Error Violated(string rule, long count, string examples) =>
        new("constraint-violated", ErrorKind.Invalid, $"The constraint was not set, since {count} records break it: {rule}.", $"Change these records first, for instance {examples}.");

    /// <summary>Checking every row would hold up everybody else.</summary>
    public static readonly Error TooLarge = new("constraint-check-too-long", ErrorKind.Invalid,
        "The constraint was not set, since checking the records that are there takes more than five seconds.", "Set it on a smaller table, or ask for a simpler rule.");

    /// <summary>Every constraint is an index that every write keeps.</summary>
    public static readonly Error TooMany = new("too-many-constraints", ErrorKind.Invalid, $"A table has at most {UniqueConstraint.MaxCount} constraints.");

    /// <summary>No such constraint.</summary>
    public static readonly Error NotFound = new("constraint-not-found", ErrorKind.NotFound, "There is no such constraint.");
}
