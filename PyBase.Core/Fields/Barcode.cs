using System.Data.Common;
using System.Text.Json;
using PyBase.Core.Errors;

namespace PyBase.Core.Fields;

/// <summary>Airtable's <c>barcode</c>: <c>{"text":"4006381333931","type":"ean13"}</c>, stored as such.</summary>
public sealed class Barcode : FieldType
{
    const int MaxType = 50;

    /// <inheritdoc/>
    public override string Name => "barcode";

    /// <inheritdoc/>
    public override ColumnType Column => ColumnType.Json;

    /// <inheritdoc/>
    public override bool CanBePrimary => false;

    /// <inheritdoc/>
    public override Result<object?> Parse(JsonElement value, CellInput input) => value.ValueKind switch
    {
        JsonValueKind.Null => Empty,
        JsonValueKind.Object when value.GetText("text") is { Length: <= Text.MaxLength } text => Store(text, value.GetText("type"), input),
        JsonValueKind.String when input.Typecast => Store(value.GetString()!, null, input),
        _ => Refuse(input),
    };

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter json, DbDataReader row, int column, CellFormat format) => json.WriteRawValue(row.GetString(column));

    static Result<object?> Store(string text, string? type, CellInput input) =>
        text.Length == 0 ? Empty
        : text.Length > Text.MaxLength || type?.Length > MaxType ? Refuse(input)
        : Cell(type is null ? JsonSerializer.Serialize(new { text }) : JsonSerializer.Serialize(new { text, type }));
}
