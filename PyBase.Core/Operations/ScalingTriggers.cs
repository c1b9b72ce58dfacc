using PyBase.Core.Scaling;
using static System.FormattableString;

namespace PyBase.Core.Operations;

/// <summary>The scaling guide's triggers, up and down, on what was measured.</summary>
public static class ScalingTriggers
{
    /// <summary>Below it, twice the usual is still quick: a quiet system would cry at every first request after a pause.</summary>
    public const double LeastP95 = 200;

    const long LeastRequests = 20;
    static readonly TimeSpan High = TimeSpan.FromMinutes(5), Low = TimeSpan.FromMinutes(15), Excess = TimeSpan.FromHours(1);

    /// <summary>Those that are met.</summary>
    public static IEnumerable<OperationsAdvice> Of(InstallationFacts facts)
    {
        foreach (var role in facts.Samples.GroupBy(s => s.Role))
        {
            var mine = role.ToList();
            var (cpu, memory) = (Held(mine, facts.Now, High, s => s.Cpu), Held(mine, facts.Now, High, s => s.MemoryShare));
            if (cpu?.Min > 0.7)
                yield return new("cpu-high", "warning", role.Key, "The processors have been busy for five minutes.", Invariant($"CPU {cpu.Value.Min:P0} or more"), $"Add {role.Key} processes, or cores.");
            if (memory?.Min > 0.8)
                yield return new("memory-high", "warning", role.Key, "Memory has been short for five minutes.", Invariant($"memory {memory.Value.Min:P0} of the limit or more"), $"Add {role.Key} processes, or memory; see what else is said about memory.");
            var count = mine.Where(s => s.Time > facts.Now - TimeSpan.FromMinutes(1)).Select(s => s.Process).Distinct().Count();
            if (count < 2)
                continue;
            var (quiet, empty) = (Held(mine, facts.Now, Low, s => s.Cpu), Held(mine, facts.Now, Low, s => s.MemoryShare));
            if (quiet?.Max < 0.3)
                yield return new("cpu-low", "info", role.Key, "The processors have had little to do for 15 minutes.", Invariant($"CPU {quiet.Value.Max:P0} or less"), $"One {role.Key} process fewer would do.");
            if (empty?.Max < 0.4)
                yield return new("memory-low", "info", role.Key, "Memory has been free for 15 minutes.", Invariant($"memory {empty.Value.Max:P0} of the limit or less"), $"Smaller machines for {role.Key} would do.");
            // What is left must carry the same: of n processes at the busiest minute of the hour, n - 1 stay below half.
            if (Held(mine, facts.Now, Excess, s => s.Cpu)?.Max * count / (count - 1) < 0.5)
                yield return new("excess-capacity", "info", role.Key, "There has been more than needed for an hour.", $"{count} processes", $"Take one {role.Key} process away.");
        }
        foreach (var advice in OfRequests(facts).Concat(OfQueues(facts)))
            yield return advice;
    }

    static IEnumerable<OperationsAdvice> OfRequests(InstallationFacts facts)
    {
        var recent = facts.Since(High).ToList();
        var requests = Latencies.Sum(recent.Select(s => s.Requests));
        if (requests.Count < LeastRequests)
            yield break;
        var p95 = requests.Quantile(0.95)!.Value;
        if (facts.UsualP95 is { } usual && p95 > Math.Max(2 * usual, LeastP95))
            yield return new("latency-high", "warning", "api", "Answers take more than twice as long as usual at this hour.", Invariant($"p95 {p95:0} ms, usually {usual:0} ms"), "Add api processes if their processors are busy; else see what is said about slow answers.");
        var failed = (double)recent.Sum(s => s.Errors) / requests.Count;
        if (failed > 0.05)
            yield return new("errors-high", "critical", "api", "More than one request in twenty fails.", Invariant($"{failed:P1} of {requests.Count} requests"), "Look into the log for the first errors by their trace ids; add api processes if they are of time limits.");
    }

    static IEnumerable<OperationsAdvice> OfQueues(InstallationFacts facts)
    {
        var rule = new ScalingRule();
        foreach (var (queue, sample) in facts.Queues)
        {
            var workers = facts.Latest.Where(s => s.Queues.ContainsKey(queue)).ToList();
            if (workers.Count == 0 && sample.Depth > 0)
                yield return new("queue-without-workers", "critical", queue, "No worker process takes this queue.", $"{sample.Depth} jobs wait", $"Start a worker with --queues {queue}.");
            else if (sample.Depth > rule.UpAbove)
                yield return new("queue-deep", "warning", queue, sample.FailedPerSecond > sample.ServedPerSecond ? "Jobs fail rather than wait." : "More jobs come than the workers do.",
                    Invariant($"{sample.Depth} jobs wait, the oldest for {sample.OldestSeconds:0} s; {sample.ArrivalsPerSecond:0.##} come a second, {sample.ServedPerSecond:0.##} are done"),
                    sample.FailedPerSecond > sample.ServedPerSecond ? "Look at why they fail: more workers would fail more of them." : "Add two workers; the autoscaler does where it may.");
            else if (sample.Depth < rule.DownBelow && workers.Count > 1 && sample.Running < workers.Sum(s => s.Queues[queue]) / 4)
                yield return new("queue-shallow", "info", queue, "Few jobs wait, and few are done.", $"{sample.Depth} wait, {sample.Running} run, {workers.Count} processes", "One worker fewer would do.");
        }
    }

    /// <summary>The least and the most of it over all of the span, of the average over processes; null when samples do not cover the span.</summary>
    static (double Min, double Max)? Held(List<ProcessSample> samples, DateTimeOffset now, TimeSpan span, Func<ProcessSample, double> of)
    {
        // Half a minute of a gap is a slow disk; more is a process that was not there.
        if (samples.Min(s => s.Time) > now - span + TimeSpan.FromSeconds(30) || samples.Max(s => s.Time) < now - TimeSpan.FromMinutes(1))
            return null;
        var minutes = samples.Where(s => s.Time > now - span).GroupBy(s => (long)(now - s.Time).TotalMinutes).Select(minute => minute.Average(of)).ToList();
        return minutes.Count < span.TotalMinutes - 1 ? null : (minutes.Min(), minutes.Max());
    }
}
