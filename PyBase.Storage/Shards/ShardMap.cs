using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Npgsql;
using PyBase.Storage.Catalog;
using PyBase.Storage.Postgres;

namespace PyBase.Storage.Shards;

/// <summary>
/// Where each base lives. The first shard's catalog has all bases; another shard's has its own. What was found is believed for a second, but not of a base that
/// is on its way (<c>catalog.bases.moving</c>): when it is switched over, every process looks anew.
/// </summary>
public sealed class ShardMap(NpgsqlDataSource data, ShardSettings settings, ShardDatabases databases, TimeProvider clock, ILogger<ShardMap> logger)
{
    /// <summary>How long an answer is believed.</summary>
    public static readonly TimeSpan Trusted = TimeSpan.FromSeconds(1);

    const int Bound = 100_000;
    readonly ConcurrentDictionary<string, (string Shard, long Since)> known = new(StringComparer.Ordinal);

    /// <summary>The shard of a base, deleted ones too; null when nothing is known of it here.</summary>
    public async ValueTask<string?> FindAsync(string baseId, CancellationToken cancellation)
    {
        if (known.TryGetValue(baseId, out var found) && clock.GetElapsedTime(found.Since) < Trusted)
            return found.Shard;
        var asked = clock.GetTimestamp();
        await using var command = data.Command("""
            select shard, moving from catalog.bases where id = $1
            union all select shard, false from pybase.removed_elsewhere where base = $1
            union all select $2, false from pybase.removed_bases where base = $1
            """, baseId, settings.Here);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        if (!await row.ReadAsync(cancellation))
            return null;
        var (shard, isMoving) = (row.GetString(0), row.GetBoolean(1));
        if (known.Count >= Bound)
            known.Clear();
        if (isMoving)
            known.TryRemove(baseId, out _);
        else
            known[baseId] = (shard, asked);
        return shard;
    }

    /// <summary>
    /// The shard that has a thing whose address names no base: asked here first, then in each other shard. This one when none has it or the one that has it is away:
    /// here it is missing then, too.
    /// </summary>
    /// <param name="question">SQL that says whether <c>$1</c> is there.</param>
    /// <param name="key">An id, or the hash of a link.</param>
    /// <param name="cancellation">Of whoever asks.</param>
    public async ValueTask<string> HolderAsync(string question, object key, CancellationToken cancellation)
    {
        if (await HasAsync(data, question, key, cancellation))
            return settings.Here;
        foreach (var shard in settings.Others.Where(shard => shard.Database is not null))
            try
            {
                if (await HasAsync(databases.Of(shard.Name), question, key, cancellation))
                    return shard.Name;
            }
            catch (NpgsqlException away)
            {
                logger.LogWarning(away, "Shard {Shard} cannot be asked", shard.Name);
            }
        return settings.Here;
    }

    static async Task<bool> HasAsync(NpgsqlDataSource source, string question, object key, CancellationToken cancellation)
    {
        await using var command = source.Command(question, key);
        return await command.ExecuteScalarAsync(cancellation) is true;
    }

    /// <summary>Where a new base goes: of the shards that take some, the one with the fewest.</summary>
    public async ValueTask<string> PlaceAsync(CancellationToken cancellation)
    {
        string[] takers = [.. settings.All.Where(shard => shard.TakesNewBases).Select(shard => shard.Name)];
        if (takers.Length < 2)
            return takers is [var only] ? only : BaseEntry.MainShard;
        await using var command = data.Command("""
            select t.shard from unnest($1) with ordinality t (shard, place) left join catalog.bases b on b.shard = t.shard
            group by t.shard, t.place order by count(b.id), t.place limit 1
            """, [takers]);
        return (string)(await command.ExecuteScalarAsync(cancellation))!;
    }
}
