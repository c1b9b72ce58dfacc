using System.Data.Common;
using System.Text.Json;
using PyBase.Core.Errors;

namespace PyBase.Core.Fields;

/// <summary>What the text types share: a string in, the same string out.</summary>
public abstract class Text : FieldType
{
    /// <summary>Longest text of a cell, in UTF-16 units (Airtable's limit for long text).</summary>
    public const int MaxLength = 100_000;

    /// <inheritdoc/>
    public override ColumnType Column => ColumnType.Text;

    /// <inheritdoc/>
    public override Result<object?> Parse(JsonElement value, CellInput input) => value.ValueKind switch
    {
        JsonValueKind.Null => Empty,
        JsonValueKind.String => Accept(value.GetString()!, input),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False when input.Typecast => Accept(value.GetRawText(), input),
        _ => Refuse(input),
    };

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter json, DbDataReader row, int column, CellFormat format) => json.WriteStringValue(CellBytes.Of(row, column));

    static Result<object?> Accept(string text, CellInput input)
    {
        if (text.Length > MaxLength)
            return Refuse(input);
        // PostgreSQL stores no NUL.
        if (text.Contains('\0'))
            text = text.Replace("\0", "", StringComparison.Ordinal);
        return text.Length == 0 ? Empty : Cell(text);
    }
}
