using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using PyBase.Core.Errors;

namespace PyBase.Core.Fields;

/// <summary>Airtable's <c>date</c>: a calendar day, <c>YYYY-MM-DD</c> on the wire whatever the format people see.</summary>
public sealed class Date(string format) : FieldType
{
    /// <summary>The name of the format that people see.</summary>
    internal string Format => format;

    /// <inheritdoc/>
    public override string Name => "date";

    /// <inheritdoc/>
    public override ColumnType Column => ColumnType.Date;

    /// <inheritdoc/>
    public override Action<Utf8JsonWriter> Options => json =>
    {
        json.WriteStartObject();
        Dates.WriteDay(json, format);
        json.WriteEndObject();
    };

    /// <inheritdoc/>
    public override Result<object?> Parse(JsonElement value, CellInput input) => value.ValueKind switch
    {
        JsonValueKind.Null => Empty,
        JsonValueKind.String when value.GetString() is "" => Empty,
        JsonValueKind.String when Read(value.GetString()!, input.Typecast) is { } day => Cell(day),
        _ => Refuse(input),
    };

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter json, DbDataReader row, int column, CellFormat format)
    {
        Span<byte> text = stackalloc byte[10];
        row.GetFieldValue<DateOnly>(column).TryFormat(text, out _, "O", CultureInfo.InvariantCulture);
        json.WriteStringValue(text);
    }

    /// <summary><c>2026-11-23</c> or an ISO instant, of which the day counts; with typecast the common written forms too.</summary>
    static DateOnly? Read(string text, bool typecast)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day;
        if (text.Length > 10 && text[10] == 'T' && DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out _)
            && DateOnly.TryParseExact(text[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day))
            return day;
        return typecast && DateOnly.TryParse(text, CultureInfo.InvariantCulture, out day) ? day : null;
    }

    internal static Result<FieldType> FromOptions(JsonElement options, FieldScope scope) =>
        Dates.Day(options) is { } format ? new Date(format) : FieldErrors.InvalidOptions("date", Dates.DayRule);
}
