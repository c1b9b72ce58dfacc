using System.Diagnostics.Metrics;

namespace PyBase.Storage.Operations;

/// <summary>How often what a process keeps in memory was what was asked for.</summary>
static class CacheMetrics
{
    static readonly Meter Meter = new("PyBase.Caches");
    static readonly Counter<long> Requests = Meter.CreateCounter<long>("pybase.cache.requests", "{request}", "Questions to a cache of this process, by cache and result.");

    /// <summary>Counts one question to the cache of that name.</summary>
    public static void Asked(string cache, bool isHit) => Requests.Add(1, new("cache", cache), new("result", isHit ? "hit" : "miss"));
}
