using System.Globalization;

namespace PyBase.Core.Scaling;

/// <summary>The guide's <c>postgresql.conf</c> and <c>redis.conf</c>, computed from the memory a tier gives its servers.</summary>
public static class ServerSettings
{
    /// <summary>For <c>postgres -c name=value</c>.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Postgres(Tier tier)
    {
        var memory = tier.DatabaseMemoryGiB * 1024;
        return
        [
            new("max_connections", Number(tier.MaxConnections)),
            new("shared_buffers", $"{Number(memory / 4)}MB"),
            new("effective_cache_size", $"{Number(memory * 3 / 4)}MB"),
            new("maintenance_work_mem", $"{Number(Math.Min(1024, memory / 16))}MB"),
            new("checkpoint_completion_target", "0.9"),
            new("wal_buffers", "16MB"),
            new("default_statistics_target", "100"),
            new("random_page_cost", "1.1"),
            // So that further shards can borrow its people and bases can move (docs/scaling.md, "Shards"); before that there is nothing to publish.
            .. tier == Tiers.Enterprise ? [new KeyValuePair<string, string>("wal_level", "logical")] : Array.Empty<KeyValuePair<string, string>>(),
        ];
    }

    /// <summary>For <c>redis-server --name value</c>. Three quarters of the memory: the rest is for buffers and copy on write.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Redis(Tier tier) =>
    [
        new("maxmemory", $"{Number(tier.RedisMemoryMiB * 3 / 4)}mb"),
        new("maxmemory-policy", "allkeys-lru"),
        // The guide's figure is a process's share: every process holds a connection for commands and one for subscriptions.
        new("maxclients", Number(tier.RedisMaxClients * tier.Processes)),
        new("tcp-keepalive", "300"),
        new("timeout", "0"),
    ];

    static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
