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
        catch (Exception broken) when (broken is NpgsqlException or IOException or OperationCanceledException)
        {
            await says.WriteLineAsync($"The move broke off: {broken.Message} Nothing is lost; run it again.");
            return 2;
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
        var (path, stream) = (new MovePath(catalog, source, target, baseId, from, to), new MoveStream(source, target, baseId));
        if (await source.ScalarAsync($"select moved_to from pybase.bases where id = '{baseId}'", cancellation) is string going)
        {
            if (going != to)
                throw new MoveException($"{baseId} was on its way to {going}: finish that move first.");
            await path.ArriveAsync(cancellation);
            await stream.EndAsync(cancellation);
            return new(from, 0, clock.GetElapsedTime(began), TimeSpan.Zero);
        }
        var address = Address(from);
        await path.CheckAsync(cancellation);
        await stream.EndAsync(cancellation);
        await MovePath.ClearAsync(target, baseId, cancellation);

        await path.FreezeAsync(cancellation);
        await Task.Delay(ShardMap.Trusted * 2, clock, cancellation);
        logger.LogInformation("{Base} is copied from {From} to {To}", baseId, from, to);
        foreach (var statement in await source.ListAsync($"select pybase.structure_of('{baseId}', false)", cancellation))
            await target.DoAsync(statement, cancellation);
        await stream.BeginAsync(address, cancellation);
        await stream.CopiedAsync(cancellation);
        foreach (var statement in await source.ListAsync($"select pybase.structure_of('{baseId}', true)", cancellation))
            await target.DoAsync(statement, cancellation);
        await using var beside = await OpenAsync(from, cancellation);
        while (!await stream.CaughtUpAsync(beside, TimeSpan.FromMinutes(1), cancellation))
            logger.LogInformation("{To} is still behind with {Base}", to, baseId);

        var files = new MovedFiles(beside, StoreOf(from), StoreOf(to), baseId);
        TimeSpan stood;
        try
        {
            stood = await new Switchover(path, stream, files, beside, clock, logger).RunAsync(cancellation);
        }
        catch (MoveException)
        {
            await stream.EndAsync(cancellation);
            await MovePath.ClearAsync(target, baseId, cancellation);
            throw;
        }
        await path.ArriveAsync(cancellation);
        await stream.EndAsync(cancellation);
        logger.LogInformation("{Base} lives in {To} now; its writers waited {Stood} ms", baseId, to, stood.TotalMilliseconds);
        return new(from, files.Copied, clock.GetElapsedTime(began), stood);
    }

    /// <summary>The base stays where it is: whatever attempts at moving it left anywhere is taken away.</summary>
    async Task GiveUpAsync(NpgsqlConnection catalog, string baseId, string at, CancellationToken cancellation)
    {
        await using var source = await OpenAsync(at, cancellation);
        if (await source.ScalarAsync($"select moved_to from pybase.bases where id = '{baseId}'", cancellation) is string going)
            throw new MoveException($"{baseId} has left for {going}: finish that move.");
        foreach (var shard in settings.All.Select(shard => shard.Name).Where(shard => shard != at))
        {
            await using var target = await OpenAsync(shard, cancellation);
            await new MoveStream(source, target, baseId).EndAsync(cancellation);
            await MovePath.ClearAsync(target, baseId, cancellation);
        }
        await source.DoAsync($"update pybase.bases set frozen_since = null where id = '{baseId}'", cancellation);
        await catalog.DoAsync($"update catalog.bases set moving = false where id = '{baseId}'", cancellation);
    }

    /// <summary>A shard without a store of its own in the settings shares that of this process.</summary>
    FileStore StoreOf(string shard) => settings.Find(shard)?.Files switch
    {
        null => ownFiles,
        { S3.Bucket.Length: > 0 } files => ActivatorUtilities.CreateInstance<S3FileStore>(services, Options.Create(files)),
        var files => ActivatorUtilities.CreateInstance<FolderFileStore>(services, Options.Create(files)),
    };

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
