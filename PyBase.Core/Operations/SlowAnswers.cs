using PyBase.Core.Scaling;
using static System.FormattableString;

namespace PyBase.Core.Operations;

/// <summary>Requests take long.</summary>
static class SlowAnswers
{
    /// <summary>Milliseconds at the 95th percentile from which people notice.</summary>
    const double Slow = 1_000;
    const long LeastRequests = 20;

    public static IEnumerable<OperationsAdvice> Of(InstallationFacts facts)
    {
        var recent = facts.Since(TimeSpan.FromMinutes(5)).ToList();
        var requests = Latencies.Sum(recent.Select(s => s.Requests));
        if (requests.Count < LeastRequests || requests.Quantile(0.95) is not { } p95 || p95 < Slow)
            yield break;
        var measured = Invariant($"p95 {p95:0} ms of {requests.Count} requests in 5 minutes");
        var database = facts.Database;
        if (recent.Any(s => s.Pool.Timeouts > 0 || s.Pool.Waiting > 0))
            yield return new("slow-pool", "critical", "api", "Requests wait for a connection to the database before they begin.", $"{measured}; {recent.Max(s => s.Pool.Waiting)} waited at once", "See what is said about connections.");
        else if (database?.WaitingForLocks > 0)
            yield return new("slow-locks", "critical", "postgres", "Statements wait for locks of others.", $"{measured}; {database.WaitingForLocks} wait{Longest(database.LongTransactions)}", "See who holds the lock for so long; a change of a large table's definition is best made when it is quiet.");
        else if (database?.SlowStatements is [_, ..] slow)
            yield return new("slow-statements", "critical", "postgres", "Statements of the database take long.", $"{measured}; {slow.Count} run for more than a second now{Longest(slow)}", "\"Why is this slow\" of the view shows the plan and the index that is missing; a heavy report is for a replica.");
        else if (recent.GroupBy(s => s.Process).Any(p => p.Average(s => s.Cpu) > 0.7))
            yield return new("slow-cpu", "critical", "api", "The processors are busy.", Invariant($"{measured}; CPU {recent.GroupBy(s => s.Process).Max(p => p.Average(s => s.Cpu)):P0}"), "Add api processes, or cores.");
        else if (facts.Queues.Where(q => q.Value.Depth > new ScalingRule().UpAbove).OrderByDescending(q => q.Value.Depth).ToList() is [var deep, ..])
            yield return new("slow-queues", "warning", deep.Key, "Work in the background takes what requests need.", $"{measured}; {deep.Value.Depth} jobs wait in {deep.Key}", "Put workers on machines of their own.");
        else if (database?.CacheHits < 0.9)
            yield return new("slow-disk", "warning", "postgres", "The database reads from disk what does not fit its memory.", Invariant($"{measured}; {database.CacheHits:P0} found in memory"), "Give PostgreSQL more memory (shared_buffers a quarter of it).");
        else
            yield return new("slow-unknown", "warning", "api", "Neither the database, nor its connections, nor the processors explain it.", measured, "Look at the slowest requests' traces by their trace ids.");
    }

    static string Longest(IReadOnlyList<SessionFacts> sessions) =>
        sessions is [var first, ..] ? Invariant($"; the longest, session {first.Id} of {first.Application}, for {first.Seconds:0} s: {first.Statement}") : "";
}
