using System.Text.Json;
using System.Text.Json.Serialization;

namespace PyBase.Core.Jobs;

/// <summary>States of a job, as the contract spells them.</summary>
public static class JobState
{
    /// <summary>Waits for a worker.</summary>
    public const string Queued = "queued";
    /// <summary>A worker has it.</summary>
    public const string Running = "running";
    /// <summary>A person decides on the preview.</summary>
    public const string Waiting = "waiting";
    /// <summary>Done.</summary>
    public const string Succeeded = "succeeded";
    /// <summary>The input's fault: trying again would not help.</summary>
    public const string Failed = "failed";
    /// <summary>Somebody stopped it; what it had written is undone.</summary>
    public const string Cancelled = "cancelled";
    /// <summary>Every retry used up; somebody has to look.</summary>
    public const string Parked = "parked";
}

/// <summary>What jobs do.</summary>
public static class JobKind
{
    /// <summary>Reads a drawing into tables.</summary>
    public const string Extraction = "extraction";
    /// <summary>Reads a file of rows into a table.</summary>
    public const string Import = "import";
    /// <summary>Copies a base from elsewhere through its API.</summary>
    public const string AirtableImport = "airtable-import";
    /// <summary>Writes a table into a file.</summary>
    public const string Export = "export";
    /// <summary>Says what changed between two files, or between a table and a file.</summary>
    public const string Comparison = "comparison";
    /// <summary>Adds up a parts list and checks it.</summary>
    public const string PartsList = "parts-list";
    /// <summary>Writes a base into a file.</summary>
    public const string Snapshot = "snapshot";
    /// <summary>Puts a base back to such a file.</summary>
    public const string SnapshotRestore = "snapshot-restore";
    /// <summary>Sends a mail.</summary>
    public const string Email = "email";
    /// <summary>Does what an automation says.</summary>
    public const string Automation = "automation";
    /// <summary>Rings at a webhook's address.</summary>
    public const string Ping = "ping";
    /// <summary>Stands for the jobs of several files.</summary>
    public const string Bulk = "bulk";
}

/// <summary>A job as clients see it: the contract's shape, property for property.</summary>
public sealed record Job
{
    /// <summary><c>job…</c></summary>
    public required string Id { get; init; }
    /// <summary>The base it works for; empty for the installation's own, which people do not come to by base.</summary>
    public required string Base { get; init; }
    /// <summary>One of <see cref="JobKind"/>.</summary>
    public required string Kind { get; init; }
    /// <summary>The queue that its worker takes it from.</summary>
    public required string Queue { get; init; }
    /// <summary>One of <see cref="JobState"/>.</summary>
    public required string State { get; init; }
    /// <summary>How far it is.</summary>
    public required JobProgress Progress { get; init; }
    /// <summary>How often a worker has taken it.</summary>
    public int Attempts { get; init; }
    /// <summary>The file it reads.</summary>
    public JobFile? File { get; init; }
    /// <summary>Of a comparison: the file that it compares the other with.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JobFile? OtherFile { get; init; }
    /// <summary>When it was asked for.</summary>
    public DateTimeOffset CreatedTime { get; init; }
    /// <summary>When a worker first took it.</summary>
    public DateTimeOffset? StartedTime { get; init; }
    /// <summary>When it came to its end.</summary>
    public DateTimeOffset? FinishedTime { get; init; }
    /// <summary>What was odd about the input.</summary>
    public IReadOnlyList<JobFinding> Findings { get; init; } = [];
    /// <summary>Why it failed.</summary>
    public JobError? Error { get; init; }
    /// <summary>What it made.</summary>
    public JobResult? Result { get; init; }
    /// <summary>W3C trace id of the request that asked for it.</summary>
    public string? TraceId { get; init; }
    /// <summary>Process that has it or had it last: <c>machine:process id</c>.</summary>
    public string? Worker { get; init; }
    /// <summary>The jobs of a bulk job.</summary>
    public IReadOnlyList<Job>? Children { get; init; }
}

/// <summary>How far a job is; what is counted depends on the step (bytes while reading, rows while writing).</summary>
public sealed record JobProgress(long Done, long Total, string? Step);

/// <summary>An uploaded file.</summary>
public sealed record JobFile(string Id, string Name, long Size, string Sha256);

/// <summary>Something odd about the input.</summary>
public sealed record JobFinding(string Code, string Severity, string Message, string? Locator, int Count);

/// <summary>Why a job failed.</summary>
public sealed record JobError(string Code, string Message, string? Hint);

/// <summary>What a job made.</summary>
public sealed record JobResult(IReadOnlyList<JobTable> Tables)
{
    /// <summary>The file of an export; fetched under <c>/api/jobs/{job}/file</c> until it expires.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JobExport? File { get; init; }
}

/// <summary>A file that a job made.</summary>
public sealed record JobExport(string Id, string Name, long Size, long Rows, DateTimeOffset ExpiresTime);

/// <summary>A table that a job made or extended; <paramref name="Role"/> says what it holds (<c>parts</c>, <c>assembly</c>).</summary>
public sealed record JobTable(string Id, string Name, string Role, long Created, long Updated);

/// <summary>JSON of jobs, findings and signals: camelCase, absent members left in as null, times in ISO 8601 with ms and Z.</summary>
public static class JobJson
{
    /// <summary>Settings that Api, Realtime and Storage share.</summary>
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Converters = { new IsoTime() } };
}
