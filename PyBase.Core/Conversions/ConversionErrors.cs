using PyBase.Core.Errors;

namespace PyBase.Core.Conversions;

/// <summary>Refusals of conversions of fields.</summary>
public static class ConversionErrors
{
    /// <summary>Most rows of a table whose fields can be converted: it is one transaction, and nobody else writes meanwhile.</summary>
    public const int MaxRows = 50_000;

    /// <summary>The one type cannot become the other.</summary>
    public static Error NotConvertible(string from, string to) =>
        new("field-not-convertible", ErrorKind.Invalid, $"A field of type {from} cannot become one of type {to}.", "Add a field of the type you want.");

    /// <summary>The rules were made for the cells as they are.</summary>
    public static Error HasConstraints(string field) =>
        new("field-has-constraints", ErrorKind.Invalid, $"Field \"{field}\" has constraints, which are made for its type.", "Take the constraints away first, and set them again after the conversion.");

    /// <summary>Too many rows, or too much in them, for one transaction.</summary>
    public static readonly Error TooLarge = new("table-too-large-to-convert", ErrorKind.Invalid,
        $"A field can be converted in a table of at most {MaxRows} records.", "Add a field of the type you want and fill it in steps.");
}
