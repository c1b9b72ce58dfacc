using PyBase.Core.Errors;
using static PyBase.Core.Formulas.ValueKind;

namespace PyBase.Core.Formulas.Functions;

/// <summary>
/// Days and moments. A blank date gives a blank result, a text is read as a date, a result outside the years 1 to 9999 is an error. Moments are seen in UTC
/// unless SET_TIMEZONE stands directly around them.
/// </summary>
public static class Dates
{
    static readonly Parameter Of = new("date", Wanted.Instant);
    static readonly Parameter Other = new("other", Wanted.Instant);
    static readonly Parameter Unit = new("unit", Wanted.Text);
    static readonly Parameter OptionalUnit = Unit with { IsOptional = true };
    static readonly Parameter FirstDay = new("first day", Wanted.LiteralText, true);
    static readonly Parameter Holidays = new("holidays", Wanted.Any, true);

    static readonly Function Today = new("TODAY", Date, "The day it is, in UTC.") { Clock = FormulaClock.Today, IsBare = true };

    /// <summary>The family.</summary>
    public static IReadOnlyList<Function> All { get; } =
    [
        new("CREATED_TIME", Instant, "When the record was created."),
        new("DATEADD", DateAdd, "The date so many units later: milliseconds, seconds, minutes, hours, days, weeks, months, quarters or years.", Of, new("count", Wanted.Number), Unit) { CanFail = true },
        new("DATEDIF", i => Difference(i, 1, 0), "Whole units from the first to the second: Y, M, D, or any unit of DATEADD.", Of, Other, OptionalUnit),
        new("DATEDIFF", i => Difference(i, 0, 1), "The same as DATETIME_DIFF.", Of, Other, OptionalUnit),
        new("DATESTR", i => Written(i, "YYYY-MM-DD"), "The day as YYYY-MM-DD.", Of),
        new("DATETIME_DIFF", i => Difference(i, 0, 1), "Whole units from the second to the first; seconds when no unit is given.", Of, Other, OptionalUnit),
        new("DATETIME_FORMAT", i => Written(i, null), "The date as text, by the letters of moment.js: \"D MMMM YYYY\".", Of, new("format", Wanted.Text, true)),
        new("DATETIME_PARSE", Parse, "The date that a text shows, by the letters of moment.js; without a format ISO, 12/31/2024, 31.12.2024 or Dec 31, 2024.",
            new("text", Wanted.Text), new("format", Wanted.Text, true), new("locale", Wanted.Text, true)) { CanFail = true },
        new("DAY", Part, "The day of the month, 1 to 31.", Of),
        new("EOMONTH", MonthEnd, "The last day of the month so many months later.", Of, new("months", Wanted.Number)) { CanFail = true },
        new("FROMNOW", Text, "How long it is from now, in words: \"3 days\".", Of) { Clock = FormulaClock.Now },
        new("HOUR", Part, "The hour, 0 to 23.", Of),
        new("IS_AFTER", ValueKind.Boolean, "Whether it is later than the other; a blank date is not.", Of, Other),
        new("IS_BEFORE", ValueKind.Boolean, "Whether it is earlier than the other; a blank date is not.", Of, Other),
        new("IS_SAME", IsSame, "Whether both are in the same unit, or the same moment; weeks start on Sunday.", Of, Other, OptionalUnit),
        new("LAST_MODIFIED_TIME", LastModified, "When somebody last changed the record, or one of the given fields.", new Parameter("field", Wanted.Any, true, true)),
        new("MINUTE", Part, "The minute, 0 to 59.", Of),
        new("MONTH", Part, "The month, 1 to 12.", Of),
        new("NOW", Instant, "The moment it is.") { Clock = FormulaClock.Now, IsBare = true },
        new("SECOND", Part, "The second, 0 to 59.", Of),
        new("SET_LOCALE", Instant, "The same date; a function directly around it uses the names of this language.", Of, new("locale", Wanted.Text)),
        new("SET_TIMEZONE", SetTimeZone, "The same moment; a function directly around it sees the clock of this zone, such as \"Europe/Zurich\"; one of two dates lends it to the other.", Of, new("zone", Wanted.Text)),
        new("TIMESTR", i => Written(i, "HH:mm:ss"), "The time of day as HH:mm:ss.", Of),
        Today,
        new("TONOW", Text, "The same as FROMNOW.", Of) { Clock = FormulaClock.Now },
        new("WEEKDAY", Week, "The day of the week, 0 for Sunday, or for Monday when that is given as the first.", Of, FirstDay),
        new("WEEKNUM", Week, "The week of the year; week 1 is the one with January 1, and starts on Sunday unless \"Monday\" is given.", Of, FirstDay),
        new("WORKDAY", Workday, "The date so many working days later; holidays are days as \"2024-12-25, 2024-12-26\" or a list of dates.", Of, new("days", Wanted.Number), Holidays) { CanFail = true },
        new("WORKDAY_DIFF", WorkdayDifference, "How many working days lie between two dates, both included.", Of, Other, Holidays),
        new("YEAR", Part, "The year.", Of),
    ];

    static Result<Expression> LastModified(Invocation call)
    {
        var fields = call.Arguments.Select(a => (a as FieldValue)?.Field).ToArray();
        return fields.All(f => f is { Type.IsComputed: false })
            ? call.Give(new(Instant), [], settled: fields.Select(f => f!.Id).ToArray())
            : call.Refuse("LAST_MODIFIED_TIME takes fields whose cells people write");
    }

    static Result<Expression> DateAdd(Invocation call)
    {
        if (!UnitOf(call, 2).TryGet(out var unit, out var error))
            return error;
        // A day moved by days is a day.
        var keeps = call.Arguments[0].Type == new FormulaType(Date) && unit is Constant { Value: "day" or "week" or "month" or "quarter" or "year" };
        return call.As(0, new FormulaType(keeps ? Date : Instant)).Then(date => call.As(1, Wanted.Number).Then<Expression>(count => call.Give(date.Type, [date, count, unit])));
    }

    static Result<Expression> Difference(Invocation call, int from, int to)
    {
        return !UnitOf(call, 2).TryGet(out var unit, out var error) ? error
            : call.As(from, Wanted.Instant).Then(a => call.As(to, Wanted.Instant).Then<Expression>(b => call.Give(new(Number), [a, b, unit], IsSettled(unit) ? a.CanFail || b.CanFail : true)));
    }

    static Result<Expression> IsSame(Invocation call) => call.Arguments.Count < 3
        ? call.As(0, Wanted.Instant).Then(a => call.As(1, Wanted.Instant).Then<Expression>(b => call.Give(new(ValueKind.Boolean), [a, b])))
        : Both(call).Then(seen => UnitOf(call, 2).Then<Expression>(unit =>
            call.Give(new(ValueKind.Boolean), [seen.Date, seen.Other, unit, seen.Zone], IsSettled(unit) && IsSettled(seen.Zone) ? seen.Date.CanFail || seen.Other.CanFail : true)));

    /// <summary>A unit in its one spelling when it stands in the formula, else the text as it comes.</summary>
    static Result<Expression> UnitOf(Invocation call, int argument)
    {
        if (argument >= call.Arguments.Count)
            return Literal(call, "second");
        if (call.Literal(argument) is not { } written)
            return call.As(argument, Wanted.Text);
        // In a spreadsheet, from where DATEDIF comes, m is a month too.
        return (call.Function.Name == "DATEDIF" && written == "m" ? "month" : DateUnits.Find(written)) is { } unit ? Literal(call, unit) : call.Refuse($"{written.Excerpt()} is not a unit of time: use milliseconds, seconds, minutes, hours, days, weeks, months, quarters or years");
    }

    static bool IsSettled(Expression unit) => unit is Constant;

    /// <summary>Two dates and the one clock that both are seen by: that of the first which SET_TIMEZONE gives one.</summary>
    static Result<(Expression Date, Expression Other, Expression Zone)> Both(Invocation call) => Seen(call).Then(first => Seen(call, 1).Then<(Expression, Expression, Expression)>(second =>
        (first.Date, second.Date, IsUtc(first.Zone) ? second.Zone : first.Zone)));

    /// <summary>The date, its zone and its language: what SET_TIMEZONE and SET_LOCALE directly around it say, else UTC and English.</summary>
    static Result<(Expression Date, Expression Zone, Expression Locale)> Seen(Invocation call, int argument = 0)
    {
        var (date, zone, locale) = (call.Arguments[argument], (Expression)Literal(call, "UTC"), (Expression)Literal(call, "en"));
        var (hasZone, hasLocale) = (false, false);
        while (date is Call { Function.Name: "SET_TIMEZONE" or "SET_LOCALE" } set)
        {
            // The one nearest to the function that looks counts.
            if (set.Function.Name == "SET_TIMEZONE" && !hasZone)
                (zone, hasZone) = (set.Arguments[1], true);
            else if (set.Function.Name == "SET_LOCALE" && !hasLocale)
                (locale, hasLocale) = (set.Arguments[1], true);
            date = set.Arguments[0];
        }
        return call.As(date, new(Instant)).Then<(Expression, Expression, Expression)>(moment => (moment, zone, locale));
    }

    static bool IsUtc(Expression zone) => zone is Constant { Value: "UTC" };

    static Result<Expression> Part(Invocation call) =>
        Seen(call).Then<Expression>(seen => call.Give(new(Number), [seen.Date, seen.Zone], IsUtc(seen.Zone) ? seen.Date.CanFail : true));

    static Result<Expression> Week(Invocation call)
    {
        var first = call.Arguments.Count < 2 ? "sunday" : call.Literal(1)?.ToLowerInvariant();
        return first is not ("sunday" or "monday") ? call.Refuse("the first day of a week is \"Sunday\" or \"Monday\"")
            : Seen(call).Then<Expression>(seen => call.Give(new(Number), [seen.Date, seen.Zone], IsUtc(seen.Zone) ? seen.Date.CanFail : true, settled: first == "monday" ? 1 : 0));
    }

    static Result<Expression> Written(Invocation call, string? format)
    {
        // A day is shown as a day, a moment as ISO, when nobody says how.
        format ??= call.Arguments.Count > 1 ? null : call.Arguments[0].Type.Kind is Date ? "YYYY-MM-DD" : "YYYY-MM-DDTHH:mm:ss.SSSZ";
        if (call.Literal(1) is { Length: > DateUnits.LongestFormat })
            return call.Refuse($"a format is at most {DateUnits.LongestFormat} characters long");
        return Seen(call).Then(seen => (format is null ? call.As(1, Wanted.Text) : (Result<Expression>)Literal(call, format)).Then<Expression>(letters =>
            call.Give(new(Text), [seen.Date, letters, seen.Zone, seen.Locale], IsUtc(seen.Zone) && letters is Constant ? seen.Date.CanFail : true)));
    }

    static Result<Expression> SetTimeZone(Invocation call)
    {
        if (call.Literal(1) is { } zone && !(TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) && found.HasIanaId))
            return call.Refuse($"{zone.Excerpt()} is not a zone of the IANA time zone database, such as Europe/Zurich");
        return call.Convert().Then<Expression>(arguments => call.Give(new(Instant), arguments, arguments[0].CanFail || arguments[1].CanFail || arguments[1] is not Constant));
    }

    static Result<Expression> Parse(Invocation call)
    {
        if (!call.Convert().TryGet(out var given, out var error))
            return error;
        if (call.Literal(1) is { Length: > DateUnits.LongestFormat })
            return call.Refuse($"a format is at most {DateUnits.LongestFormat} characters long");
        Expression format = given.Count > 1 ? given[1] : Blank(call, Text);
        Expression locale = given.Count > 2 ? given[2] : Literal(call, "en");
        // Without a year in the format, the year is the one we have.
        var needsToday = given.Count > 1 && !(call.Literal(1) is { } written && DateUnits.HasYear(written));
        var today = needsToday ? call.As(new Call(Today, [], false, null) { Type = new(Date), Position = call.Position }, new(Instant)) : (Result<Expression>)Blank(call, Instant);
        return today.Then<Expression>(day => call.Give(new(Instant), [given[0], format, locale, day]));
    }

    static Result<Expression> MonthEnd(Invocation call) =>
        Seen(call).Then(seen => call.As(1, Wanted.Number).Then<Expression>(months => call.Give(new(Date), [seen.Date, months, seen.Zone])));

    static Result<Expression> Workday(Invocation call)
    {
        if (call.Arguments[0].Type == new FormulaType(Date))
            return call.As(0, new FormulaType(Date)).Then(date => call.As(1, Wanted.Number).Then(days => Free(call).Then<Expression>(free => call.Give(new(Date), [date, days, free, Literal(call, "UTC")]))));
        return Seen(call).Then(seen => call.As(1, Wanted.Number).Then(days => Free(call).Then<Expression>(free => call.Give(new(Instant), [seen.Date, days, free, seen.Zone]))));
    }

    static Result<Expression> WorkdayDifference(Invocation call) =>
        Both(call).Then(seen => Free(call).Then<Expression>(free => call.Give(new(Number), [seen.Date, seen.Other, free, seen.Zone],
            call.Arguments.Count < 3 && IsUtc(seen.Zone) ? seen.Date.CanFail || seen.Other.CanFail : true)));

    /// <summary>The holidays as a list of dates or as text.</summary>
    static Result<Expression> Free(Invocation call) =>
        call.Arguments.Count < 3 ? (Result<Expression>)Literal(call, "")
        : call.As(2, call.Arguments[2].Type is { IsList: true, Kind: Date or Instant } ? new FormulaType(Date, IsList: true) : new FormulaType(Text));

    static Constant Literal(Invocation call, string text) => new() { Type = new(Text), Value = text, Position = call.Position };

    static Constant Blank(Invocation call, ValueKind kind) => new() { Type = new(kind), Value = null, Position = call.Position };
}
