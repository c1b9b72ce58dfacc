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
                if (Facts(await RedisInfo.ReadAsync(server, Patience, cancellation)) is var facts && (fullest is null || facts.Memory > fullest.Memory))
                    fullest = facts;
        }
        catch (Exception away) when (away is RedisException or RedisCommandException or TimeoutException)
        {
            // It is missed as a part of its own; advice goes by what is known.
        }
        return fullest;
    }

    static RedisFacts Facts(RedisInfo info)
    {
        return new()
        {
            Memory = Number("used_memory"), MaxMemory = Number("maxmemory"), Policy = info.Text("maxmemory_policy") ?? "", Evicted = Number("evicted_keys"),
            Clients = (int)Number("connected_clients"), MaxClients = (int)Number("maxclients"), Keys = info.Keyspace("keys"), Expiring = info.Keyspace("expires"),
        };

        long Number(string name) => info.Number(name) ?? 0;
    }
}
