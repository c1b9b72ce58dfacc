using System.Text.Json.Serialization;

namespace PyBase.Core.Notifications;

/// <summary>What notifications are about.</summary>
public static class NotificationKind
{
    /// <summary>Somebody named you in a comment.</summary>
    public const string Mention = "mention";
    /// <summary>Somebody put you into a cell.</summary>
    public const string Assignment = "assignment";
    /// <summary>What you asked for has come to its end.</summary>
    public const string Job = "job";
    /// <summary>An automation tells you something.</summary>
    public const string Automation = "automation";
}

/// <summary>Something that somebody is told.</summary>
public sealed record Notification
{
    /// <summary><c>ntf…</c></summary>
    public required string Id { get; init; }
    /// <summary>One of <see cref="NotificationKind"/>.</summary>
    public required string Kind { get; init; }
    /// <summary>Where it happened.</summary>
    public required NotificationPlace Base { get; init; }
    /// <summary>The table, of a mention or an assignment.</summary>
    public NotificationPlace? Table { get; init; }
    /// <summary>The record; null for an assignment of several at once.</summary>
    public string? Record { get; init; }
    /// <summary>The field that was assigned.</summary>
    public string? Field { get; init; }
    /// <summary>The comment that mentions.</summary>
    public string? Comment { get; init; }
    /// <summary>The job, and the state that it ended in.</summary>
    public NotificationJob? Job { get; init; }
    /// <summary>What an automation says.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Text { get; init; }
    /// <summary>How many records an assignment is about.</summary>
    public long Count { get; init; } = 1;
    /// <summary>Who did it; null for a job.</summary>
    public NotificationPlace? Actor { get; init; }
    /// <summary>When it happened.</summary>
    public DateTimeOffset CreatedTime { get; init; }
    /// <summary>When it was read.</summary>
    public DateTimeOffset? ReadTime { get; init; }

    /// <summary>Whom it is for.</summary>
    [JsonIgnore]
    public string UserId { get; init; } = "";
}

/// <summary>Something with a name: a base, a table, a person.</summary>
public sealed record NotificationPlace(string Id, string Name);

/// <summary>A job that ended.</summary>
public sealed record NotificationJob(string Id, string Kind, string State);
