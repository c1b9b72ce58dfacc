using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using PyBase.Core.Ids;
using PyBase.Storage.Catalog;
using PyBase.Storage.Connections;
using PyBase.Storage.Files;
using PyBase.Storage.Postgres;

namespace PyBase.Storage.Shards;

/// <summary>How a move went.</summary>
/// <param name="From">Where the base was.</param>
/// <param name="Files">How many files were copied into another store.</param>
/// <param name="Took">All of it.</param>
/// <param name="Stood">How long writers of the base had to wait at the end.</param>
public sealed record MoveReport(string From, int Files, TimeSpan Took, TimeSpan Stood);

/// <summary>A move that cannot be, with the reason for whoever asked for it.</summary>
public sealed class MoveException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>
/// Moves a base from one database to another while people work in it. Its rows are copied and then followed, commit by commit; at the end writers wait at the
/// door for the moment that the rest takes, and find it elsewhere. Broken off at any point, nothing is lost: run it again, to where it was going or, to give it
/// up, to where it came from.
/// </summary>
public sealed class BaseMove(
    [FromKeyedServices(ConnectionExtensions.Direct)] NpgsqlDataSource direct, ShardSettings settings, FileStore ownFiles, IServiceProvider services, TimeProvider clock, ILogger<BaseMove> logger)
{
    /// <summary>So long a running job is waited for; then another worker does it again over there, as if this one had died.</summary>
    static readonly TimeSpan JobPatience = TimeSpan.FromMinutes(2);

    /// <summary>Writers wait no longer for one try.</summary>
    static readonly TimeSpan DoorPatience = TimeSpan.FromSeconds(2);

    /// <summary>Whether a program's arguments ask for it: <c>--move-base app… --to s2</c>.</summary>
    public static (string Base, string To)? Wanted(string[] arguments) =>
        Array.IndexOf(arguments, "--move-base") is >= 0 and var place && Array.IndexOf(arguments, "--to") is >= 0 and var to && arguments.ElementAtOrDefault(place + 1) is { } id && arguments.ElementAtOrDefault(to + 1) is { } shard ? (id, shard) : null;

    /// <summary>Runs it as a program and says how it went; the exit code.</summary>
    public async Task<int> RunAsync((string Base, string To) wanted, TextWriter says, CancellationToken cancellation)
    {
        try
        {
            var report = await RunAsync(wanted.Base, wanted.To, cancellation);
            await says.WriteLineAsync(report.From == wanted.To ? $"{wanted.Base} is in {wanted.To}; what a move left is cleared."
                : $"{wanted.Base} moved from {report.From} to {wanted.To} in {report.Took.TotalSeconds:0.0} s, {report.Files} files copied; its writers waited {report.Stood.TotalMilliseconds:0} ms.");
            return 0;
        }
        catch (MoveException refused)
        {
            await says.WriteLineAsync(refused.Message);
            return 1;
        }
    }

    /// <summary>Moves the base, or finishes a move that broke off.</summary>
    /// <exception cref="MoveException">It cannot be, or not now; nothing is changed.</exception>
    public async Task<MoveReport> RunAsync(string baseId, string to, CancellationToken cancellation)
    {
        if (!settings.IsMain)
            throw new MoveException("Bases are moved from a process of the first shard, which has the list of all.");
        if (!Id.Is(baseId, "app"))
            throw new MoveException($"{baseId} is no id of a base.");
        var began = clock.GetTimestamp();
        await using var catalog = await OpenAsync(BaseEntry.MainShard, cancellation);
        if (await catalog.ScalarAsync($"select shard from catalog.bases where id = '{baseId}'", cancellation) is not string from)
            throw new MoveException($"There is no base {baseId}.");
        // Held until the connection closes: two movers of one base do not meet.
        if (await catalog.ScalarAsync($"select pg_try_advisory_lock(hashtextextended('move {baseId}', 0))", cancellation) is not true)
            throw new MoveException($"{baseId} is being moved already.");
        if (from == to)
        {
            await GiveUpAsync(catalog, baseId, to, cancellation);
            return new(from, 0, clock.GetElapsedTime(began), TimeSpan.Zero);
        }
        await using var source = await OpenAsync(from, cancellation);
        await using var target = await OpenAsync(to, cancellation);
        var stream = new MoveStream(source, target, baseId);
        if (await source.ScalarAsync($"select moved_to from pybase.bases where id = '{baseId}'", cancellation) is string going)
        {
            if (going != to)
                throw new MoveException($"{baseId} was on its way to {going}: finish that move first.");
            await ArriveAsync(catalog, source, target, stream, baseId, from, to, cancellation);
            return new(from, 0, clock.GetElapsedTime(began), TimeSpan.Zero);
        }
        await CheckAsync(source, target, from, to, cancellation);
        await stream.EndAsync(cancellation);
        await ClearAsync(target, baseId, cancellation);

        await FreezeAsync(catalog, source, baseId, cancellation);
        logger.LogInformation("{Base} is copied from {From} to {To}", baseId, from, to);
        foreach (var statement in await source.ListAsync($"select pybase.structure_of('{baseId}', false)", cancellation))
            await target.DoAsync(statement, cancellation);
        await stream.BeginAsync(Address(from), cancellation);
        await stream.CopiedAsync(cancellation);
        foreach (var statement in await source.ListAsync($"select pybase.structure_of('{baseId}', true)", cancellation))
            await target.DoAsync(statement, cancellation);
        await using var beside = await OpenAsync(from, cancellation);
        while (!await stream.CaughtUpAsync(beside, TimeSpan.FromMinutes(1), cancellation))
            logger.LogInformation("{To} is still behind with {Base}", to, baseId);

        var files = new MovedFiles(beside, StoreOf(from), StoreOf(to), baseId);
        var stood = await SwitchAsync(source, target, beside, stream, files, baseId, to, cancellation);
        await ArriveAsync(catalog, source, target, stream, baseId, from, to, cancellation);
        logger.LogInformation("{Base} lives in {To} now; its writers waited {Stood} ms", baseId, to, stood.TotalMilliseconds);
        return new(from, files.Copied, clock.GetElapsedTime(began), stood);
    }

    /// <summary>What makes a move impossible is said before anything is done.</summary>
    static async Task CheckAsync(NpgsqlConnection source, NpgsqlConnection target, string from, string to, CancellationToken cancellation)
    {
        if (await source.ScalarAsync("show wal_level", cancellation) is not "logical")
            throw new MoveException($"PostgreSQL of shard '{from}' must run with wal_level = logical.");
        const string version = "select string_agg(name, ' ' order by name) from pybase.schema_scripts";
        if ((string?)await source.ScalarAsync(version, cancellation) != (string?)await target.ScalarAsync(version, cancellation))
            throw new MoveException($"The databases of '{from}' and '{to}' are of different versions of PyBase: upgrade both.");
    }

    /// <summary>Definitions stand still, behind whoever changes them now; and every process looks anew where the base is, once what it remembers is too old.</summary>
    async Task FreezeAsync(NpgsqlConnection catalog, NpgsqlConnection source, string baseId, CancellationToken cancellation)
    {
        await catalog.DoAsync($"update catalog.bases set moving = true where id = '{baseId}'", cancellation);
        await using (var transaction = await source.BeginTransactionAsync(cancellation))
        {
            await source.DoAsync($"select pg_advisory_xact_lock(hashtextextended('{baseId}', 0)); update pybase.bases set frozen_since = now() where id = '{baseId}'", cancellation);
            await transaction.CommitAsync(cancellation);
        }
        await Task.Delay(ShardMap.Trusted * 2, clock, cancellation);
    }

    /// <summary>The end of the base at its source: writers wait at the door, what is left goes over, and when they come in the base is gone.</summary>
    async Task<TimeSpan> SwitchAsync(
        NpgsqlConnection source, NpgsqlConnection target, NpgsqlConnection beside, MoveStream stream, MovedFiles files, string baseId, string to, CancellationToken cancellation)
    {
        var parts = await MovedRows.OfAsync(source, baseId, cancellation);
        var began = clock.GetTimestamp();
        while (true)
        {
            if (clock.GetElapsedTime(began) < JobPatience && await source.ScalarAsync($"select exists (select from pybase.jobs where base = '{baseId}' and state = 'running' and kind <> 'bulk')", cancellation) is true)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(500), clock, cancellation);
                continue;
            }
            await files.CopyAsync(cancellation);
            var closed = clock.GetTimestamp();
            await using var leaving = await source.BeginTransactionAsync(cancellation);
            try
            {
                await source.DoAsync($"set local lock_timeout = '{DoorPatience.TotalMilliseconds}ms'; select pg_advisory_xact_lock(hashtextextended('{baseId}', 0))", cancellation);
                await MovedRows.LockAsync(source, parts, cancellation);
                if (await files.AreNewAsync(cancellation) || !await stream.CaughtUpAsync(beside, DoorPatience, cancellation))
                    continue;
            }
            catch (PostgresException busy) when (busy.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected)
            {
                logger.LogInformation("{Base} is busy; it is switched over at the next try", baseId);
                await leaving.RollbackAsync(cancellation);
                await Task.Delay(TimeSpan.FromSeconds(1), clock, cancellation);
                continue;
            }
            await using (var arriving = await target.BeginTransactionAsync(cancellation))
            {
                // Neither foreign keys nor triggers: these rows have been looked at where they come from.
                await target.DoAsync("set local session_replication_role = replica", cancellation);
                var (epoch, version) = ((string)(await source.ScalarAsync($"select epoch from pybase.bases where id = '{baseId}'", cancellation))!, await source.ScalarAsync($"select schema_version from pybase.bases where id = '{baseId}'", cancellation));
                // Closed until it is known to be nowhere else.
                await target.DoAsync($"insert into pybase.bases (id, epoch, state, schema_version) values ('{baseId}', '{epoch}', 'moving', {version})", cancellation);
                foreach (var part in parts)
                    await MovedRows.CopyAsync(source, target, part, cancellation);
                await target.DoAsync($"with again as (update pybase.jobs set state = 'queued', owner = null, lease_until = null where base = '{baseId}' and state = 'running' and kind <> 'bulk' returning id, queue) insert into pybase.outbox (job, queue, due) select id, queue, now() from again", cancellation);
                foreach (var statement in await source.ListAsync($"select pybase.sequences_of('{baseId}')", cancellation))
                    await target.DoAsync(statement, cancellation);
                await arriving.CommitAsync(cancellation);
            }
            await source.DoAsync("set local session_replication_role = replica", cancellation);
            await MovedRows.DeleteAsync(source, parts, cancellation);
            await source.DoAsync($"update pybase.bases set state = 'gone', moved_to = '{to}', frozen_since = now() where id = '{baseId}'", cancellation);
            await leaving.CommitAsync(cancellation);
            return clock.GetElapsedTime(closed);
        }
    }

    /// <summary>From here on there is no way back: the base is opened where it is now, the list says so, and the stream ends. May be done twice.</summary>
    async Task ArriveAsync(NpgsqlConnection catalog, NpgsqlConnection source, NpgsqlConnection target, MoveStream stream, string baseId, string from, string to, CancellationToken cancellation)
    {
        var entry = $"select id, workspace_id, name, '{to}', created_time from catalog.bases where id = '{baseId}'";
        if (to != BaseEntry.MainShard)
        {
            await using var read = new NpgsqlCommand(entry, catalog);
            await using var row = await read.ExecuteReaderAsync(cancellation);
            await row.ReadAsync(cancellation);
            await using var transaction = await target.BeginTransactionAsync(cancellation);
            await using var write = new NpgsqlCommand("""
                insert into catalog.bases (id, workspace_id, name, shard, created_time) select $1, $2, $3, $4, $5 where set_config('pybase.moves', 'on', true) is not null
                on conflict (id) do update set name = excluded.name, shard = excluded.shard
                """, target);
            for (var column = 0; column < 5; column++)
                write.Parameters.Add(new() { Value = row.GetValue(column) });
            await write.ExecuteNonQueryAsync(cancellation);
            await transaction.CommitAsync(cancellation);
        }
        await target.DoAsync($"update pybase.bases set state = 'open' where id = '{baseId}' and state = 'moving'", cancellation);
        await catalog.DoAsync($"update catalog.bases set shard = '{to}', moving = false where id = '{baseId}'", cancellation);
        // Its own list names the base until what is left there is cleared; whoever asks there is sent on.
        if (from != BaseEntry.MainShard)
            await source.DoAsync($"begin; set local pybase.moves = 'on'; update catalog.bases set shard = '{to}' where id = '{baseId}'; commit", cancellation);
        await stream.EndAsync(cancellation);
    }

    /// <summary>The base stays where it is: whatever attempts at moving it left anywhere is taken away.</summary>
    async Task GiveUpAsync(NpgsqlConnection catalog, string baseId, string at, CancellationToken cancellation)
    {
        await using var source = await OpenAsync(at, cancellation);
        if (await source.ScalarAsync($"select moved_to from pybase.bases where id = '{baseId}'", cancellation) is string going)
            throw new MoveException($"{baseId} has left for {going}: finish that move.");
        foreach (var shard in settings.All.Where(shard => shard.Name != at && (shard.Database is not null || shard.Name == BaseEntry.MainShard)).Select(shard => shard.Name).Append(BaseEntry.MainShard).Where(shard => shard != at).Distinct())
        {
            await using var target = await OpenAsync(shard, cancellation);
            await new MoveStream(source, target, baseId).EndAsync(cancellation);
            await ClearAsync(target, baseId, cancellation);
        }
        await source.DoAsync($"update pybase.bases set frozen_since = null where id = '{baseId}'", cancellation);
        await catalog.DoAsync($"update catalog.bases set moving = false where id = '{baseId}'", cancellation);
    }

    /// <summary>What an attempt, or an earlier stay, left of a base that lives elsewhere.</summary>
    static async Task ClearAsync(NpgsqlConnection target, string baseId, CancellationToken cancellation)
    {
        if (await target.ScalarAsync($"select state from pybase.bases where id = '{baseId}'", cancellation) is "open")
            throw new MoveException($"There is an open base {baseId} where it is to go: its list and this one do not agree.");
        await using var transaction = await target.BeginTransactionAsync(cancellation);
        await target.DoAsync("set local session_replication_role = replica", cancellation);
        await MovedRows.DeleteAsync(target, await MovedRows.OfAsync(target, baseId, cancellation), cancellation);
        await target.DoAsync($"""
            delete from pybase.changes where base = '{baseId}'; delete from pybase.transactions where base = '{baseId}'; delete from pybase.bases where id = '{baseId}';
            drop schema if exists {Sql.Quote(baseId)} cascade
            """, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>A shard without a store of its own in the settings shares that of this process.</summary>
    FileStore StoreOf(string shard) => settings.Find(shard)?.Files is { } files && (files.S3.Bucket is { Length: > 0 } || files.Path != new FileStoreOptions().Path)
        ? files.S3.Bucket is { Length: > 0 } ? ActivatorUtilities.CreateInstance<S3FileStore>(services, Options.Create(files)) : ActivatorUtilities.CreateInstance<FolderFileStore>(services, Options.Create(files))
        : ownFiles;

    string Address(string shard) => settings.Find(shard)?.Database ?? throw new MoveException($"There is no shard '{shard}': set Shards:{shard} (environment: Shards__{shard}) to the connection string of its database.");

    async Task<NpgsqlConnection> OpenAsync(string shard, CancellationToken cancellation)
    {
        if (shard == BaseEntry.MainShard)
            return await direct.OpenConnectionAsync(cancellation);
        var connection = new NpgsqlConnection(Address(shard));
        try
        {
            await connection.OpenAsync(cancellation);
            return connection;
        }
        catch (NpgsqlException away)
        {
            await connection.DisposeAsync();
            throw new MoveException($"The database of shard '{shard}' does not answer: {away.Message}", away);
        }
    }
}
