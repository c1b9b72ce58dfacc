using System.Diagnostics;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using PyBase.Core.Jobs;
using PyBase.Storage.Changes;

namespace PyBase.Storage.Jobs;

/// <summary>The work that a lease is for.</summary>
public sealed record JobWork(string Id, string Base, string Kind, string Queue, string? Parent, string? FileName, byte[]? Sha256, long FileSize, string? CreatedBy, int Attempt, JsonElement? Checkpoint, string? Trace);

/// <summary>
/// A job in one worker's hands. The lease is renewed while the worker lives; a worker that lost it (it was slow, or it is dead and does not know)
/// cannot write anything more, because each of its transactions carries <see cref="CheckpointAsync"/>.
/// </summary>
public sealed class JobLease(NpgsqlDataSource data, ChangeSignals signals, JobWork work, string owner)
{
    /// <summary>How long a worker may be silent before another takes its job.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(8);

    /// <summary>What to do.</summary>
    public JobWork Work => work;

    /// <summary>Shows a sign of life and how far it is. False when the job is somebody else's now, or was cancelled.</summary>
    public async Task<LeaseState> RenewAsync(JobProgress progress, CancellationToken cancellation)
    {
        await using var command = data.CreateCommand("""
            update pybase.jobs set lease_until = now() + $3, progress_done = $4, progress_total = $5, progress_step = $6
            where id = $1 and owner = $2 and state = 'running' returning cancel_requested
            """);
        Add(command, work.Id, owner, Length, progress.Done, progress.Total, progress.Step);
        var cancelled = (bool?)await command.ExecuteScalarAsync(cancellation);
        Tell();
        return cancelled is null ? LeaseState.Lost : cancelled.Value ? LeaseState.CancelRequested : LeaseState.Held;
    }

    /// <summary>
    /// Says, inside the transaction that did it, what is done. False when the lease is lost or the job cancelled: the caller rolls back.
    /// </summary>
    public async Task<bool> CheckpointAsync(BaseTransaction transaction, object checkpoint, CancellationToken cancellation) =>
        await transaction.ExecuteAsync("""
            update pybase.jobs set checkpoint = $3, lease_until = now() + $4
            where id = $1 and owner = $2 and state = 'running' and not cancel_requested
            """, cancellation, work.Id, owner, Json(checkpoint), Length) == 1;

    /// <summary>What the job has done so far, as its transactions said.</summary>
    public async Task<JsonElement?> ReadCheckpointAsync(CancellationToken cancellation)
    {
        await using var command = data.CreateCommand("select checkpoint from pybase.jobs where id = $1");
        Add(command, work.Id);
        return await command.ExecuteScalarAsync(cancellation) is string text ? JsonSerializer.Deserialize<JsonElement>(text) : null;
    }

    /// <summary>The end, in the words of <see cref="JobState"/>; false when the job is not this worker's any more.</summary>
    public async Task<bool> FinishAsync(string state, IReadOnlyList<JobFinding> findings, JobError? error, JobResult? result, CancellationToken cancellation)
    {
        await using var command = data.CreateCommand("""
            update pybase.jobs set state = $3, findings = $4, error = $5, result = $6, finished = now(), lease_until = null,
                progress_done = case when $3 = 'succeeded' then progress_total else progress_done end
            where id = $1 and owner = $2 and state = 'running'
            """);
        Add(command, work.Id, owner, state, Json(findings), Json(error), Json(result));
        var mine = await command.ExecuteNonQueryAsync(cancellation) == 1;
        if (work.Parent is not null)
            await CloseParentAsync(cancellation);
        Tell();
        return mine;
    }

    /// <summary>Puts the job back for a later try.</summary>
    public async Task RetryLaterAsync(TimeSpan delay, JobError error, CancellationToken cancellation)
    {
        await using var command = data.CreateCommand("""
            with back as (update pybase.jobs set state = 'queued', owner = null, lease_until = null, error = $4
                where id = $1 and owner = $2 and state = 'running' returning id, queue)
            insert into pybase.outbox (job, queue, due) select id, queue, now() + $3 from back
            """);
        Add(command, work.Id, owner, delay, Json(error));
        await command.ExecuteNonQueryAsync(cancellation);
        Tell();
    }

    /// <summary>A bulk job ends with its last child: well when all did, with their error otherwise.</summary>
    async Task CloseParentAsync(CancellationToken cancellation)
    {
        await using var command = data.CreateCommand("""
            with children as (select count(*) as all, count(*) filter (where state in ('succeeded', 'failed', 'cancelled', 'parked')) as ended,
                count(*) filter (where state = 'succeeded') as well from pybase.jobs where parent = $1)
            update pybase.jobs set progress_done = ended, state = case when ended < "all" then state when well = "all" then 'succeeded' else 'failed' end,
                finished = case when ended < "all" then null else now() end,
                error = case when ended < "all" or well = "all" then null
                    else jsonb_build_object('code', 'some-files-failed', 'message', format('%s of %s files could not be read.', "all" - well, "all"), 'hint', 'The children say why.') end
            from children where id = $1 and state in ('running', 'succeeded', 'failed')
            """);
        Add(command, work.Parent!);
        await command.ExecuteNonQueryAsync(cancellation);
        signals.Publish(new ChangeSignal(work.Base, 0, new Dictionary<string, long>(), work.Parent, Activity.Current?.Id));
    }

    void Tell() => signals.Publish(new ChangeSignal(work.Base, 0, new Dictionary<string, long>(), work.Id, Activity.Current?.Id));

    static void Add(NpgsqlCommand command, params object?[] values)
    {
        foreach (var value in values)
            command.Parameters.Add(value as NpgsqlParameter ?? (value is null ? new() { Value = DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text } : new() { Value = value }));
    }

    static NpgsqlParameter Json(object? value) => new() { Value = value is null ? DBNull.Value : JsonSerializer.Serialize(value, JobJson.Options), NpgsqlDbType = NpgsqlDbType.Jsonb };
}

/// <summary>Whether a worker may go on.</summary>
public enum LeaseState
{
    /// <summary>Go on.</summary>
    Held,
    /// <summary>Undo and end.</summary>
    CancelRequested,
    /// <summary>Another worker has the job: stop, touch nothing.</summary>
    Lost,
}
