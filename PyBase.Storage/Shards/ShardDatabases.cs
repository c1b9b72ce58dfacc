using System.Collections.Concurrent;
using Npgsql;

namespace PyBase.Storage.Shards;

/// <summary>The databases of the other shards, for the few questions that a process has for them: what is not of its own and has no base in its address.</summary>
public sealed class ShardDatabases(ShardSettings settings) : IAsyncDisposable
{
    readonly ConcurrentDictionary<string, NpgsqlDataSource> sources = new(StringComparer.Ordinal);

    /// <summary>Of a shard whose connection string the settings have.</summary>
    public NpgsqlDataSource Of(string shard) => sources.GetOrAdd(shard, name => NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(settings.Find(name)?.Database
        ?? throw new InvalidOperationException($"The connection string of shard '{name}' is missing: set Shards:{name} (environment: Shards__{name})."))
    {
        // Few, beside what that shard's own processes open; a shard that is away is found out quickly.
        MaxPoolSize = 5,
        MinPoolSize = 0,
        Timeout = 3,
        ApplicationName = $"PyBase shard {settings.Here}",
    }.ConnectionString));

    /// <summary>All of the others.</summary>
    public IEnumerable<NpgsqlDataSource> Others => settings.All.Where(shard => shard.Name != settings.Here).Select(shard => Of(shard.Name));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var source in sources.Values)
            await source.DisposeAsync();
    }
}
