using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using PyBase.Core.Errors;

namespace PyBase.Core.Fields;

/// <summary>
/// Airtable's <c>dateTime</c>: an instant, sent as ISO 8601 with milliseconds and Z. A text without an offset is of the field's zone (<c>client</c>: UTC,
/// as a script has no zone of its own).
/// </summary>
public sealed class DateTimeField(string day, string time, string zone) : FieldType
{
    /// <summary>In the field's zone; where that is the reader's own, in theirs.</summary>
    internal string Show(DateTime utc, CellDisplay display)
    {
        var wall = zone == "client" ? display.InZone(utc) : ToWall(utc);
        return $"{Dates.Show(day, DateOnly.FromDateTime(wall), display.Locale)} {Dates.Show(time, wall)}";
    }

    const DateTimeStyles Plain = DateTimeStyles.AllowWhiteSpaces;

    /// <inheritdoc/>
    public override string Name => "dateTime";

    /// <inheritdoc/>
    public override ColumnType Column => ColumnType.Instant;

    /// <inheritdoc/>
    public override Action<Utf8JsonWriter> Options => json =>
    {
        json.WriteStartObject();
        Dates.WriteDay(json, day);
        Dates.WriteTime(json, time);
        json.WriteString("timeZone", zone);
        json.WriteEndObject();
    };

    /// <inheritdoc/>
    public override Result<object?> Parse(JsonElement value, CellInput input) => value.ValueKind switch
    {
        JsonValueKind.Null => Empty,
        JsonValueKind.String when value.GetString() is "" => Empty,
        JsonValueKind.String when Read(value.GetString()!, input.Typecast) is { } instant => Cell(instant),
        _ => Refuse(input),
    };

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter json, DbDataReader row, int column, CellFormat format) => Instants.Write(json, row.GetDateTime(column));

    DateTime? Read(string text, bool typecast)
    {
        var looksIso = text.Length >= 10 && text[4] == '-' && char.IsAsciiDigit(text[0]);
        if (!looksIso && !typecast)
            return null;
        // RoundtripKind tells whether the text said an offset; only then it is an instant already.
        if (!DateTime.TryParse(text, CultureInfo.InvariantCulture, Plain | DateTimeStyles.RoundtripKind, out var read))
            return null;
        var instant = read.Kind switch
        {
            DateTimeKind.Utc => read,
            DateTimeKind.Local => read.ToUniversalTime(),
            _ => InZone(read),
        };
        // The millisecond is what clients send and get.
        return instant is { } utc ? new DateTime(utc.Ticks - utc.Ticks % TimeSpan.TicksPerMillisecond, DateTimeKind.Utc) : null;
    }

    /// <summary>A wall clock time; one that a zone skips in spring is an hour later, as clocks show it.</summary>
    DateTime? InZone(DateTime wall)
    {
        if (zone is "client" or "utc" || !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found))
            return DateTime.SpecifyKind(wall, DateTimeKind.Utc);
        if (found.IsInvalidTime(wall))
            wall = wall.AddHours(1);
        var utc = wall - found.GetUtcOffset(wall);
        return DateTime.SpecifyKind(utc, DateTimeKind.Utc);
    }

    /// <summary>What clocks of the field's zone show.</summary>
    public DateTime ToWall(DateTime utc) =>
        zone is "client" or "utc" || !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) ? utc : TimeZoneInfo.ConvertTimeFromUtc(utc, found);

    internal static Result<FieldType> FromOptions(JsonElement options, FieldScope scope)
    {
        if (Dates.Day(options) is not { } day)
            return FieldErrors.InvalidOptions("dateTime", Dates.DayRule);
        if (Dates.Time(options) is not { } time)
            return FieldErrors.InvalidOptions("dateTime", Dates.TimeRule);
        var zone = options.GetText("timeZone") ?? "client";
        return zone is "client" or "utc" || TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _)
            ? new DateTimeField(day, time, zone)
            : FieldErrors.InvalidOptions("dateTime", "timeZone is client, utc or a name of the IANA time zone database");
    }
}
