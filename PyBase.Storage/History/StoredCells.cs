using System.Globalization;
using System.Text.Json;
using PyBase.Core.Fields;

namespace PyBase.Storage.History;

/// <summary>A cell of the log → the value that a <c>RecordPlan</c> holds.</summary>
static class StoredCells
{
    public static object? Read(ColumnType column, JsonElement value) => value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined ? null : column switch
    {
        ColumnType.Number => value.GetDouble(),
        ColumnType.Boolean => value.GetBoolean(),
        ColumnType.Date => DateOnly.Parse(value.GetString()!, CultureInfo.InvariantCulture),
        ColumnType.Instant => DateTimeOffset.Parse(value.GetString()!, CultureInfo.InvariantCulture).UtcDateTime,
        ColumnType.Ids => value.EnumerateArray().Select(id => id.GetString()!).ToArray(),
        ColumnType.Json => value.GetRawText(),
        ColumnType.Text or ColumnType.Id => value.GetString(),
        _ => throw new ArgumentOutOfRangeException(nameof(column)),
    };

    /// <summary>Is it a value of such a column? A field of another type was converted since.</summary>
    public static bool Fits(ColumnType column, JsonElement value) => value.ValueKind is JsonValueKind.Null || column switch
    {
        ColumnType.Number => value.ValueKind is JsonValueKind.Number,
        ColumnType.Boolean => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        ColumnType.Date => value.ValueKind is JsonValueKind.String && DateOnly.TryParse(value.GetString(), CultureInfo.InvariantCulture, out _),
        ColumnType.Instant => value.ValueKind is JsonValueKind.String && DateTimeOffset.TryParse(value.GetString(), CultureInfo.InvariantCulture, out _),
        ColumnType.Ids => value.ValueKind is JsonValueKind.Array,
        ColumnType.Texts or ColumnType.Numbers or ColumnType.Booleans or ColumnType.Dates or ColumnType.Instants => value.ValueKind is JsonValueKind.Array,
        ColumnType.Json => value.ValueKind is JsonValueKind.Array or JsonValueKind.Object,
        _ => value.ValueKind is JsonValueKind.String,
    };
}
