using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;
using PyBase.Core.Errors;
using PyBase.Core.Formulas;

namespace PyBase.Core.Fields;

/// <summary>A text in an engineering notation, read.</summary>
/// <param name="Json">What is stored: the canonical text, what is compared, and the parts.</param>
/// <param name="Key">Equal for equal values; up to its first blank it is the order, byte by byte.</param>
/// <param name="Number">What is compared in place of the key, where the type is one of numbers.</param>
/// <param name="Value">The value in terms of <c>PyBase.Notation</c>.</param>
public sealed record NotatedCell(string Json, string Key, double? Number, object Value)
{
    /// <summary>The part of the key that tells its place in an order.</summary>
    public string Order => Key.IndexOf(' ', StringComparison.Ordinal) is >= 0 and var end ? Key[..end] : Key;
}

/// <summary>
/// What the engineering types share: a text in some notation of <c>PyBase.Notation</c> goes in, its normalised value is stored as a JSON document with the
/// canonical <c>text</c>, the parts by name, and what cells are compared by: the number <c>number</c> or the text <c>key</c>.
/// </summary>
public abstract class Notated : FieldType
{
    /// <summary>Longest key in bytes: an entry of an index is smaller than a third of a page.</summary>
    const int MaxKey = 2_000;

    /// <inheritdoc/>
    public override ColumnType Column => ColumnType.Json;

    /// <inheritdoc/>
    public override bool CanBePrimary => false;

    /// <summary>What filters and formulas may ask of a cell.</summary>
    public abstract IReadOnlyList<Part> Parts { get; }

    /// <summary>What cells are compared, sorted and grouped by: their number or their key.</summary>
    public virtual Part Order => Part.Key;

    /// <summary>What "contains" looks into.</summary>
    public virtual Part Searched => Part.Text;

    /// <summary>The words that are looked for, as <see cref="Searched"/> has them.</summary>
    public virtual string Fold(string words) => words;

    /// <summary>A formula computes with the number, or reads the text.</summary>
    public override FormulaType Value => new(Order.Kind is ValueKind.Number ? ValueKind.Number : ValueKind.Text);

    /// <summary>The part of that name, the text among them; null when there is none.</summary>
    public Part? FindPart(string name) => name == Part.Text.Name ? Part.Text : Parts.FirstOrDefault(part => part.Name == name);

    /// <summary>Reads the notation, whatever the options allow.</summary>
    public abstract bool TryRead(string text, [NotNullWhen(true)] out NotatedCell? cell, [NotNullWhen(false)] out string? fault);

    /// <summary>Why the options do not allow a value; null when they do.</summary>
    protected virtual string? Broken(NotatedCell cell) => null;

    /// <summary>An object without <c>text</c> as the text it means; null when it means none.</summary>
    protected abstract string? Compose(JsonElement value);

    /// <summary>The type that a stored cell belongs to: of a lookup that of its items; null for other types.</summary>
    public static Notated? Of(FieldType type) => type as Notated ?? (type as Lookup)?.Item as Notated;

    /// <summary>What a stored cell shows.</summary>
    public static string TextOf(string stored)
    {
        using var cell = JsonDocument.Parse(stored);
        return cell.RootElement.GetText("text") ?? "";
    }

    /// <inheritdoc/>
    public override Result<object?> Parse(JsonElement value, CellInput input) => value.ValueKind switch
    {
        JsonValueKind.Null => Empty,
        JsonValueKind.String => Read(value.GetString()!, input),
        JsonValueKind.Number => Read(value.TryGetDecimal(out var number) ? number.ToString(CultureInfo.InvariantCulture) : value.GetRawText(), input),
        JsonValueKind.Object when (value.GetText("text") ?? Compose(value)) is { } text => Read(text, input),
        _ => Refuse(input),
    };

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter json, DbDataReader row, int column, CellFormat format) => json.WriteRawValue(row.GetString(column));

    /// <summary>The text as a cell of this field, or why it is none.</summary>
    protected Result<object?> Read(string text, CellInput input)
    {
        text = WithoutNul(text);
        return string.IsNullOrWhiteSpace(text) ? Empty
            : TryRead(text, out var cell, out var fault) ? Keep(cell, text, input)
            : CellErrors.InvalidNotation(input.FieldName, text, fault);
    }

    /// <summary>The cell, where the options allow it and an index can hold its key.</summary>
    protected Result<object?> Keep(NotatedCell cell, string text, CellInput input) =>
        Broken(cell) is { } broken ? CellErrors.InvalidNotation(input.FieldName, text, broken)
        : Encoding.UTF8.GetByteCount(cell.Key) > MaxKey ? CellErrors.InvalidNotation(input.FieldName, text, "It is too long.")
        : Cell(cell.Json);

    /// <summary>PostgreSQL stores no NUL.</summary>
    protected static string WithoutNul(string text) => text.Contains('\0') ? text.Replace("\0", "", StringComparison.Ordinal) : text;

    /// <summary>The document: what every type has, and its parts.</summary>
    protected static NotatedCell Made(object value, string text, string key, double? number, Action<Utf8JsonWriter> parts)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("text", text);
            json.WriteString("key", key);
            if (number is not null)
                json.WriteNumber("number", number.Value);
            parts(json);
            json.WriteEndObject();
        }
        return new NotatedCell(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length), key, number, value);
    }

    /// <summary>A number as text whose bytes are in the order of numbers: not negative, below 10⁷, to 10⁻⁶.</summary>
    protected static string Sortable(decimal number) => Math.Clamp(number, 0, 9_999_999).ToString("0000000.000000", CultureInfo.InvariantCulture);

    /// <summary>A property that is a number or a text with a number, as text.</summary>
    protected static string? Written(JsonElement value, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            if (value.TryGet(name, out var found))
                return found.ValueKind is JsonValueKind.Number && found.TryGetDecimal(out var number) ? number.ToString(CultureInfo.InvariantCulture)
                    : found.ValueKind is JsonValueKind.String && found.GetString()!.Trim() is { Length: > 0 } text ? text : null;
        return null;
    }
}
