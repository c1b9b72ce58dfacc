using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using PyBase.Core.Operations;
using StackExchange.Redis;

namespace PyBase.Storage.Operations;

/// <summary>Redis as INFO tells; of several nodes the fullest. Null when none answers.</summary>
static class RedisReader
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public static async Task<RedisFacts?> ReadAsync(IServiceProvider services, CancellationToken cancellation)
    {
        RedisFacts? fullest = null;
        try
        {
            if (services.GetService<IConnectionMultiplexer>() is not { IsConnected: true } redis)
                return null;
            foreach (var server in redis.GetServers().Where(s => s.IsConnected && !s.IsReplica))
                if (Read(await server.InfoRawAsync().WaitAsync(Patience, cancellation) ?? "") is var facts && (fullest is null || facts.Memory > fullest.Memory))
                    fullest = facts;
        }
        catch (Exception away) when (away is RedisException or RedisCommandException or TimeoutException)
        {
            // It is missed as a part of its own; advice goes by what is known.
        }
        return fullest;
    }

    static RedisFacts Read(string info)
    {
        var said = info.Split('\n').Select(line => line.Trim().Split(':', 2)).Where(pair => pair.Length == 2).GroupBy(pair => pair[0]).ToDictionary(pair => pair.Key, pair => pair.First()[1]);
        // db0:keys=12,expires=3,avg_ttl=0
        var keyspace = said.Where(pair => pair.Key.StartsWith("db", StringComparison.Ordinal) && pair.Value.Contains("keys=", StringComparison.Ordinal))
            .Select(pair => pair.Value.Split(',').Select(part => part.Split('=')).Where(part => part.Length == 2).ToDictionary(part => part[0], part => part[1])).ToList();
        return new()
        {
            Memory = Number("used_memory"), MaxMemory = Number("maxmemory"), Policy = said.GetValueOrDefault("maxmemory_policy", ""), Evicted = Number("evicted_keys"),
            Clients = (int)Number("connected_clients"), MaxClients = (int)Number("maxclients"),
            Keys = keyspace.Sum(db => Parse(db.GetValueOrDefault("keys"))), Expiring = keyspace.Sum(db => Parse(db.GetValueOrDefault("expires"))),
        };

        long Number(string name) => Parse(said.GetValueOrDefault(name));
    }

    static long Parse(string? text) => long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
