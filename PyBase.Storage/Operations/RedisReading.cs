using System.Globalization;
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
        return await Task.WhenAll(servers.Select(async server => Read(Address(server.EndPoint), await server.InfoRawAsync().WaitAsync(cancellation) ?? "")));
    }

    static string Address(EndPoint endPoint) => endPoint is DnsEndPoint named ? $"{named.Host}:{named.Port}" : $"{endPoint}";

    static RedisReading Read(string server, string info)
    {
        var told = new Dictionary<string, string>();
        foreach (var line in info.Split('\n', StringSplitOptions.TrimEntries))
            if (line.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon)
                told.TryAdd(line[..colon], line[(colon + 1)..]);
        return new()
        {
            Server = server, MemoryUsed = Number("used_memory"), MemoryLimit = Number("maxmemory") is > 0 and var limit ? limit : null,
            Clients = Number("connected_clients"), MaxClients = Number("maxclients"), Rejected = Number("rejected_connections"),
            Hits = Number("keyspace_hits"), Misses = Number("keyspace_misses"), Evicted = Number("evicted_keys"), Expired = Number("expired_keys"),
            Commands = Number("total_commands_processed"),
        };

        long? Number(string name) => told.TryGetValue(name, out var text) && long.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
