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
    public static readonly Error TooMany = new("too-many-fields", ErrorKind.Invalid, $"A table has at most {Schema.TableSpec.MaxFields} fields.", "Put some of them into a second table and link it.");

    /// <summary>The first field of a table names its records, so it must be of a type that can.</summary>
    public static Error NotPrimary(string type) =>
        new("invalid-primary-field", ErrorKind.Invalid, $"A field of type {type} cannot be a table's primary field.", "Put a text, number or date field first.");

    /// <summary>A table cannot be without the field that names its records.</summary>
    public static Error PrimaryStays(string name) =>
        new("primary-field-stays", ErrorKind.Invalid, $"Field \"{name.Excerpt()}\" names the records of its table and cannot be deleted.", "Delete the table, or another field.");

    /// <summary>Only what follows from options alone can be changed in place.</summary>
    public static Error OptionsStay(string type) =>
        new("field-options-stay", ErrorKind.Invalid, $"The options of a field of type {type} cannot be changed this way.", "Convert the field.");

    /// <summary>Cells hold the choice that is to go.</summary>
    public static Error ChoiceInUse(string name) =>
        new("choice-in-use", ErrorKind.Invalid, $"Some record has the choice \"{name.Excerpt()}\".", "Give these records another one first, or rename the choice.");

    /// <summary>What a computed field reads has no values itself.</summary>
    public static Error InvalidSource(string name) =>
        new("invalid-source-field", ErrorKind.Invalid, $"Field \"{name.Excerpt()}\" is not valid: what it refers to is gone.", "Repair or delete that field.");

    /// <summary>Computed fields that depend on each other have no value.</summary>
    public static Error Ring(string path) =>
        new("circular-reference", ErrorKind.Invalid, $"The fields depend on each other in a circle: {path.Excerpt()}.", "Take one of the references out.");
}
