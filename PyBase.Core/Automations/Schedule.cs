using Cronos;
using PyBase.Core.Errors;

namespace PyBase.Core.Automations;

/// <summary>Moments that a cron expression of five fields names, on the clock of a time zone: an hour that is skipped in spring is made up for, one that comes twice counts once.</summary>
public sealed class Schedule
{
    readonly CronExpression expression;
    readonly TimeZoneInfo zone;

    Schedule(CronExpression expression, TimeZoneInfo zone) => (this.expression, this.zone) = (expression, zone);

    /// <summary>From its texts.</summary>
    public static Result<Schedule> Read(string? cron, string? timeZone)
    {
        if (cron is not { Length: > 0 and <= 200 } || !CronExpression.TryParse(cron, out var expression))
            return AutomationErrors.Invalid("cron has five fields: minute, hour, day of the month, month, day of the week");
        return !TimeZoneInfo.TryFindSystemTimeZoneById(timeZone ?? "UTC", out var zone) ? AutomationErrors.Invalid($"there is no time zone \"{timeZone!.Excerpt()}\"") : new Schedule(expression, zone);
    }

    /// <summary>The first moment after this one; null when there is none.</summary>
    public DateTimeOffset? Next(DateTimeOffset after) => expression.GetNextOccurrence(after.UtcDateTime, zone) is { } next ? new DateTimeOffset(next, TimeSpan.Zero) : null;
}
