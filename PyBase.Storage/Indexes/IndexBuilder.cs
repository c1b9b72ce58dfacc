using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using PyBase.Core.Queries;
using PyBase.Storage.Schema;
using PyBase.Storage.Search;

namespace PyBase.Storage.Indexes;

/// <summary>When an index is worth its keep. A write then touches it too, and an update of its field is no longer one within the page.</summary>
public sealed class IndexOptions
{
    /// <summary>Asked for so often.</summary>
    public int Uses { get; set; } = 50;

    /// <summary>On a table of so many rows; below, reading them all is as quick.</summary>
    public long Rows { get; set; } = 5_000;

    /// <summary>Most indexes of a table that nobody asked for by name.</summary>
    public int MaxOfTable { get; set; } = 10;

    /// <summary>One that was not asked for so long goes.</summary>
    public TimeSpan Keep { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Between two looks.</summary>
    public TimeSpan Pause { get; set; } = TimeSpan.FromSeconds(15);
}

/// <summary>
/// Makes the indexes that queries ask for, and those of text search, and drops those that none asks for any more: CONCURRENTLY, on the direct connection, one at a time in a database.
/// A change of the table that waits for it goes first.
/// </summary>
public sealed partial class IndexBuilder(
    [FromKeyedServices("direct")] NpgsqlDataSource direct, SchemaStore schemas, IOptions<IndexOptions> options, TimeProvider clock, ILogger<IndexBuilder> logger) : BackgroundService
{
    const long LockKey = 0x5079_496E_6478; // "PyIndx"

    static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(200);

    sealed record Wish(string Base, string Table, string Shape, string? Index);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.Pause, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                NotNow(logger, exception.Message);
            }
        }
    }

    async Task LookAsync(CancellationToken cancellation)
    {
        await using var connection = await direct.OpenConnectionAsync(cancellation);
        // Of several workers one does it; the lock ends with the session.
        if (await ScalarAsync(connection, $"select pg_try_advisory_lock({LockKey})", cancellation) is not true)
            return;
        try
        {
            foreach (var broken in await NamesAsync(connection, $"""
                select format('%I.%I', n.nspname, c.relname) from pg_catalog.pg_index i join pg_catalog.pg_class c on c.oid = i.indexrelid join pg_catalog.pg_namespace n on n.oid = c.relnamespace
                where not i.indisvalid and c.relname like '{IndexSql.Prefix.Replace("_", "\\_", StringComparison.Ordinal)}%' and n.nspname like 'app%'
                """, cancellation))
                await DropAsync(connection, broken, cancellation);
            foreach (var wish in await WishesAsync(connection, """
                select u.base, u.table_id, u.shape, u.index_name from pybase.index_uses u where u.last_used < $1 order by u.last_used limit 20
                """, [clock.GetUtcNow() - options.Value.Keep], cancellation))
                await ForgetAsync(connection, wish, cancellation);
            foreach (var wish in await WishesAsync(connection, """
                select u.base, u.table_id, u.shape, u.index_name from pybase.index_uses u join pg_catalog.pg_namespace n on n.nspname = u.base
                join pg_catalog.pg_class c on c.relnamespace = n.oid and c.relname = u.table_id
                where u.index_name is null and u.uses >= $1 and greatest(c.reltuples, pg_catalog.pg_stat_get_live_tuples(c.oid)) >= $2
                and (select count(*) from pybase.index_uses o where o.table_id = u.table_id and o.index_name is not null) < $3
                order by u.uses desc limit 5
                """, [(long)options.Value.Uses, options.Value.Rows, (long)options.Value.MaxOfTable], cancellation))
                await MakeAsync(connection, wish, cancellation);
            foreach (var create in await NamesAsync(connection, SearchIndex.Missing(options.Value.Rows), cancellation))
                await CreateAsync(connection, create, cancellation);
        }
        finally
        {
            await ScalarAsync(connection, $"select pg_advisory_unlock({LockKey})", CancellationToken.None);
        }
    }

    async Task MakeAsync(NpgsqlConnection connection, Wish wish, CancellationToken cancellation)
    {
        var schema = await schemas.FindAsync(wish.Base, cancellation);
        if (schema?.Find(wish.Table) is not { } table || IndexShape.Read(table, wish.Shape) is not { } shape)
        {
            await ForgetAsync(connection, wish, cancellation);
            return;
        }
        var name = IndexSql.Name(schema, table, shape);
        var started = clock.GetTimestamp();
        if (!await CreateAsync(connection, IndexSql.Create(schema, table, shape), cancellation))
        {
            await DropAsync(connection, $"\"{wish.Base}\".\"{name}\"", cancellation);
            return;
        }
        await using (var done = new NpgsqlCommand("update pybase.index_uses set index_name = $3 where table_id = $1 and shape = $2", connection))
        {
            foreach (var value in new[] { wish.Table, wish.Shape, name })
                done.Parameters.Add(new() { Value = value });
            await done.ExecuteNonQueryAsync(cancellation);
        }
        // An expression has statistics once the table is looked at again.
        await ScalarAsync(connection, $"analyze \"{wish.Base}\".\"{wish.Table}\"", cancellation);
        Made(logger, wish.Table, wish.Shape, clock.GetElapsedTime(started).TotalMilliseconds);
    }

    /// <summary>False when somebody had to wait for it, so that it was given up.</summary>
    async Task<bool> CreateAsync(NpgsqlConnection connection, string create, CancellationToken cancellation)
    {
        using var give = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await using var command = new NpgsqlCommand(create, connection) { CommandTimeout = 0 };
        var work = command.ExecuteNonQueryAsync(give.Token);
        await using var watch = await direct.OpenConnectionAsync(cancellation);
        try
        {
            while (await Task.WhenAny(work, Task.Delay(Glance, clock, cancellation)) != work)
                if (await ScalarAsync(watch, $"select exists (select from pg_catalog.pg_locks l where not l.granted and {connection.ProcessID} = any(pg_catalog.pg_blocking_pids(l.pid)))", cancellation) is true)
                    await give.CancelAsync();
            await work;
            return true;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            GaveWay(logger, create);
            return false;
        }
    }

    static async Task ForgetAsync(NpgsqlConnection connection, Wish wish, CancellationToken cancellation)
    {
        if (wish.Index is not null)
            await DropAsync(connection, $"\"{wish.Base}\".\"{wish.Index}\"", cancellation);
        await using var forget = new NpgsqlCommand("delete from pybase.index_uses where table_id = $1 and shape = $2", connection);
        forget.Parameters.Add(new() { Value = wish.Table });
        forget.Parameters.Add(new() { Value = wish.Shape });
        await forget.ExecuteNonQueryAsync(cancellation);
    }

    static Task<object?> DropAsync(NpgsqlConnection connection, string index, CancellationToken cancellation) => ScalarAsync(connection, $"drop index concurrently if exists {index}", cancellation);

    static async Task<object?> ScalarAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        return await command.ExecuteScalarAsync(cancellation);
    }

    static async Task<List<string>> NamesAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var names = new List<string>();
        while (await row.ReadAsync(cancellation))
            names.Add(row.GetString(0));
        return names;
    }

    static async Task<List<Wish>> WishesAsync(NpgsqlConnection connection, string sql, object[] parameters, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in parameters)
            command.Parameters.Add(new() { Value = value });
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var wishes = new List<Wish>();
        while (await row.ReadAsync(cancellation))
            wishes.Add(new Wish(row.GetString(0), row.GetString(1), row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3)));
        return wishes;
    }

    [LoggerMessage(1, LogLevel.Information, "Index for {Shape} of {Table} made in {Elapsed:0} ms")]
    static partial void Made(ILogger logger, string table, string shape, double elapsed);

    [LoggerMessage(2, LogLevel.Information, "A change of the table waits, so its index is made later: {Create}")]
    static partial void GaveWay(ILogger logger, string create);

    [LoggerMessage(3, LogLevel.Warning, "Indexes are neither made nor dropped for now: {Reason}")]
    static partial void NotNow(ILogger logger, string reason);
}
