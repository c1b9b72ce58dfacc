using Microsoft.Extensions.Logging;
using Npgsql;

namespace PyBase.Storage.Shards;

/// <summary>The last moments of a moving base at its source, when everything but the newest commits is over there.</summary>
sealed class Switchover(MovePath path, MoveStream stream, MovedFiles files, NpgsqlConnection beside, TimeProvider clock, ILogger logger)
{
    /// <summary>So long a running job is waited for; then another worker does it again over there, as if this one had died.</summary>
    static readonly TimeSpan JobPatience = TimeSpan.FromMinutes(2);

    /// <summary>Writers wait no longer for one try.</summary>
    static readonly TimeSpan DoorPatience = TimeSpan.FromSeconds(2);

    /// <summary>The end of the base at its source: writers wait at the door, what is left goes over, and when they come in the base is gone.</summary>
    public async Task<TimeSpan> RunAsync(CancellationToken cancellation)
    {
        var (source, baseId) = (path.Source, path.Base);
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
                if (await source.ScalarAsync($"select state from pybase.bases where id = '{baseId}'", cancellation) is not "open")
                    throw new MoveException($"{baseId} was deleted meanwhile.");
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
            await CopyAsync(parts, cancellation);
            await source.DoAsync("set local session_replication_role = replica", cancellation);
            await MovedRows.DeleteAsync(source, parts, cancellation);
            await source.DoAsync($"update pybase.bases set state = 'gone', moved_to = '{path.To}', frozen_since = now() where id = '{baseId}'", cancellation);
            await leaving.CommitAsync(cancellation);
            return clock.GetElapsedTime(closed);
        }
    }

    /// <summary>The little rest, closed until it is known to be nowhere else.</summary>
    async Task CopyAsync(IReadOnlyList<MovedRows.Part> parts, CancellationToken cancellation)
    {
        var (source, target, baseId) = (path.Source, path.Target, path.Base);
        await using var arriving = await target.BeginTransactionAsync(cancellation);
        // Neither foreign keys nor triggers: these rows have been looked at where they come from.
        await target.DoAsync("set local session_replication_role = replica", cancellation);
        var values = await source.ScalarAsync($"select format('%L, %L, ''moving'', %s', id, epoch, schema_version) from pybase.bases where id = '{baseId}'", cancellation);
        await target.DoAsync($"insert into pybase.bases (id, epoch, state, schema_version) values ({values})", cancellation);
        foreach (var part in parts)
            await MovedRows.CopyAsync(source, target, part, cancellation);
        await target.DoAsync($"""
            with again as (update pybase.jobs set state = 'queued', owner = null, lease_until = null where base = '{baseId}' and state = 'running' and kind <> 'bulk' returning id, queue)
            insert into pybase.outbox (job, queue, due) select id, queue, now() from again
            """, cancellation);
        foreach (var statement in await source.ListAsync($"select pybase.sequences_of('{baseId}')", cancellation))
            await target.DoAsync(statement, cancellation);
        await arriving.CommitAsync(cancellation);
    }
}
