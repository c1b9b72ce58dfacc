using System.Globalization;
using StackExchange.Redis;

namespace PyBase.Storage.Operations;

/// <summary>What a Redis node says to <c>INFO</c>, by name: lines <c>name:value</c>, of which Garnet has fewer. https://redis.io/docs/latest/commands/info/</summary>
sealed class RedisInfo
{
    readonly Dictionary<string, string> told = [];

    RedisInfo(string info)
    {
        foreach (var line in info.Split('\n', StringSplitOptions.TrimEntries))
            if (line.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon)
                told.TryAdd(line[..colon], line[(colon + 1)..]);
    }

    /// <summary>Asks the node.</summary>
    public static async Task<RedisInfo> ReadAsync(IServer server, CancellationToken cancellation) => new(await server.InfoRawAsync().WaitAsync(cancellation) ?? "");

    /// <summary>The same for whoever does not wait long.</summary>
    public static async Task<RedisInfo> ReadAsync(IServer server, TimeSpan patience, CancellationToken cancellation) => new(await server.InfoRawAsync().WaitAsync(patience, cancellation) ?? "");

    /// <summary>Null when the node does not tell it.</summary>
    public string? Text(string name) => told.GetValueOrDefault(name);

    /// <summary>Null when the node does not tell it, or not as a number.</summary>
    public long? Number(string name) => Parse(Text(name));

    /// <summary>The sum over all databases, which stand as <c>db0:keys=12,expires=3,avg_ttl=0</c>.</summary>
    public long Keyspace(string name) => told.Where(pair => pair.Key.StartsWith("db", StringComparison.Ordinal) && pair.Value.Contains("keys=", StringComparison.Ordinal))
        .SelectMany(pair => pair.Value.Split(',')).Select(part => part.Split('=')).Where(part => part.Length == 2 && part[0] == name).Sum(part => Parse(part[1]) ?? 0);

    static long? Parse(string? text) => long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;
}
