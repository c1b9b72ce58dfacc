using System.Collections.Concurrent;
using System.Data;
using Npgsql;
using PyBase.Core.Queries;
using PyBase.Core.Schema;

namespace PyBase.Storage.Queries;

/// <summary>
/// Fences of the queries that people scroll in, kept in memory by table, order and filter. One is built in one pass when it is first asked for, and again in
/// the background when the table has changed since; until then the older one answers, and says that it does.
/// </summary>
public sealed class Fences(NpgsqlDataSource data, TimeProvider clock)
{
    const int MaxQueries = 200;

    /// <summary>Who asks waits so long for the truth.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    /// <summary>What does not follow the table's version is believed for so long.</summary>
    static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    /// <summary>A pass over the table that takes longer is given up.</summary>
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    sealed class Kept
    {
        public Fence? Fence;
        public Task<Fence>? Building;
        public long Used;
    }

    readonly ConcurrentDictionary<string, Kept> queries = new();

    /// <summary>The fence of a query and whether it is of the table as it is now; null when there is none yet.</summary>
    /// <param name="schema">The base.</param>
    /// <param name="query">Rows and order; which part of them is shown does not matter.</param>
    /// <param name="mustHave">Wait for the first fence however long it takes.</param>
    /// <param name="cancellation">Ends the waiting, not the building.</param>
    public async Task<(Fence? Fence, bool IsExact)> FindAsync(BaseSchema schema, RecordQuery query, bool mustHave, CancellationToken cancellation)
    {
        var kept = queries.GetOrAdd($"{schema.Epoch} {schema.Version} {query.Name()}", _ => new Kept());
        kept.Used = clock.GetTimestamp();
        if (queries.Count > MaxQueries)
            Forget();
        var version = await VersionAsync(query.Table.Id, cancellation);
        if (IsCurrent(kept.Fence, query, version))
            return (kept.Fence, true);

        var building = Build(kept, schema, query);
        if (building is not null)
        {
            try
            {
                var fence = await (mustHave && kept.Fence is null ? building.WaitAsync(cancellation) : building.WaitAsync(Patience, clock, cancellation));
                return (fence, IsCurrent(fence, query, version));
            }
            catch (TimeoutException)
            {
                // The older one, or none, will do.
            }
        }
        return (kept.Fence, false);
    }

    /// <summary>About how many rows a table has, from the statistics; for the time before its first fence.</summary>
    public async Task<long> EstimateAsync(string baseId, string tableId, CancellationToken cancellation)
    {
        await using var command = data.CreateCommand("select greatest(c.reltuples, 0)::bigint from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace where n.nspname = $1 and c.relname = $2");
        command.Parameters.Add(new() { Value = baseId });
        command.Parameters.Add(new() { Value = tableId });
        return (long?)await command.ExecuteScalarAsync(cancellation) ?? 0;
    }

    bool IsCurrent(Fence? fence, RecordQuery query, long version) =>
        fence is not null && fence.Version >= version && (query.FollowsVersion || clock.GetElapsedTime(fence.Built) < Fresh);

    /// <summary>The building under way, or a new one; none when a table that always changes was passed over just now.</summary>
    Task<Fence>? Build(Kept kept, BaseSchema schema, RecordQuery query)
    {
        lock (kept)
        {
            if (kept.Building is { IsCompleted: false })
                return kept.Building;
            // Building takes a fifth of the time at most, however busy the table is.
            if (kept.Fence is { } old && clock.GetElapsedTime(old.Built) < old.Took * 4)
                return null;
            return kept.Building = Task.Run(async () =>
            {
                using var limit = new CancellationTokenSource(Longest, clock);
                return kept.Fence = await BuildAsync(schema, query, limit.Token);
            });
        }
    }

    async Task<Fence> BuildAsync(BaseSchema schema, RecordQuery query, CancellationToken cancellation)
    {
        var started = clock.GetTimestamp();
        await using var connection = await data.OpenConnectionAsync(cancellation);
        // One snapshot for version, count and posts.
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
        await using var batch = new NpgsqlBatch(connection, transaction)
        {
            BatchCommands =
            {
                new("select version from pybase.table_versions where table_id = $1") { Parameters = { new() { Value = query.Table.Id } } },
                PageSql.Count(schema, query, clock.GetUtcNow()),
                PageSql.Posts(schema, query, clock.GetUtcNow(), Fence.Step),
            },
        };
        await using var row = await batch.ExecuteReaderAsync(cancellation);
        var version = await row.ReadAsync(cancellation) ? row.GetInt64(0) : 0;
        await row.NextResultAsync(cancellation);
        await row.ReadAsync(cancellation);
        var total = row.GetInt64(0);
        await row.NextResultAsync(cancellation);
        var places = new List<Position>();
        var bare = query with { Fields = [] };
        while (await row.ReadAsync(cancellation))
            places.Add(PageSql.PositionOf(row, bare));
        return new Fence(version, total, places, clock.GetTimestamp(), clock.GetElapsedTime(started));
    }

    async Task<long> VersionAsync(string tableId, CancellationToken cancellation)
    {
        await using var command = data.CreateCommand("select version from pybase.table_versions where table_id = $1");
        command.Parameters.Add(new() { Value = tableId });
        return (long?)await command.ExecuteScalarAsync(cancellation) ?? 0;
    }

    /// <summary>The half that was not used for longest.</summary>
    void Forget()
    {
        foreach (var (name, _) in queries.OrderBy(q => q.Value.Used).Take(MaxQueries / 2).ToArray())
            queries.TryRemove(name, out _);
    }
}
