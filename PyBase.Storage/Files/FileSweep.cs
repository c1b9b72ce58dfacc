using Microsoft.Extensions.Logging;
using Npgsql;
using PyBase.Storage.Imports;
using PyBase.Storage.Shards;

namespace PyBase.Storage.Files;

/// <summary>
/// Removes what nobody will ask for: uploads that died half-way, and files a day old that no row names, as of a drop that was refused after its third file.
/// Any number of workers may do it, at any time.
/// </summary>
public sealed class FileSweep(FileStore files, NpgsqlDataSource data, ShardDatabases shards, TimeProvider clock, ILogger<FileSweep> logger) : RareSweep(clock, logger)
{
    /// <summary>Between a file and the row that names it are moments; a day is for clocks that differ and for restores.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromDays(1);
    const int Batch = 500;

    /// <summary>Sweeps once; returns how many files no row named.</summary>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        await files.SweepIncomingAsync(cancellation);
        await ForgetKeysAsync(cancellation);
        await ForgetExportsAsync(cancellation);
        await StagingTables.SweepAsync(data, null, cancellation);
        var removed = 0;
        var some = new List<byte[]>(Batch);
        await foreach (var sha256 in files.OlderThanAsync(Grace, cancellation))
        {
            some.Add(sha256);
            if (some.Count < Batch)
                continue;
            removed += await RemoveUnnamedAsync(some, cancellation);
            some.Clear();
        }
        removed += await RemoveUnnamedAsync(some, cancellation);
        if (removed > 0)
            logger.LogInformation("Removed {Count} files that nothing refers to", removed);
        return removed;
    }

    async Task<int> RemoveUnnamedAsync(List<byte[]> some, CancellationToken cancellation)
    {
        var named = new HashSet<string>(StringComparer.Ordinal);
        // Shards may share a store: one that cannot be asked keeps everything.
        foreach (var source in shards.Others.Prepend(data))
        {
            await using var command = source.CreateCommand("select sha256 from pybase.files where sha256 = any($1) union select sha256 from pybase.pictures where sha256 = any($1)");
            command.Parameters.Add(new() { Value = some.ToArray() });
            await using var row = await command.ExecuteReaderAsync(cancellation);
            while (await row.ReadAsync(cancellation))
                named.Add(Convert.ToHexString(row.GetFieldValue<byte[]>(0)));
        }
        var removed = 0;
        foreach (var sha256 in some.Where(sha256 => !named.Contains(Convert.ToHexString(sha256))))
            removed += await files.RemoveAsync(sha256, Grace, cancellation) ? 1 : 0;
        return removed;
    }

    /// <inheritdoc/>
    protected override Task SweepAsync(CancellationToken cancellation) => RunAsync(cancellation);

    /// <summary>What exports made and nobody needs any more; the content goes with the other files that no row names.</summary>
    async Task ForgetExportsAsync(CancellationToken cancellation)
    {
        await using var command = data.CreateCommand("delete from pybase.files where expires < now()");
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>An <c>Idempotency-Key</c> is kept for a day.</summary>
    async Task ForgetKeysAsync(CancellationToken cancellation)
    {
        await using var command = data.CreateCommand("""
            with forgotten as (delete from pybase.answers where time < now() - interval '24 hours')
            update pybase.jobs set idempotency_key = null where idempotency_key is not null and created < now() - interval '24 hours'
            """);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
