using System.Text.Json;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Schema;

namespace PyBase.Core.Constraints;

/// <summary>May two cells of a field hold the same?</summary>
public enum Uniqueness
{
    /// <summary>Yes.</summary>
    None,
    /// <summary>No.</summary>
    Exact,
    /// <summary>No, and <c>a</c> is the same as <c>A</c>.</summary>
    IgnoringCase,
}

/// <summary>
/// What a field asks of its cells beyond their type: the property <c>constraints</c> of its definition. Checked when a write is planned, so that every door
/// has the same rules; uniqueness alone is an index, since only the database sees two writers at once. Empty cells are never too small, too large or twice.
/// </summary>
public sealed record FieldConstraints
{
    /// <summary>Anything goes that the type takes.</summary>
    public static readonly FieldConstraints None = new();

    /// <summary>The cell is never empty.</summary>
    public bool Required { get; init; }

    /// <summary>No two cells hold the same.</summary>
    public Uniqueness Unique { get; init; }

    /// <summary>The least: a number, day, moment or time, or a count of characters or items.</summary>
    public Limit? Min { get; init; }

    /// <summary>The most.</summary>
    public Limit? Max { get; init; }

    /// <summary>What a whole text must look like.</summary>
    public TextPattern? Pattern { get; init; }

    /// <summary>May typecast add choices? Null: as the type does.</summary>
    public bool? AllowNewChoices { get; init; }

    /// <summary>May typecast add choices to this field?</summary>
    public static bool TakesNewChoices(Field field) => field.Constraints.AllowNewChoices ?? field.Type is not ISelect { TakesNewChoices: false };

    /// <summary>The rule that this value breaks; null when it keeps them all.</summary>
    public Error? Check(Field field, object? value)
    {
        if (ReferenceEquals(this, None))
            return null;
        if (value is null)
            return Required ? ConstraintErrors.Broken(field.Name, "it must have a value") : null;
        if ((Min ?? Max) is not null && Limit.MeasureOf(field.Type, value) is { } measure)
        {
            if (Min is not null && Limit.Compare(measure, Min.Value) < 0)
                return ConstraintErrors.Broken(field.Name, $"the least is {Min.Say(field.Type)}");
            if (Max is not null && Limit.Compare(measure, Max.Value) > 0)
                return ConstraintErrors.Broken(field.Name, $"the most is {Max.Say(field.Type)}");
        }
        return Pattern is not null && value is string text && !Pattern.Matches(text)
            ? ConstraintErrors.Broken(field.Name, $"the whole text must match {Pattern.Expression}")
            : null;
    }

    /// <summary>The object <c>constraints</c>.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        if (Required)
            json.WriteBoolean("required", true);
        if (Unique is Uniqueness.Exact)
            json.WriteBoolean("unique", true);
        if (Unique is Uniqueness.IgnoringCase)
        {
            json.WriteStartObject("unique");
            json.WriteBoolean("caseSensitive", false);
            json.WriteEndObject();
        }
        Min?.Write(json, "min");
        Max?.Write(json, "max");
        if (Pattern is not null)
            json.WriteString("pattern", Pattern.Expression);
        if (AllowNewChoices is { } allowed)
            json.WriteBoolean("allowNewChoices", allowed);
        json.WriteEndObject();
    }

    /// <summary>As JSON for the database; null when there are none.</summary>
    public string? Stored()
    {
        if (this == None)
            return null;
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
            Write(json);
        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }

    /// <summary>From a client's or the stored object; a rule that does not fit the type is refused, as is one that nobody knows.</summary>
    public static Result<FieldConstraints> Read(JsonElement json, FieldType type)
    {
        if (json.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
            return None;
        if (json.ValueKind is not JsonValueKind.Object)
            return ConstraintErrors.Invalid("constraints is an object");
        var read = new FieldConstraints();
        foreach (var rule in json.EnumerateObject())
        {
            if (rule.Value.ValueKind is JsonValueKind.Null)
                continue;
            if (!read.With(rule.Name, rule.Value, type).TryGet(out var next, out var error))
                return error;
            read = next;
        }
        if (read.Min is { } min && read.Max is { } max && Limit.Compare(min.Value, max.Value) > 0)
            return ConstraintErrors.Invalid("min is at most max");
        return read == None ? None : type.IsComputed ? ConstraintErrors.Invalid($"cells of type {type.Name} are computed, nobody writes them") : read;
    }

    Result<FieldConstraints> With(string rule, JsonElement value, FieldType type) => (rule, value.ValueKind) switch
    {
        ("required", JsonValueKind.True or JsonValueKind.False) => this with { Required = value.GetBoolean() },
        ("unique", _) => UniqueConstraint.ReadUniqueness(value, type).Then<FieldConstraints>(unique => this with { Unique = unique }),
        ("min", _) => Limit.Read(value, type).Then<FieldConstraints>(limit => this with { Min = limit }),
        ("max", _) => Limit.Read(value, type).Then<FieldConstraints>(limit => this with { Max = limit }),
        ("pattern", JsonValueKind.String) when type is Text => TextPattern.Read(value.GetString()!).Then<FieldConstraints>(pattern => this with { Pattern = pattern }),
        ("allowNewChoices", JsonValueKind.True or JsonValueKind.False) when type is ISelect => this with { AllowNewChoices = value.GetBoolean() },
        _ => ConstraintErrors.Invalid($"a field of type {type.Name} takes no {rule.Excerpt()} of this form"),
    };
}
