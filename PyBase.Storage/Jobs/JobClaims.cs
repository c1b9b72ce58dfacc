using System.Text.Json;
using Npgsql;
using PyBase.Storage.Changes;

namespace PyBase.Storage.Jobs;

/// <summary>How workers come to their jobs, and how a dead worker's jobs come to others.</summary>
public sealed class JobClaims(NpgsqlDataSource data, ChangeSignals signals)
{
    static readonly string Process = $"{Environment.MachineName}:{Environment.ProcessId}";

    /// <summary>
    /// Takes a job. Null when there is nothing to do: it has ended, or another worker has it. In the latter case a message is left for the moment
    /// when that worker's lease would end.
    /// </summary>
    public async Task<JobLease?> ClaimAsync(string jobId, CancellationToken cancellation)
    {
        // A name of its own for each claim: a process that slept through its lease may find its own job again, and must not do it twice at once.
        var owner = $"{Process}:{Guid.NewGuid().ToString("n")[..8]}";
        await using var command = data.CreateCommand("""
            with claimed as (
                update pybase.jobs set state = 'running', owner = $2, lease_until = now() + $3, attempts = attempts + 1, started = coalesce(started, now()), error = null
                where id = $1 and (state = 'queued' or (state = 'running' and lease_until < now()))
                returning *)
            select coalesce(c.base, ''), c.kind, c.queue, c.parent, f.name, f.sha256, f.size, c.created_by, c.attempts, c.checkpoint, c.trace, c.cancel_requested
            from claimed c left join pybase.files f on f.id = c.file
            """);
        command.Parameters.Add(new() { Value = jobId });
        command.Parameters.Add(new() { Value = owner });
        command.Parameters.Add(new() { Value = JobLease.Length });
        await using (var row = await command.ExecuteReaderAsync(cancellation))
        {
            if (await row.ReadAsync(cancellation))
            {
                var work = new JobWork(jobId, row.GetString(0), row.GetString(1), row.GetString(2), Text(row, 3), Text(row, 4),
                    row.IsDBNull(5) ? null : row.GetFieldValue<byte[]>(5), row.IsDBNull(6) ? 0 : row.GetInt64(6), Text(row, 7), row.GetInt32(8),
                    row.IsDBNull(9) ? null : JsonSerializer.Deserialize<JsonElement>(row.GetString(9)), Text(row, 10), row.GetBoolean(11));
                return new JobLease(data, signals, work, owner);
            }
        }
        await LeaveMessageAsync(jobId, cancellation);
        return null;
    }

    /// <summary>Messages for jobs whose worker fell silent, and for jobs that nobody took for ten minutes (the broker may have lost its data).</summary>
    public Task SweepAsync(CancellationToken cancellation) => SweepAsync(TimeSpan.FromMinutes(10), cancellation);

    /// <summary>At the start of a bus that lives in memory: every message of its last life is gone.</summary>
    public Task SweepAllAsync(CancellationToken cancellation) => SweepAsync(TimeSpan.Zero, cancellation);

    async Task SweepAsync(TimeSpan forgottenAfter, CancellationToken cancellation)
    {
        await using var command = data.CreateCommand("""
            with forgotten as (update pybase.jobs set lease_until = now()
                where state = 'queued' and kind <> 'bulk' and coalesce(lease_until, created) < now() - $1 returning id, queue),
            silent as (select id, queue from pybase.jobs where state = 'running' and kind <> 'bulk' and lease_until < now())
            insert into pybase.outbox (job, queue, due) select id, queue, now() from (table forgotten union all table silent) late
            where not exists (select from pybase.outbox o where o.job = late.id)
            """);
        command.Parameters.Add(new() { Value = forgottenAfter });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>
    /// This process has its hands full: a message is left for soon, which another may take, and says that no try of the job's failed. Also where there is one: it may be the one that came here, which its sender
    /// deletes with the rest of its batch when the slowest of that is confirmed. One too many finds nothing to do.
    /// </summary>
    public async Task LeaveForLaterAsync(string jobId, CancellationToken cancellation)
    {
        await using var command = data.CreateCommand("""
            insert into pybase.outbox (job, queue, due, error) select id, queue, now() + interval '500 ms', 'The worker that took it had its hands full.' from pybase.jobs
            where id = $1 and state = 'queued'
            """);
        command.Parameters.Add(new() { Value = jobId });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    async Task LeaveMessageAsync(string jobId, CancellationToken cancellation)
    {
        await using var command = data.CreateCommand("""
            insert into pybase.outbox (job, queue, due) select id, queue, lease_until from pybase.jobs j
            where id = $1 and state = 'running' and kind <> 'bulk' and not exists (select from pybase.outbox o where o.job = j.id)
            """);
        command.Parameters.Add(new() { Value = jobId });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
