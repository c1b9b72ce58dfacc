using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using PyBase.Core.Errors;

namespace PyBase.Core.Fields;

/// <summary>
/// <c>time</c>, a type of PyBase's own: a time of day without date and zone, <c>HH:MM:SS</c> on the wire whatever people see. Stored as that text, whose order
/// is the order of the day.
/// </summary>
public sealed class TimeOfDay(string format) : FieldType
{
    /// <summary>As the format says, to the minute.</summary>
    internal string Show(string stored) => TimeOnly.TryParseExact(stored, "HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
        ? Dates.Show(format, DateTime.MinValue + time.ToTimeSpan()) : stored;

    static readonly string[] Plain = ["H:m", "H:mm", "H:mm:ss"];
    static readonly string[] Spoken = ["h:mmtt", "h:mm tt", "h:mm:sstt", "h:mm:ss tt", "htt", "h tt"];

    /// <inheritdoc/>
    public override string Name => "time";

    /// <inheritdoc/>
    public override ColumnType Column => ColumnType.Text;

    /// <inheritdoc/>
    public override Action<Utf8JsonWriter> Options => json =>
    {
        json.WriteStartObject();
        Dates.WriteTime(json, format);
        json.WriteEndObject();
    };

    /// <summary><c>"7:30"</c>, <c>"07:30:15"</c>; with typecast also <c>"7:30 pm"</c> and <c>"7pm"</c>.</summary>
    public override Result<object?> Parse(JsonElement value, CellInput input) => value.ValueKind switch
    {
        JsonValueKind.Null => Empty,
        JsonValueKind.String when value.GetString() is "" => Empty,
        JsonValueKind.String when input.Typecast && string.IsNullOrWhiteSpace(value.GetString()) => Empty,
        JsonValueKind.String when Read(value.GetString()!, input.Typecast) is { } time => Cell(time.ToString("HH:mm:ss", CultureInfo.InvariantCulture)),
        _ => Refuse(input),
    };

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter json, DbDataReader row, int column, CellFormat format) => json.WriteStringValue(CellBytes.Of(row, column));

    static TimeOnly? Read(string text, bool typecast) =>
        TimeOnly.TryParseExact(typecast ? text.Trim() : text, Plain[1..], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
        || (typecast && TimeOnly.TryParseExact(text.Trim(), [.. Plain, .. Spoken], CultureInfo.InvariantCulture, DateTimeStyles.None, out time))
            ? time : null;

    internal static Result<FieldType> FromOptions(JsonElement options, FieldScope scope) =>
        Dates.Time(options) is { } format ? new TimeOfDay(format) : FieldErrors.InvalidOptions("time", Dates.TimeRule);
}
