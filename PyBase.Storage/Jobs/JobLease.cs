using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Npgsql;
using NpgsqlTypes;
using PyBase.Core.Jobs;
using PyBase.Storage.Changes;
using PyBase.Storage.Notifications;

namespace PyBase.Storage.Jobs;

/// <summary>The work that a lease is for.</summary>
/// <param name="CancelRequested">Somebody cancelled it before or while its last worker died: there is nothing to do but to undo.</param>
public sealed record JobWork(
    string Id, string Base, string Kind, string Queue, string? Parent, string? FileName, byte[]? Sha256, long FileSize, string? CreatedBy, int Attempt,
    JsonElement? Checkpoint, string? Trace, bool CancelRequested);

/// <summary>A file of a drop of several, and the job that reads it.</summary>
public sealed record DropFile(string Job, string Name, byte[] Sha256, long Size);

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
        Tell(work.Id);
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

    /// <summary>
    /// The same inside a transaction that takes back: also of a job that was cancelled. False when the lease is lost.
    /// </summary>
    public async Task<bool> UndoingAsync(BaseTransaction transaction, object checkpoint, CancellationToken cancellation) =>
        await transaction.ExecuteAsync("update pybase.jobs set checkpoint = $3, lease_until = now() + $4 where id = $1 and owner = $2 and state = 'running'",
            cancellation, work.Id, owner, Json(checkpoint), Length) == 1;

    /// <summary>Leaves the job to a person who decides on the preview. False when it is not this worker's any more, or was cancelled.</summary>
    public async Task<bool> WaitAsync(IReadOnlyList<JobFinding> findings, JsonNode preview, CancellationToken cancellation)
    {
        await using var command = data.CreateCommand("""
            update pybase.jobs set state = 'waiting', findings = $3, preview = $4, owner = null, lease_until = null, progress_done = progress_total, progress_step = 'waiting for a decision'
            where id = $1 and owner = $2 and state = 'running' and not cancel_requested
            """);
        Add(command, work.Id, owner, Json(findings), new NpgsqlParameter { Value = preview.ToJsonString(), NpgsqlDbType = NpgsqlDbType.Jsonb });
        var waits = await command.ExecuteNonQueryAsync(cancellation) == 1;
        TellEnd();
        return waits;
    }

    /// <summary>The job turns out to be one of another kind: it starts again as that, as long as it has done nothing.</summary>
    public async Task BecomeAsync(string kind, CancellationToken cancellation)
    {
        await using var command = data.CreateCommand("""
            with back as (update pybase.jobs set kind = $3, state = 'queued', owner = null, lease_until = null, attempts = attempts - 1
                where id = $1 and owner = $2 and state = 'running' and checkpoint is null returning id, queue)
            insert into pybase.outbox (job, queue, due) select id, queue, now() from back
            """);
        Add(command, work.Id, owner, kind);
        await command.ExecuteNonQueryAsync(cancellation);
        signals.PublishWork();
    }

    /// <summary>What the job was asked to do.</summary>
    public async Task<JsonElement> ReadInputAsync(CancellationToken cancellation)
    {
        await using var command = data.CreateCommand("select input from pybase.jobs where id = $1");
        Add(command, work.Id);
        return JsonSerializer.Deserialize<JsonElement>((string)(await command.ExecuteScalarAsync(cancellation))!);
    }

    /// <summary>The files that came in one drop with this job's, its own among them, in an order that is the same for each; none for a file that came alone.</summary>
    public async Task<IReadOnlyList<DropFile>> ReadDropAsync(CancellationToken cancellation)
    {
        await using var command = data.CreateCommand("select j.id, f.name, f.sha256, f.size from pybase.jobs j join pybase.files f on f.id = j.file where j.parent = $1 order by f.name, j.id");
        Add(command, work.Parent);
        var files = new List<DropFile>();
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
            files.Add(new DropFile(row.GetString(0), row.GetString(1), row.GetFieldValue<byte[]>(2), row.GetInt64(3)));
        return files;
    }

    /// <summary>What the job has done so far, as its transactions said.</summary>
    public async Task<JsonElement?> ReadCheckpointAsync(CancellationToken cancellation)
    {
        await using var command = data.CreateCommand("select checkpoint from pybase.jobs where id = $1");
        Add(command, work.Id);
        return await command.ExecuteScalarAsync(cancellation) is string text ? JsonSerializer.Deserialize<JsonElement>(text) : null;
    }

    /// <summary>
    /// The end, in the words of <see cref="JobState"/>. False when the job is not this worker's any more, and for a success also when somebody cancelled it in
    /// the last moment: they were told that it would be undone.
    /// </summary>
    public async Task<bool> FinishAsync(string state, IReadOnlyList<JobFinding> findings, JobError? error, JobResult? result, CancellationToken cancellation)
    {
        await using var connection = await data.OpenConnectionAsync(cancellation);
        await using var batch = new NpgsqlBatch(connection);
        var ended = await FinishAsync(batch, state, findings, error, result, cancellation);
        TellEnd();
        return ended;
    }

    /// <summary>
    /// The end of a job whose work <paramref name="transaction"/> takes back: both or neither. False when the job is not this worker's any more. After the
    /// commit the caller tells (<see cref="TellEnd"/>).
    /// </summary>
    public async Task<bool> FinishUndoneAsync(BaseTransaction transaction, string state, IReadOnlyList<JobFinding> findings, JobError? error, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(await transaction.ConnectionAsync(cancellation));
        return await FinishAsync(batch, state, findings, error, null, cancellation);
    }

    async Task<bool> FinishAsync(NpgsqlBatch batch, string state, IReadOnlyList<JobFinding> findings, JobError? error, JobResult? result, CancellationToken cancellation)
    {
        var finish = new NpgsqlBatchCommand("""
            update pybase.jobs set state = $3, findings = $4, error = $5, result = $6, finished = now(), lease_until = null,
                checkpoint = case when $3 in ('failed', 'cancelled') then null else checkpoint end,
                -- A token of another service is kept as long as somebody may need it.
                input = case when $3 = 'parked' then input else input - 'sealed' end,
                progress_done = case when $3 = 'succeeded' then progress_total else progress_done end
            where id = $1 and owner = $2 and state = 'running' and ($3 <> 'succeeded' or not cancel_requested)
            """);
        foreach (var value in (object?[])[work.Id, owner, state, Json(findings), Json(error), Json(result)])
            finish.Parameters.Add(value as NpgsqlParameter ?? new() { Value = value });
        if (work.Parent is not null)
            batch.BatchCommands.Add(BulkJobs.Lock(work.Id));
        batch.BatchCommands.Add(finish);
        if (work.Parent is not null)
            batch.BatchCommands.Add(BulkJobs.Close(work.Id));
        batch.BatchCommands.Add(NotificationWriter.End(work.Id));
        await batch.ExecuteNonQueryAsync(cancellation);
        return finish.RecordsAffected == 1;
    }

    /// <summary>Tells those who watch the base that the job, and with it its bulk job, is another one now.</summary>
    public void TellEnd()
    {
        Tell(work.Id);
        if (work.Parent is not null)
            Tell(work.Parent);
        signals.PublishNotified();
    }

    /// <summary>Puts the job back for a later try. A try that came to no end through nobody's fault (<paramref name="counts"/> is false) is none.</summary>
    public async Task RetryLaterAsync(TimeSpan delay, JobError error, bool counts, CancellationToken cancellation)
    {
        await using var command = data.CreateCommand("""
            with back as (update pybase.jobs set state = 'queued', owner = null, lease_until = null, error = $4, attempts = attempts - $5
                where id = $1 and owner = $2 and state = 'running' returning id, queue)
            insert into pybase.outbox (job, queue, due) select id, queue, now() + $3 from back
            """);
        Add(command, work.Id, owner, delay, Json(error), counts ? 0 : 1);
        await command.ExecuteNonQueryAsync(cancellation);
        Tell(work.Id);
    }

    void Tell(string job) => signals.Publish(new ChangeSignal(work.Base, 0, new Dictionary<string, long>(), job, Activity.Current?.Id));

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
