using static System.FormattableString;

namespace PyBase.Core.Operations;

/// <summary>A process or Redis comes near its limit of memory.</summary>
static class MemoryTrouble
{
    const double Much = 0.8;

    public static IEnumerable<OperationsAdvice> Of(InstallationFacts facts)
    {
        foreach (var process in facts.Latest.Where(s => s.MemoryShare > Much))
        {
            var measured = Invariant($"{process.Memory >> 20} of {process.MemoryLimit >> 20} MiB ({process.MemoryShare:P0}), {process.Heap >> 20} of them on the heap");
            var jobs = facts.Jobs.Where(job => job.Process.Length > 0 && process.Process.StartsWith(job.Process, StringComparison.Ordinal)).OrderByDescending(job => job.FileBytes).ToList();
            if (jobs is [var largest, ..] && largest.FileBytes > 0)
                yield return new("memory-jobs", "critical", process.Process, $"{(jobs.Count == 1 ? "A job" : $"{jobs.Count} jobs at once")} in {largest.Queue}: reading a file takes a few times its size.",
                    Invariant($"{measured}; {largest.Id} reads a file of {largest.FileBytes / 1048576.0:0.0} MiB"), $"Give the worker more memory, or take {largest.Queue} to a worker of its own with less at once: --queues {largest.Queue}=1.");
            else if (process.Pool is { Most: > 0 } pool && pool.Busy >= pool.Most || facts.Database?.LongTransactions is [var held, ..] && held.Seconds > 60)
                yield return new("memory-connections", "critical", process.Process, "Connections to PostgreSQL are held and not given back; each keeps what it has read.", $"{measured}; {process.Pool.Busy} of {process.Pool.Most} connections busy",
                    "See what is said about connections; restart the process if nothing holds them.");
            else
                yield return new("memory-process", "critical", process.Process, process.Sockets.Open > 1_000 ? "Many live connections." : "Nothing that runs explains it: the process' working set is near its limit.",
                    $"{measured}; {process.Sockets.Open} live connections", process.Sockets.Open > 1_000 ? "Add realtime processes." : "Raise the limit. If it keeps growing, take a dump (dotnet-gcdump) and restart the process.");
        }
        if (facts.Redis is { MaxMemory: > 0 } redis && redis.Memory > Much * redis.MaxMemory)
        {
            var measured = Invariant($"{redis.Memory >> 20} of {redis.MaxMemory >> 20} MiB; {redis.Expiring} of {redis.Keys} keys expire; {redis.Evicted} were thrown away; {redis.Policy}");
            yield return redis.Keys > 0 && redis.Expiring < redis.Keys / 2
                ? new("memory-cache-ttl", "critical", "redis", "Most keys of Redis never expire.", measured, "Something writes without a time to live. PyBase's own keys all have one: look at whose they are (redis-cli --bigkeys), and give this Redis to PyBase alone.")
                : new("memory-cache-full", redis.Policy == "noeviction" ? "critical" : "warning", "redis", "Redis is as full as it may be.", measured,
                    redis.Policy == "noeviction" ? "Set maxmemory-policy allkeys-lru: as it is, writes fail." : "Nothing breaks; more memory would save work of the database.");
        }
    }
}
