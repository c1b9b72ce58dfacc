namespace PyBase.Core.Notifications;

/// <summary>When somebody is mailed of what they were told.</summary>
public static class MailFrequency
{
    /// <summary>Not at all.</summary>
    public const string Never = "never";
    /// <summary>As it happens.</summary>
    public const string AtOnce = "atOnce";
    /// <summary>What is still unread at the full hour.</summary>
    public const string Hourly = "hourly";
    /// <summary>What is still unread once a day.</summary>
    public const string Daily = "daily";

    /// <summary>Every frequency there is.</summary>
    public static IReadOnlyList<string> All { get; } = [Never, AtOnce, Hourly, Daily];
}

/// <summary>How somebody wants to be told of one kind of thing.</summary>
/// <param name="Kind">One of <see cref="NotificationKind"/>.</param>
/// <param name="InApp">It stands in their list.</param>
/// <param name="Mail">One of <see cref="MailFrequency"/>.</param>
public sealed record NotificationPreference(string Kind, bool InApp, string Mail);

/// <summary>How somebody wants to be told.</summary>
public sealed record NotificationPreferences
{
    /// <summary>What holds for whoever never said anything: what other people want of them is mailed, what they asked for themselves is not.</summary>
    public static IReadOnlyList<NotificationPreference> Defaults { get; } =
    [
        new(NotificationKind.Mention, true, MailFrequency.AtOnce), new(NotificationKind.Assignment, true, MailFrequency.AtOnce),
        new(NotificationKind.Job, true, MailFrequency.Never), new(NotificationKind.Automation, true, MailFrequency.Never),
    ];

    /// <summary>When the daily mail leaves, if they never said.</summary>
    public const int DefaultHour = 8;

    /// <summary>Each kind once.</summary>
    public required IReadOnlyList<NotificationPreference> Kinds { get; init; }
    /// <summary>On whose clock days and hours are counted; null is UTC, until they say.</summary>
    public string? TimeZone { get; init; }
    /// <summary>The full hour at which the daily mail leaves.</summary>
    public int Hour { get; init; } = DefaultHour;
    /// <summary>Where mails go.</summary>
    public required string Email { get; init; }
    /// <summary>The address is known to be theirs; to another nothing is mailed.</summary>
    public bool Confirmed { get; init; }
}
