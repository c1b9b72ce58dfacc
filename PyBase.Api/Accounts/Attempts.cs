using System.Net;
using System.Net.Sockets;
using PyBase.Core.Accounts;

namespace PyBase.Api.Accounts;

/// <summary>
/// Slows guessing. Each partition is a bucket that failures fill and time drains; an attempt into a full one is refused. An attempt counts
/// when it starts and is taken back when it succeeds, so that a thousand at once are no way around. Counted by process: with n processes
/// the limits are n-fold, which still is nothing against a password. In memory, bounded, and forgotten at a restart.
/// </summary>
sealed class Attempts(TimeProvider clock)
{
    internal const int Bound = 20_000;

    /// <summary>Ten failures for one account from one place, then one a minute.</summary>
    static readonly Limit ForAccount = new(10, TimeSpan.FromMinutes(1));

    /// <summary>A hundred from one place, then twenty a minute: an office may share it.</summary>
    static readonly Limit ForPlace = new(100, TimeSpan.FromSeconds(3));

    readonly Dictionary<string, Bucket> buckets = [];
    readonly Lock gate = new();

    internal int Partitions => buckets.Count;

    /// <summary>Counts an attempt; null when it may go on, else how long to wait.</summary>
    public TimeSpan? Begin(IPAddress? from, string? email = null)
    {
        lock (gate)
        {
            Span<(string Key, Limit Limit)> partitions = [.. Partition(from, email)];
            // All are looked at before any is filled; the place comes first, so whoever has used that up cannot fill the memory with invented addresses.
            foreach (var (key, limit) in partitions)
                if (Level(key, limit) is var level && level + 1 > limit.Size)
                    return (level + 1 - limit.Size) * limit.Drain;
            Pour(partitions, 1);
            return null;
        }
    }

    /// <summary>It was no failure after all.</summary>
    public void TakeBack(IPAddress? from, string? email = null)
    {
        lock (gate)
            Pour([.. Partition(from, email)], -1);
    }

    void Pour(ReadOnlySpan<(string Key, Limit Limit)> partitions, double amount)
    {
        foreach (var (key, limit) in partitions)
            buckets[key] = new(Math.Max(0, Level(key, limit) + amount), clock.GetTimestamp(), limit);
        if (buckets.Count > Bound)
            Shrink();
    }

    double Level(string key, Limit limit) =>
        buckets.TryGetValue(key, out var bucket) ? Math.Max(0, bucket.Level - clock.GetElapsedTime(bucket.At) / limit.Drain) : 0;

    /// <summary>Forgets what has drained, and if that is not enough the emptiest half.</summary>
    void Shrink()
    {
        var byLevel = buckets.Select(pair => (pair.Key, Level: Level(pair.Key, pair.Value.Limit))).OrderBy(pair => pair.Level).ToList();
        foreach (var (key, level) in byLevel)
            if (level == 0 || buckets.Count > Bound / 2)
                buckets.Remove(key);
    }

    static IEnumerable<(string Key, Limit Limit)> Partition(IPAddress? from, string? email)
    {
        var place = Place(from);
        yield return (place, ForPlace);
        if (email is not null)
            yield return ($"{place} {EmailAddress.Normalise(email)}", ForAccount);
    }

    /// <summary>An IPv6 subscriber has at least a /64, all of which is one place.</summary>
    internal static string Place(IPAddress? from) => from switch
    {
        null => "",
        { IsIPv4MappedToIPv6: true } => from.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexString(from.GetAddressBytes().AsSpan(0, 8)),
        _ => from.ToString(),
    };

    /// <param name="Size">Failures that fit.</param>
    /// <param name="Drain">Time in which one of them is forgotten.</param>
    sealed record Limit(int Size, TimeSpan Drain);

    readonly record struct Bucket(double Level, long At, Limit Limit);
}
