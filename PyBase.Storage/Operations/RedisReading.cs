using System.Net;
using StackExchange.Redis;

namespace PyBase.Storage.Operations;

/// <summary>A Redis node as <c>INFO</c> tells it. What a node does not tell (Garnet tells less) is null and is not measured.</summary>
public sealed record RedisReading
{
    /// <summary><c>host:port</c>.</summary>
    public required string Server { get; init; }
    /// <summary>Bytes of data.</summary>
    public long? MemoryUsed { get; init; }
    /// <summary><c>maxmemory</c>; null for none.</summary>
    public long? MemoryLimit { get; init; }
    /// <summary>Connections of clients.</summary>
    public long? Clients { get; init; }
    /// <summary><c>maxclients</c>.</summary>
    public long? MaxClients { get; init; }
    /// <summary>Connections that were refused for <see cref="MaxClients"/>.</summary>
    public long? Rejected { get; init; }
    /// <summary>Reads that found their key.</summary>
    public long? Hits { get; init; }
    /// <summary>Reads that did not.</summary>
    public long? Misses { get; init; }
    /// <summary>Keys that had to go because memory was short.</summary>
    public long? Evicted { get; init; }
    /// <summary>Keys whose time was over.</summary>
    public long? Expired { get; init; }
    /// <summary>Commands that were done.</summary>
    public long? Commands { get; init; }

    /// <summary>Every node of the installation that is connected; none answers: an exception.</summary>
    internal static async Task<IReadOnlyList<RedisReading>> ReadAsync(IConnectionMultiplexer redis, CancellationToken cancellation)
    {
        var servers = redis.GetServers().Where(server => server.IsConnected && server.ServerType is not ServerType.Sentinel).ToArray();
        if (servers is [])
            throw new RedisException("No node of Redis is connected.");
        return await Task.WhenAll(servers.Select(async server => Of(Address(server.EndPoint), await RedisInfo.ReadAsync(server, cancellation))));
    }

    static string Address(EndPoint endPoint) => endPoint is DnsEndPoint named ? $"{named.Host}:{named.Port}" : $"{endPoint}";

    static RedisReading Of(string server, RedisInfo info) => new()
    {
        Server = server, MemoryUsed = info.Number("used_memory"), MemoryLimit = info.Number("maxmemory") is > 0 and var limit ? limit : null,
        Clients = info.Number("connected_clients"), MaxClients = info.Number("maxclients"), Rejected = info.Number("rejected_connections"),
        Hits = info.Number("keyspace_hits"), Misses = info.Number("keyspace_misses"), Evicted = info.Number("evicted_keys"), Expired = info.Number("expired_keys"),
        Commands = info.Number("total_commands_processed"),
    };
}
