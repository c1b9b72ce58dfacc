using System.Globalization;

namespace PyBase.Core.Imports;

/// <summary>In which order days of a column are written; a month by name says it by itself.</summary>
public enum DateForm
{
    /// <summary><c>2026-11-24</c>, <c>2026/11/24</c></summary>
    YearFirst,
    /// <summary><c>24.11.2026</c>, <c>24/11/2026</c>, <c>24 Nov 2026</c></summary>
    DayFirst,
    /// <summary><c>11/24/2026</c>, <c>Nov 24, 2026</c></summary>
    MonthFirst,
}

/// <summary>A day or a moment that a text says.</summary>
/// <param name="Wall">What calendar and clock show.</param>
/// <param name="HasTime">It says a time of day.</param>
/// <param name="Offset">From UTC, when it says so.</param>
public readonly record struct ReadDate(DateTime Wall, bool HasTime, TimeSpan? Offset);

/// <summary>Days and moments as people write them.</summary>
public static class DateText
{
    static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    /// <summary>What the text says; null when it is no date in this form.</summary>
    public static ReadDate? Read(ReadOnlySpan<char> text, DateForm form)
    {
        text = text.Trim();
        if (text.Length is < 6 or > 40)
            return null;
        var at = 0;
        Span<int> parts = stackalloc int[3];
        Span<int> widths = stackalloc int[3];
        var named = -1;
        var sign = '\0';
        for (var n = 0; n < 3; n++)
        {
            if (n > 0)
            {
                if (at >= text.Length)
                    return null;
                var between = text[at];
                if (between is not ('-' or '/' or '.' or ' ') && !(between == ',' && named >= 0) || (named < 0 && sign != '\0' && sign != between && between != ' '))
                    return null;
                sign = between;
                at++;
                while (at < text.Length && text[at] == ' ')
                    at++;
            }
            var start = at;
            if (at < text.Length && char.IsAsciiLetter(text[at]))
            {
                while (at < text.Length && char.IsAsciiLetter(text[at]))
                    at++;
                if (named >= 0 || MonthOf(text[start..at]) is not (> 0 and var month))
                    return null;
                (named, parts[n]) = (n, month);
                continue;
            }
            while (at < text.Length && char.IsAsciiDigit(text[at]) && at - start < 4)
                parts[n] = parts[n] * 10 + text[at++] - '0';
            if ((widths[n] = at - start) == 0)
                return null;
        }
        var (year, month2, day) = form switch
        {
            DateForm.YearFirst => (0, 1, 2),
            DateForm.DayFirst => (2, 1, 0),
            _ => (2, 0, 1),
        };
        if ((named >= 0 && named != month2) || (sign == ' ' && named < 0) || widths[year] is not (2 or 4) || widths[day] > 2 || (named < 0 && widths[month2] > 2) || (form is DateForm.YearFirst && widths[year] != 4))
            return null;
        // 1.5.20 is the number of a version oftener than a day.
        if (sign == '.' && widths[year] == 2)
            return null;
        // As spreadsheets and Airtable read two digits.
        var full = widths[year] == 4 ? parts[year] : parts[year] + (parts[year] < 50 ? 2000 : 1900);
        if (full < 1 || parts[month2] is < 1 or > 12 || parts[day] < 1 || parts[day] > DateTime.DaysInMonth(full, parts[month2]))
            return null;
        var date = new DateTime(full, parts[month2], parts[day], 0, 0, 0, DateTimeKind.Unspecified);
        return at == text.Length ? new ReadDate(date, false, null) : WithTime(date, text[at..]);
    }

    static int MonthOf(ReadOnlySpan<char> name)
    {
        if (name.Length < 3)
            return 0;
        for (var n = 0; n < Months.Length; n++)
            if (name.StartsWith(Months[n], StringComparison.OrdinalIgnoreCase)
                && (name.Length == 3 || CultureInfo.InvariantCulture.DateTimeFormat.MonthNames[n].AsSpan().StartsWith(name, StringComparison.OrdinalIgnoreCase)))
                return n + 1;
        return 0;
    }

    /// <summary><c>T14:30:15.250Z</c>, <c> 2:30 pm</c>, <c> 14:30+01:00</c></summary>
    static ReadDate? WithTime(DateTime date, ReadOnlySpan<char> text)
    {
        if (text[0] is not ('T' or 't' or ' ' or ','))
            return null;
        text = text[1..].Trim();
        TimeSpan? offset = null;
        if (text.Length > 0 && text[^1] is 'Z' or 'z')
        {
            offset = TimeSpan.Zero;
            text = text[..^1];
        }
        else if (text.LastIndexOfAny('+', '-') is > 3 and var sign)
        {
            var zone = text[(sign + 1)..];
            if (!(zone.Length == 5 && zone[2] == ':' && int.TryParse(zone[..2], out var hours) && int.TryParse(zone[3..], out var minutes))
                && !(zone.Length == 4 && int.TryParse(zone[..2], out hours) && int.TryParse(zone[2..], out minutes)) || hours > 14 || minutes > 59)
                return null;
            offset = new TimeSpan(text[sign] == '-' ? -hours : hours, text[sign] == '-' ? -minutes : minutes, 0);
            text = text[..sign];
        }
        return TimeOnly.TryParse(text, CultureInfo.InvariantCulture, out var time) && text.Contains(':') ? new ReadDate(date + time.ToTimeSpan(), true, offset) : null;
    }
}
