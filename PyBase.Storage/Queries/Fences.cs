using System.Collections.Concurrent;
using System.Data;
using Npgsql;
using PyBase.Core.Queries;
using PyBase.Core.Schema;

namespace PyBase.Storage.Queries;

/// <summary>
/// Fences of the queries that people scroll in, kept in memory by table, order and filter. One is built when it is first asked for, piece by piece in short
/// transactions; then what changed is taken from the change log (<see cref="FencePatch"/>), and only where that does not say enough is it built again. Until it
/// is of the table as it is now, the older one answers, and says that it does.
/// </summary>
public sealed class Fences(NpgsqlDataSource data, TimeProvider clock)
{
    const int MaxQueries = 200;

    /// <summary>Rows read by one statement: a matter of a tenth of a second where an index has the order.</summary>
    const int Piece = 100_000;

    /// <summary>Times that a table under heavy writing is begun with anew.</summary>
    const int Attempts = 3;

    /// <summary>Who asks waits so long for the truth.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    /// <summary>What does not follow the table's version is believed for so long.</summary>
    static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    /// <summary>Building that takes longer is given up.</summary>
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    sealed class Kept
    {
        public Fence? Fence;
        public Task<Fence?>? Work;
        public long Used;
        public long Built;
        public TimeSpan Took;
    }

    readonly ConcurrentDictionary<string, Kept> queries = new();
    int builds;

    /// <summary>How often one was built from the rows.</summary>
    internal int Builds => builds;

    /// <summary>The fence of a query and whether it is of the table as it is now; null when there is none yet.</summary>
    /// <param name="schema">The base.</param>
    /// <param name="query">Rows and order; which part of them is shown does not matter.</param>
    /// <param name="version">Of the table, as who asks has seen it.</param>
    /// <param name="mustHave">Wait for the first fence however long it takes.</param>
    /// <param name="cancellation">Ends the waiting, not the building.</param>
    public async Task<(Fence? Fence, bool IsExact)> FindAsync(BaseSchema schema, RecordQuery query, long version, bool mustHave, CancellationToken cancellation)
    {
        var kept = queries.GetOrAdd($"{schema.Epoch} {schema.Version} {query.Name()}", _ => new Kept());
        kept.Used = clock.GetTimestamp();
        if (queries.Count > MaxQueries)
            Forget();
        if (IsCurrent(kept, query, version))
            return (kept.Fence, true);
        var work = Work(kept, schema, query);
        try
        {
            await (mustHave && kept.Fence is null ? work.WaitAsync(cancellation) : work.WaitAsync(Patience, clock, cancellation));
        }
        catch (TimeoutException)
        {
            // The older one, or none, will do.
        }
        return (kept.Fence, IsCurrent(kept, query, version));
    }

    /// <summary>About how many rows a table has, from the statistics; for the time before its first fence.</summary>
    public async Task<long> EstimateAsync(string baseId, string tableId, CancellationToken cancellation)
    {
        await using var command = data.CreateCommand("select greatest(c.reltuples, 0)::bigint from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace where n.nspname = $1 and c.relname = $2");
        command.Parameters.Add(new() { Value = baseId });
        command.Parameters.Add(new() { Value = tableId });
        return (long?)await command.ExecuteScalarAsync(cancellation) ?? 0;
    }

    bool IsCurrent(Kept kept, RecordQuery query, long version) =>
        kept.Fence is { } fence && fence.Version >= version && (query.FollowsVersion || clock.GetElapsedTime(kept.Built) < Fresh);

    /// <summary>What is under way, or something new; one at a time for each query.</summary>
    Task<Fence?> Work(Kept kept, BaseSchema schema, RecordQuery query)
    {
        lock (kept)
            return kept.Work is { IsCompleted: false } ? kept.Work : kept.Work = Task.Run(async () =>
            {
                using var limit = new CancellationTokenSource(Longest, clock);
                return kept.Fence = await PatchAsync(kept, schema, query, limit.Token) ?? await BuildAsync(kept, schema, query, limit.Token) ?? kept.Fence;
            });
    }

    async Task<Fence?> PatchAsync(Kept kept, BaseSchema schema, RecordQuery query, CancellationToken cancellation)
    {
        if (kept.Fence is not { } fence || !FencePatch.Follows(query))
            return null;
        await using var connection = await data.OpenConnectionAsync(cancellation);
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
        return await new FencePatch(connection, schema, query, clock.GetUtcNow()).ApplyAsync(fence, await VersionAsync(connection, query.Table.Id, cancellation), isWhole: true, cancellation);
    }

    /// <summary>Null when it was built a moment ago (it takes a fifth of the time at most, however busy the table is), or when the table changes too fast.</summary>
    async Task<Fence?> BuildAsync(Kept kept, BaseSchema schema, RecordQuery query, CancellationToken cancellation)
    {
        if (kept.Fence is not null && clock.GetElapsedTime(kept.Built) < kept.Took * 4)
            return null;
        var started = clock.GetTimestamp();
        for (var attempt = 0; attempt < Attempts; attempt++)
            if (await BuildOnceAsync(schema, query with { Fields = [], Skip = 0, ShowsCommentCounts = false }, cancellation) is { } fence)
            {
                Interlocked.Increment(ref builds);
                (kept.Built, kept.Took) = (clock.GetTimestamp(), clock.GetElapsedTime(started));
                return fence;
            }
        return null;
    }

    /// <summary>
    /// Piece after piece; before each one what there is already is brought to the version of its snapshot. What the log does not follow is read as one.
    /// </summary>
    async Task<Fence?> BuildOnceAsync(BaseSchema schema, RecordQuery query, CancellationToken cancellation)
    {
        var (fence, now, limit) = (new Fence(0, [], 0), clock.GetUtcNow(), FencePatch.Follows(query) ? Piece : int.MaxValue);
        await using var connection = await data.OpenConnectionAsync(cancellation);
        while (true)
        {
            await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
            var version = await VersionAsync(connection, query.Table.Id, cancellation);
            if (fence.Posts.Count > 0)
            {
                if (await new FencePatch(connection, schema, query, now).ApplyAsync(fence, version, isWhole: false, cancellation) is not { Posts.Count: > 0 } patched)
                    return null;
                fence = patched;
            }
            var from = query with { After = fence.Posts is [.., var last] ? last.Place : null };
            var (posts, rest) = (new List<Post>(fence.Posts), 0);
            await using (var batch = new NpgsqlBatch(connection) { BatchCommands = { PageSql.Posts(schema, from, now, Fence.Step, limit) } })
            await using (var row = await batch.ExecuteReaderAsync(cancellation))
                while (await row.ReadAsync(cancellation))
                    if (row.GetInt64(row.FieldCount - 1) % Fence.Step is var odd and > 0)
                        rest = (int)odd;
                    else
                        posts.Add(new Post(PageSql.PositionOf(row, query), Fence.Step));
            var isLast = (posts.Count - fence.Posts.Count) * (long)Fence.Step < limit;
            fence = new Fence(version, posts, rest);
            if (isLast)
                return fence;
        }
    }

    static async Task<long> VersionAsync(NpgsqlConnection connection, string tableId, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select version from pybase.table_versions where table_id = $1", connection) { Parameters = { new() { Value = tableId } } };
        return (long?)await command.ExecuteScalarAsync(cancellation) ?? 0;
    }

    /// <summary>The half that was not used for longest.</summary>
    void Forget()
    {
        foreach (var (name, _) in queries.OrderBy(q => q.Value.Used).Take(MaxQueries / 2).ToArray())
            queries.TryRemove(name, out _);
    }
}
