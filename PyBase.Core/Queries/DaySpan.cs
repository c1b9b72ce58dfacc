using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using PyBase.Core.Errors;
using PyBase.Core.Fields;

namespace PyBase.Core.Queries;

/// <summary>
/// Days that a condition names, most of them seen from today: <c>{"mode":"pastNumberOfDays","numberOfDays":7,"timeZone":"Europe/Zurich"}</c>,
/// <c>{"mode":"exactDate","exactDate":"2026-11-23"}</c>, or just the date. A week begins on Monday unless <c>weekStart</c> is <c>sunday</c>.
/// The past week, month and so on end with today, the next begin with it.
/// </summary>
/// <param name="Mode">Airtable's word.</param>
/// <param name="Number">Of days, where the mode counts them.</param>
/// <param name="First">The day itself, or the first of a range.</param>
/// <param name="Last">The last of a range; else the same.</param>
/// <param name="Moment">For fields with a time, the millisecond that was asked for.</param>
/// <param name="Zone">Where days begin.</param>
/// <param name="FromSunday">Weeks begin on Sunday.</param>
public sealed record DaySpan(string Mode, int Number, DateOnly First, DateOnly Last, DateTime? Moment, TimeZoneInfo Zone, bool FromSunday)
{
    const int MaxNumber = 36_500;
    const string Exact = "exactDate", Range = "exactRange", Time = "exactTime";

    delegate (DateOnly First, DateOnly Last) Days(DateOnly today, int number, bool fromSunday);

    static readonly FrozenDictionary<string, Days> Modes = new Dictionary<string, Days>
    {
        ["today"] = (today, _, _) => (today, today),
        ["tomorrow"] = (today, _, _) => One(today.AddDays(1)),
        ["yesterday"] = (today, _, _) => One(today.AddDays(-1)),
        ["oneWeekAgo"] = (today, _, _) => One(today.AddDays(-7)),
        ["oneWeekFromNow"] = (today, _, _) => One(today.AddDays(7)),
        ["oneMonthAgo"] = (today, _, _) => One(today.AddMonths(-1)),
        ["oneMonthFromNow"] = (today, _, _) => One(today.AddMonths(1)),
        ["daysAgo"] = (today, number, _) => One(today.AddDays(-number)),
        ["daysFromNow"] = (today, number, _) => One(today.AddDays(number)),
        ["pastWeek"] = (today, _, _) => (today.AddDays(-7), today),
        ["pastMonth"] = (today, _, _) => (today.AddMonths(-1), today),
        ["pastYear"] = (today, _, _) => (today.AddYears(-1), today),
        ["nextWeek"] = (today, _, _) => (today, today.AddDays(7)),
        ["nextMonth"] = (today, _, _) => (today, today.AddMonths(1)),
        ["nextYear"] = (today, _, _) => (today, today.AddYears(1)),
        ["pastNumberOfDays"] = (today, number, _) => (today.AddDays(-number), today),
        ["nextNumberOfDays"] = (today, number, _) => (today, today.AddDays(number)),
        ["thisCalendarWeek"] = (today, _, fromSunday) => Week(today, fromSunday),
        ["lastCalendarWeek"] = (today, _, fromSunday) => Week(today.AddDays(-7), fromSunday),
        ["nextCalendarWeek"] = (today, _, fromSunday) => Week(today.AddDays(7), fromSunday),
        ["thisCalendarMonth"] = (today, _, _) => Months(today, 1),
        ["lastCalendarMonth"] = (today, _, _) => Months(today.AddMonths(-1), 1),
        ["nextCalendarMonth"] = (today, _, _) => Months(today.AddMonths(1), 1),
        ["thisCalendarQuarter"] = (today, _, _) => Months(today, 3),
        ["lastCalendarQuarter"] = (today, _, _) => Months(today.AddMonths(-3), 3),
        ["nextCalendarQuarter"] = (today, _, _) => Months(today.AddMonths(3), 3),
        ["thisCalendarYear"] = (today, _, _) => Months(today, 12),
        ["lastCalendarYear"] = (today, _, _) => Months(today.AddYears(-1), 12),
        ["nextCalendarYear"] = (today, _, _) => Months(today.AddYears(1), 12),
    }.ToFrozenDictionary();

    /// <summary>The answer changes at midnight.</summary>
    public bool ReadsClock => Mode is not (Exact or Range or Time);

    /// <summary>Its days, both included, when it is <paramref name="now"/>.</summary>
    public (DateOnly First, DateOnly Last) At(DateTimeOffset now) =>
        ReadsClock ? Modes[Mode](DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, Zone).DateTime), Number, FromSunday) : (First, Last);

    /// <summary>Its moments when it is <paramref name="now"/>: from the first on, and before the second; null has no end.</summary>
    public (DateTime From, DateTime? Before) Moments(DateTimeOffset now)
    {
        if (Moment is { } moment)
            return (moment, moment.Ticks < DateTime.MaxValue.Ticks - TimeSpan.TicksPerMillisecond ? moment.AddMilliseconds(1) : null);
        var (first, last) = At(now);
        return (Start(first), last == DateOnly.MaxValue ? null : Start(last.AddDays(1)));
    }

    /// <summary>The first moment of a day in the zone. Some zones put their clocks forward at midnight: there the day begins at one.</summary>
    DateTime Start(DateOnly day)
    {
        var wall = day.ToDateTime(TimeOnly.MinValue);
        while (Zone.IsInvalidTime(wall))
            wall = wall.AddMinutes(15);
        var offset = Zone.IsAmbiguousTime(wall) ? Zone.GetAmbiguousTimeOffsets(wall).Max() : Zone.GetUtcOffset(wall);
        var ticks = Math.Clamp(wall.Ticks - offset.Ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks);
        return new DateTime(ticks, DateTimeKind.Utc);
    }

    /// <summary>From the value of a condition; <paramref name="zone"/> counts where the value names none.</summary>
    public static Result<DaySpan> Read(JsonElement value, TimeZoneInfo zone)
    {
        if (value.ValueKind is JsonValueKind.String)
            return Date(value.GetString()!, zone);
        if (value.ValueKind is JsonValueKind.Array)
            return value.GetArrayLength() == 2 && Day(value[0]) is { } first && Day(value[1]) is { } last && first <= last
                ? new DaySpan(Range, 0, first, last, null, zone, false)
                : QueryErrors.InvalidFilter("a range of days is a list of the first and the last");
        if (value.GetText("timeZone") is { } named)
        {
            if (!ZoneOf(named).TryGet(out var found, out var error))
                return error;
            zone = found;
        }
        var mode = value.GetText("mode") ?? "";
        switch (mode)
        {
            case Exact or Time:
                return value.GetText(mode) is { } date ? Date(date, zone) : QueryErrors.InvalidFilter($"mode {mode} needs the property {mode}");
            case Range:
                return value.TryGet("from", out var from) && value.TryGet("to", out var to) && Day(from) is { } first && Day(to) is { } last && first <= last
                    ? new DaySpan(Range, 0, first, last, null, zone, false)
                    : QueryErrors.InvalidFilter("a range of days has from and to, in order");
            case var _ when !Modes.ContainsKey(mode):
                return QueryErrors.InvalidFilter($"a date is \"2026-11-23\", or its mode is one of {Exact}, {Range}, {string.Join(", ", Modes.Keys.Order(StringComparer.Ordinal))}");
        }
        var number = 0;
        if (mode is "daysAgo" or "daysFromNow" or "pastNumberOfDays" or "nextNumberOfDays"
            && !(value.TryGetInt("numberOfDays", out number) && number is >= 0 and <= MaxNumber))
            return QueryErrors.InvalidFilter($"mode {mode} needs numberOfDays, 0 to {MaxNumber}");
        return new DaySpan(mode, number, default, default, null, zone, value.GetText("weekStart") is "sunday");
    }

    /// <summary>As <see cref="Read"/> reads it.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("mode", Mode);
        switch (Mode)
        {
            case Exact:
                json.WriteString(Exact, First.ToString("O", CultureInfo.InvariantCulture));
                break;
            case Time:
                json.WriteString(Time, Moment!.Value.ToString("O", CultureInfo.InvariantCulture));
                break;
            case Range:
                json.WriteString("from", First.ToString("O", CultureInfo.InvariantCulture));
                json.WriteString("to", Last.ToString("O", CultureInfo.InvariantCulture));
                break;
            case "daysAgo" or "daysFromNow" or "pastNumberOfDays" or "nextNumberOfDays":
                json.WriteNumber("numberOfDays", Number);
                break;
        }
        if (FromSunday)
            json.WriteString("weekStart", "sunday");
        json.WriteString("timeZone", Zone.Id);
        json.WriteEndObject();
    }

    /// <summary>The zone of that name, in any case, as Airtable takes it; UTC for <c>client</c> and for none.</summary>
    public static Result<TimeZoneInfo> ZoneOf(string? name) =>
        name is null or "" or "client" || name.Equals("utc", StringComparison.OrdinalIgnoreCase) ? TimeZoneInfo.Utc
        : name.Length <= 64 && (TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) || Named(name, out zone)) ? zone!
        : QueryErrors.UnknownTimeZone(name);

    static bool Named(string name, out TimeZoneInfo? zone) =>
        (zone = TimeZoneInfo.GetSystemTimeZones().FirstOrDefault(z => z.Id.Equals(name, StringComparison.OrdinalIgnoreCase))) is not null;

    static Result<DaySpan> Date(string text, TimeZoneInfo zone)
    {
        if (text.Length > 10 && DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var moment))
        {
            moment = new DateTime(moment.Ticks - moment.Ticks % TimeSpan.TicksPerMillisecond, DateTimeKind.Utc);
            var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(moment, zone));
            return new DaySpan(Time, 0, day, day, moment, zone, false);
        }
        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? new DaySpan(Exact, 0, date, date, null, zone, false)
            : QueryErrors.InvalidFilter($"\"{text.Excerpt()}\" is not a date such as 2026-11-23");
    }

    static DateOnly? Day(JsonElement value) =>
        value.ValueKind is JsonValueKind.String && value.GetString() is { Length: >= 10 } text
        && DateOnly.TryParseExact(text[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    static (DateOnly, DateOnly) One(DateOnly day) => (day, day);

    static (DateOnly, DateOnly) Week(DateOnly day, bool fromSunday)
    {
        var first = day.AddDays(-(((int)day.DayOfWeek + (fromSunday ? 0 : 6)) % 7));
        return (first, first.AddDays(6));
    }

    /// <summary>The calendar month, quarter (3) or year (12) that a day is in.</summary>
    static (DateOnly, DateOnly) Months(DateOnly day, int length)
    {
        var first = new DateOnly(day.Year, (day.Month - 1) / length * length + 1, 1);
        return (first, first.AddMonths(length).AddDays(-1));
    }
}
