using System.Globalization;
using System.Text.Json;
using PyBase.Core.Errors;
using PyBase.Core.Fields;

namespace PyBase.Core.Constraints;

/// <summary>The least or most of a field: a number for numbers, a day, moment or time for those, and a count for texts (characters) and lists (items).</summary>
/// <param name="Value">double, DateOnly, DateTime, <c>HH:MM:SS</c> or int.</param>
public sealed record Limit(object Value)
{
    const int MaxCount = 100_000;

    /// <summary>Fits the type?</summary>
    public static Result<Limit> Read(JsonElement json, FieldType type)
    {
        if (Counts(type))
            return json.ValueKind is JsonValueKind.Number && json.TryGetInt32(out var count) && count is >= 0 and <= MaxCount
                ? new Limit(count)
                : ConstraintErrors.Invalid($"min and max of a field of type {type.Name} are whole numbers of {Unit(type)} from 0 to {MaxCount}");
        if (type is not (Numeric or Date or DateTimeField or TimeOfDay))
            return ConstraintErrors.Invalid($"a field of type {type.Name} has neither min nor max");
        // A rating of 0 is no rating, but as a limit it is a number like any other.
        if (type is Rating && json.ValueKind is JsonValueKind.Number && json.TryGetDouble(out var stars) && double.IsFinite(stars))
            return new Limit(stars);
        return type.Parse(json, new CellInput("", "", Typecast: false)).TryGet(out var value, out _) && value is not null
            ? new Limit(value)
            : ConstraintErrors.Invalid($"min and max of a field of type {type.Name} have the form of its cells");
    }

    /// <summary>What of a stored value is compared; null when nothing is.</summary>
    public static object? MeasureOf(FieldType type, object value) => value switch
    {
        double or DateOnly or DateTime => value,
        string time when type is TimeOfDay => time,
        string text when type is Text => text.EnumerateRunes().Count(), // as PostgreSQL counts
        string[] many => many.Length,
        _ => null,
    };

    /// <summary>Less than zero when the first is less; both are of one field.</summary>
    public static int Compare(object left, object right) => (left, right) switch
    {
        (string one, string other) => string.CompareOrdinal(one, other),
        (IComparable one, _) => one.CompareTo(right),
        _ => 0,
    };

    /// <summary>For a person.</summary>
    public string Say(FieldType type) => Counts(type) ? $"{Text} {Unit(type)}" : Text;

    /// <summary>As the client gave it.</summary>
    public void Write(Utf8JsonWriter json, string name)
    {
        if (Value is double or int)
            json.WriteNumber(name, Convert.ToDouble(Value, CultureInfo.InvariantCulture));
        else
            json.WriteString(name, Text);
    }

    string Text => Value switch
    {
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime instant => instant.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        _ => Convert.ToString(Value, CultureInfo.InvariantCulture)!,
    };

    static bool Counts(FieldType type) => type is Fields.Text or MultipleAttachments || type.Column is ColumnType.Ids;

    static string Unit(FieldType type) => type is Fields.Text ? "characters" : "items";
}
