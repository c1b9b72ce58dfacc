using PyBase.Core.Scaling;

namespace PyBase.Core.Operations;

/// <summary>Everything that advice is made of.</summary>
public sealed record InstallationFacts
{
    /// <summary>The moment of it.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>Samples of the last hour, oldest first.</summary>
    public IReadOnlyList<ProcessSample> Samples { get; init; } = [];

    /// <summary>The queues now.</summary>
    public IReadOnlyDictionary<string, QueueSample> Queues { get; init; } = new Dictionary<string, QueueSample>();

    /// <summary>PostgreSQL now; null when it did not say.</summary>
    public DatabaseFacts? Database { get; init; }

    /// <summary>Redis now; null when it did not say.</summary>
    public RedisFacts? Redis { get; init; }

    /// <summary>The usual 95th percentile of this hour of the day, in milliseconds: the median of the last seven days; null on the first of them.</summary>
    public double? UsualP95 { get; init; }

    /// <summary>Jobs that run, with their files' sizes.</summary>
    public IReadOnlyList<RunningJob> Jobs { get; init; } = [];

    /// <summary>Samples no older than that.</summary>
    public IEnumerable<ProcessSample> Since(TimeSpan span) => Samples.Where(s => s.Time > Now - span);

    /// <summary>The newest sample of each process that still lives.</summary>
    public IEnumerable<ProcessSample> Latest => Since(TimeSpan.FromMinutes(1)).GroupBy(s => s.Process).Select(g => g.MaxBy(s => s.Time)!);
}

/// <summary>A job in a worker's hands.</summary>
public sealed record RunningJob(string Id, string Kind, string Queue, string Process, long FileBytes, double Seconds);

/// <summary>Redis as it says of itself.</summary>
public sealed record RedisFacts
{
    /// <summary>Bytes in use.</summary>
    public long Memory { get; init; }

    /// <summary>Bytes allowed; 0 for no limit.</summary>
    public long MaxMemory { get; init; }

    /// <summary>Keys.</summary>
    public long Keys { get; init; }

    /// <summary>Keys that go by themselves.</summary>
    public long Expiring { get; init; }

    /// <summary>Keys thrown away for want of memory, so far.</summary>
    public long Evicted { get; init; }

    /// <summary>What happens when it is full.</summary>
    public string Policy { get; init; } = "";

    /// <summary>Connections.</summary>
    public int Clients { get; init; }

    /// <summary>The most of them.</summary>
    public int MaxClients { get; init; }
}

/// <summary>Something to do, or worth knowing.</summary>
/// <param name="Code">Stable.</param>
/// <param name="Severity"><c>critical</c>, <c>warning</c> or <c>info</c>.</param>
/// <param name="Part">Process, queue or server.</param>
/// <param name="Cause">Why, as far as the numbers tell.</param>
/// <param name="Measured">The numbers.</param>
/// <param name="Action">What to do.</param>
public sealed record OperationsAdvice(string Code, string Severity, string Part, string Cause, string Measured, string Action);
