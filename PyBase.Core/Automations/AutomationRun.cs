using System.Text.Json;
using PyBase.Core.Jobs;

namespace PyBase.Core.Automations;

/// <summary>States of runs and of their steps.</summary>
public static class RunState
{
    /// <summary>Waits for a worker.</summary>
    public const string Queued = "queued";
    /// <summary>Somebody is at it.</summary>
    public const string Running = "running";
    /// <summary>Goes on at a later moment.</summary>
    public const string Waiting = "waiting";
    /// <summary>Done.</summary>
    public const string Succeeded = "succeeded";
    /// <summary>An action failed for good.</summary>
    public const string Failed = "failed";
    /// <summary>Never begun: too many within an hour, or automations that cause each other.</summary>
    public const string Refused = "refused";
}

/// <summary>One time that an automation was begun.</summary>
public sealed record AutomationRun
{
    /// <summary><c>run…</c></summary>
    public required string Id { get; init; }
    /// <summary>One of <see cref="RunState"/>.</summary>
    public required string State { get; init; }
    /// <summary>Nothing was kept or sent.</summary>
    public bool IsTest { get; init; }
    /// <summary>How many automations caused each other before this one.</summary>
    public int Depth { get; init; }
    /// <summary>How many were refused alike.</summary>
    public long Count { get; init; } = 1;
    /// <summary>The record that it is about.</summary>
    public string? Record { get; init; }
    /// <summary>Why it failed or was refused.</summary>
    public JobError? Error { get; init; }
    /// <summary>When it was begun.</summary>
    public DateTimeOffset CreatedTime { get; init; }
    /// <summary>When it came to its end.</summary>
    public DateTimeOffset? FinishedTime { get; init; }
    /// <summary>What began it; of one run alone.</summary>
    public JsonElement? Trigger { get; init; }
    /// <summary>What was done; of one run alone.</summary>
    public IReadOnlyList<RunStep>? Steps { get; init; }
}

/// <summary>One action of a run, with what went in and what came out; secrets are not in either.</summary>
/// <param name="Step">The action's id; within a loop <c>each[0]/id</c>.</param>
/// <param name="Kind">One of <see cref="ActionKind"/>.</param>
/// <param name="State">One of <see cref="RunState"/>.</param>
/// <param name="Input">What it was given, with templates put in.</param>
/// <param name="Output">What later actions find under its id.</param>
/// <param name="Error">Why it failed.</param>
/// <param name="DueTime">When a delay ends.</param>
/// <param name="StartedTime">When it began.</param>
/// <param name="FinishedTime">When it ended.</param>
public sealed record RunStep(
    string Step, string Kind, string State, JsonElement? Input, JsonElement? Output, JobError? Error, DateTimeOffset? DueTime, DateTimeOffset StartedTime, DateTimeOffset? FinishedTime);
