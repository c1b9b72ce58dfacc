using PyBase.Core.Errors;

namespace PyBase.Core.Fields;

/// <summary>Refusals of field definitions.</summary>
public static class FieldErrors
{
    /// <summary>No such type.</summary>
    public static Error UnknownType(string type) =>
        new("invalid-field-type", ErrorKind.Invalid, $"Unknown field type \"{type.Excerpt()}\".", $"Field types: {string.Join(", ", FieldTypes.Names)}.");

    /// <summary>The options do not fit the type.</summary>
    public static Error InvalidOptions(string type, string rule) =>
        new("invalid-field-options", ErrorKind.Invalid, $"Invalid options for a field of type {type}: {rule}.");

    /// <summary>Names are unique within a table, and not empty.</summary>
    public static Error NameTaken(string name) =>
        new("duplicate-or-empty-field-name", ErrorKind.Invalid, name.Length == 0 ? "A field needs a name." : $"There is a field \"{name}\" already.");

    /// <summary>The table is full.</summary>
    public static readonly Error TooMany = new("too-many-fields", ErrorKind.Invalid, $"A table has at most {Schema.TableSpec.MaxFields} fields.");

    /// <summary>The first field of a table names its records, so it must be of a type that can.</summary>
    public static Error NotPrimary(string type) =>
        new("invalid-primary-field", ErrorKind.Invalid, $"A field of type {type} cannot be a table's primary field.", "Put a text, number or date field first.");
}
