using System.Globalization;
using System.Text.Json;
using PyBase.Core.Queries;

namespace PyBase.Tests.Queries;

/// <summary>Days seen from today, which is where the zone says it is.</summary>
public sealed class DaySpanTests
{
    [Theory]
    [InlineData("""{"mode":"thisCalendarWeek"}""", "2026-11-23", "2026-11-29")]
    [InlineData("""{"mode":"thisCalendarWeek","weekStart":"sunday"}""", "2026-11-22", "2026-11-28")]
    [InlineData("""{"mode":"lastCalendarWeek"}""", "2026-11-16", "2026-11-22")]
    [InlineData("""{"mode":"thisCalendarMonth"}""", "2026-11-01", "2026-11-30")]
    [InlineData("""{"mode":"nextCalendarMonth"}""", "2026-12-01", "2026-12-31")]
    [InlineData("""{"mode":"thisCalendarQuarter"}""", "2026-10-01", "2026-12-31")]
    [InlineData("""{"mode":"lastCalendarQuarter"}""", "2026-07-01", "2026-09-30")]
    [InlineData("""{"mode":"thisCalendarYear"}""", "2026-01-01", "2026-12-31")]
    [InlineData("""{"mode":"pastMonth"}""", "2026-10-24", "2026-11-24")]
    [InlineData("""{"mode":"nextYear"}""", "2026-11-24", "2027-11-24")]
    [InlineData("""{"mode":"oneMonthAgo"}""", "2026-10-24", "2026-10-24")]
    [InlineData("""{"mode":"today","timeZone":"America/New_York"}""", "2026-11-23", "2026-11-23")]
    [InlineData("""{"mode":"today","timeZone":"Pacific/Kiritimati"}""", "2026-11-24", "2026-11-24")]
    public void A_span_is_counted_in_its_zone(string value, string first, string last)
    {
        // Half past midnight in Zurich, still Monday in New York.
        var now = new DateTimeOffset(2026, 11, 23, 23, 30, 0, TimeSpan.Zero);
        var span = DaySpan.Read(JsonElement.Parse(value), TimeZoneInfo.FindSystemTimeZoneById("Europe/Zurich")).Value;
        Assert.True(span.ReadsClock);
        Assert.Equal((Day(first), Day(last)), span.At(now));
    }

    [Theory]
    [InlineData("2026-03-29", "Europe/Zurich", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z")]
    [InlineData("2026-10-25", "Europe/Zurich", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z")]
    // In Lebanon midnight does not exist on the day the clocks go forward.
    [InlineData("2024-03-31", "Asia/Beirut", "2024-03-30T22:00:00Z", "2024-03-31T21:00:00Z")]
    // In Cuba they go back at one, so midnight comes twice.
    [InlineData("2025-11-02", "America/Havana", "2025-11-02T04:00:00Z", "2025-11-03T05:00:00Z")]
    [InlineData("9999-12-31", "UTC", "9999-12-31T00:00:00Z", null)]
    public void A_day_begins_and_ends_where_the_zone_says(string day, string zone, string from, string? before)
    {
        var span = DaySpan.Read(JsonSerializer.SerializeToElement(day), TimeZoneInfo.FindSystemTimeZoneById(zone)).Value;
        Assert.False(span.ReadsClock);
        Assert.Equal((Moment(from), before is null ? (DateTime?)null : Moment(before)), span.Moments(DateTimeOffset.UnixEpoch));
    }

    [Theory]
    [InlineData("\"2026-11-23\"")]
    [InlineData("\"2026-11-23T12:30:00.123Z\"")]
    [InlineData("[\"2026-11-23\",\"2026-12-01\"]")]
    [InlineData("""{"mode":"pastNumberOfDays","numberOfDays":12,"timeZone":"Europe/Zurich"}""")]
    [InlineData("""{"mode":"thisCalendarWeek","weekStart":"sunday"}""")]
    public void What_is_written_reads_back(string value)
    {
        var span = DaySpan.Read(JsonElement.Parse(value), TimeZoneInfo.Utc).Value;
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
            span.Write(json);
        Assert.Equal(span, DaySpan.Read(JsonElement.Parse(buffer.ToArray()), TimeZoneInfo.Local).Value);
    }

    static DateOnly Day(string text) => DateOnly.ParseExact(text, "O", CultureInfo.InvariantCulture);

    static DateTime Moment(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);
}
