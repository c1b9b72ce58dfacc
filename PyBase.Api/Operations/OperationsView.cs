using PyBase.Core.Operations;
using PyBase.Core.Scaling;
using PyBase.Storage.Scaling;

namespace PyBase.Api.Operations;

/// <summary>How the installation is, for whoever runs it.</summary>
sealed record OperationsView(
    DateTimeOffset Time, IReadOnlyList<OperationsPart> Parts, IReadOnlyList<OperationsQueue> Queues, int Workers, OperationsLatency Requests, IReadOnlyList<OperationsAdvice> Advice, IReadOnlyList<StoredDecision> Decisions);

/// <summary>A process or a server.</summary>
sealed record OperationsPart(string Name, string Kind, string State, DateTimeOffset? Since, string Detail);

/// <summary>A queue and those who work on it.</summary>
sealed record OperationsQueue(string Name, long Ready, int Running, double OldestSeconds, int Consumers, int Concurrency, double ArrivalsPerSecond, double ServedPerSecond);

/// <summary>Answers of the last five minutes, in milliseconds, and what is usual at this hour.</summary>
sealed record OperationsLatency(long Count, long Errors, double? P50, double? P95, double? P99, double? UsualP95);

/// <summary>Makes the view of the facts.</summary>
static class OperationsViews
{
    static readonly TimeSpan Silent = TimeSpan.FromMinutes(1);

    public static OperationsView Of(InstallationFacts facts, IReadOnlyList<StoredDecision> decisions)
    {
        var latest = facts.Latest.ToList();
        var recent = facts.Since(TimeSpan.FromMinutes(5)).ToList();
        var answers = Latencies.Sum(recent.Select(s => s.Requests));
        return new(facts.Now, [.. Processes(facts), .. Servers(facts)],
            [.. facts.Queues.Select(q => new OperationsQueue(q.Key, q.Value.Depth, q.Value.Running, Math.Round(q.Value.OldestSeconds, 1), latest.Count(s => s.Queues.ContainsKey(q.Key)),
                latest.Sum(s => s.Queues.GetValueOrDefault(q.Key)), Math.Round(q.Value.ArrivalsPerSecond, 3), Math.Round(q.Value.ServedPerSecond, 3)))],
            latest.Count(s => s.Queues.Count > 0), new(answers.Count, recent.Sum(s => s.Errors), answers.Quantile(0.5), answers.Quantile(0.95), answers.Quantile(0.99), facts.UsualP95),
            Diagnosis.Of(facts), decisions);
    }

    static IEnumerable<OperationsPart> Processes(InstallationFacts facts) => facts.Samples.GroupBy(s => s.Process).Select(g => g.MaxBy(s => s.Time)!).OrderBy(s => s.Process, StringComparer.Ordinal).Select(s =>
        new OperationsPart(s.Process, s.Role, facts.Now - s.Time > Silent ? "silent" : "running", s.Started, FormattableString.Invariant(
            $"CPU {s.Cpu:P0}, memory {s.Memory >> 20} of {s.MemoryLimit >> 20} MiB, {s.Sockets.Open} live connections, {s.Pool.Busy} of {s.Pool.Most} database connections busy")));

    static IEnumerable<OperationsPart> Servers(InstallationFacts facts)
    {
        yield return facts.Database is { } database
            ? new("postgres", "database", "running", null, FormattableString.Invariant($"{database.Open} of {database.MaxConnections} connections, {database.Size >> 20} MiB, {database.WaitingForLocks} wait for locks{(database.ReplicaLag is { } lag ? FormattableString.Invariant($", standby {lag:0.0} s behind") : "")}"))
            : new("postgres", "database", "silent", null, "");
        yield return facts.Redis is { } redis
            ? new("redis", "cache", "running", null, FormattableString.Invariant($"{redis.Memory >> 20} MiB{(redis.MaxMemory > 0 ? FormattableString.Invariant($" of {redis.MaxMemory >> 20}") : "")}, {redis.Keys} keys, {redis.Evicted} thrown away, {redis.Clients} connections"))
            : new("redis", "cache", "silent", null, "It does not answer; everything works, slower.");
    }
}

/// <summary>What the planner is asked.</summary>
sealed record PlanQuestion(int Users, double? EditsPerSecond = null, long Rows = 0, int FilesPerDay = 0, bool Reserved = false, bool SpotWorkers = false, bool Arm = false);

/// <summary>How many jobs of a queue each worker does at once; null for what it was started with.</summary>
sealed record QueueConcurrency(int? Concurrency);
