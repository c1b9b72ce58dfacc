namespace PyBase.Core.Formulas.Functions;

/// <summary>Units of time and formats of dates, as far as a formula is judged by them.</summary>
static class DateUnits
{
    /// <summary>As in the database's <c>pybase.date_split</c>.</summary>
    public const int LongestFormat = 500;

    /// <summary>A unit in the database's spelling; null when there is none. M is a month and m a minute; of other names the case does not matter.</summary>
    public static string? Find(string unit) => unit switch
    {
        "M" => "month",
        "m" => "minute",
        _ => unit.ToLowerInvariant() switch
        {
            "ms" or "millisecond" or "milliseconds" => "millisecond",
            "s" or "second" or "seconds" => "second",
            "minute" or "minutes" => "minute",
            "h" or "hour" or "hours" => "hour",
            "d" or "day" or "days" => "day",
            "w" or "week" or "weeks" => "week",
            "month" or "months" => "month",
            "q" or "quarter" or "quarters" => "quarter",
            "y" or "year" or "years" => "year",
            _ => null,
        },
    };

    /// <summary>Whether what a format reads has a year: a year's letter, a count of seconds, or a language's usual form outside of brackets.</summary>
    public static bool HasYear(string format)
    {
        var bracketed = false;
        // The usual time of day, LT, has none.
        foreach (var letter in format.Replace("LT", "", StringComparison.Ordinal))
        {
            if (letter is '[' or ']')
                bracketed = letter == '[';
            else if (!bracketed && "YygGxXLl".Contains(letter))
                return true;
        }
        return false;
    }
}
