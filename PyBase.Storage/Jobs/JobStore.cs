using System.Diagnostics;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using PyBase.Core.Errors;
using PyBase.Core.Ids;
using PyBase.Core.Imports;
using PyBase.Core.Jobs;
using PyBase.Storage.Changes;
using PyBase.Storage.Files;

namespace PyBase.Storage.Jobs;

/// <summary>A file of a drop.</summary>
public sealed record DroppedFile(string Name, string MediaType, StoredFile Stored);

/// <summary>Jobs as people see them: asked for, looked at, cancelled, retried. PostgreSQL is the truth, the bus only distributes.</summary>
public sealed class JobStore(NpgsqlDataSource data, ChangeSignals signals)
{
    const string Columns = """
        j.id, coalesce(j.base, ''), j.kind, j.queue, j.state, j.progress_done, j.progress_total, j.progress_step, j.attempts, j.created, j.started, j.finished,
        j.findings, j.error, j.result, j.trace, j.owner, j.parent, f.id, f.name, f.size, f.sha256,
        (select json_build_object('id', o.id, 'name', o.name, 'size', o.size, 'sha256', encode(o.sha256, 'hex')) from pybase.files o where j.kind = 'comparison' and o.id = j.input ->> 'other' and o.base = j.base)
        """;

    /// <summary>
    /// Records files, jobs and messages in one transaction: one job, or a bulk job with a child for each file. The same key of the same person gives the
    /// job that is there already.
    /// </summary>
    public Task<Result<Job>> EnqueueExtractionAsync(string baseId, IReadOnlyList<DroppedFile> files, string? idempotencyKey, string userId, CancellationToken cancellation) =>
        EnqueueAsync(baseId, JobKind.Extraction, "{}", files, idempotencyKey, userId, cancellation);

    /// <summary>The same for jobs of any kind, which get <paramref name="input"/>, a JSON object, to go by.</summary>
    public async Task<Result<Job>> EnqueueAsync(
        string baseId, string kind, string input, IReadOnlyList<DroppedFile> files, string? idempotencyKey, string userId, CancellationToken cancellation)
    {
        await using var connection = await data.OpenConnectionAsync(cancellation);
        if (idempotencyKey is not null && await FindByKeyAsync(connection, userId, idempotencyKey, cancellation) is { } known)
            return SameBase(known);

        var trace = Activity.Current?.Id;
        await using var batch = new NpgsqlBatch(connection);
        var main = Id.New("job");
        string? parent = null;
        if (files.Count > 1)
        {
            parent = main;
            batch.BatchCommands.Add(Command("""
                insert into pybase.jobs (id, base, kind, queue, state, progress_total, idempotency_key, trace, created_by, created, started)
                values ($1, $2, 'bulk', $3, 'running', $4, $5, $6, $7, now(), now())
                """, main, baseId, Queues.CadExtraction, (long)files.Count, idempotencyKey, trace, userId));
        }
        foreach (var file in files)
        {
            var (job, fileId, queue) = (parent is null ? main : Id.New("job"), Id.New("fil"), kind == JobKind.Import ? Queues.Imports : kind == JobKind.SnapshotRestore ? Queues.Maintenance : Queues.ForFile(file.Name));
            batch.BatchCommands.Add(Command("insert into pybase.files (id, base, name, media_type, size, sha256, created_by, created) values ($1, $2, $3, $4, $5, $6, $7, now())",
                fileId, baseId, file.Name, file.MediaType, file.Stored.Size, file.Stored.Sha256, userId));
            batch.BatchCommands.Add(Command("""
                insert into pybase.jobs (id, base, parent, kind, queue, state, file, input, progress_total, idempotency_key, trace, created_by, created)
                values ($1, $2, $3, $4, $5, 'queued', $6, $7::jsonb, $8, $9, $10, $11, now())
                """, job, baseId, parent, kind, queue, fileId, input, file.Stored.Size, parent is null ? idempotencyKey : null, trace, userId));
            batch.BatchCommands.Add(Command("insert into pybase.outbox (job, queue, due) values ($1, $2, now())", job, queue));
        }
        if (files.Count == 0)
        {
            var queueOfNone = kind is JobKind.Export or JobKind.Snapshot ? Queues.Exports : Queues.Imports;
            batch.BatchCommands.Add(Command("""
                insert into pybase.jobs (id, base, kind, queue, state, input, idempotency_key, trace, created_by, created) values ($1, $2, $3, $4, 'queued', $5::jsonb, $6, $7, $8, now())
                """, main, baseId, kind, queueOfNone, input, idempotencyKey, trace, userId));
            batch.BatchCommands.Add(Command("insert into pybase.outbox (job, queue, due) values ($1, $2, now())", main, queueOfNone));
        }
        try
        {
            await batch.ExecuteNonQueryAsync(cancellation);
        }
        catch (PostgresException twin) when (idempotencyKey is not null && twin.SqlState is PostgresErrorCodes.UniqueViolation)
        {
            return SameBase((await FindByKeyAsync(connection, userId, idempotencyKey, cancellation))!);
        }
        signals.PublishWork();
        Tell(baseId, main);
        return (await FindAsync(main, cancellation))!;

        // Whoever sends it may have lost the other base since.
        Result<Job> SameBase(Job job) => job.Base == baseId ? job : JobErrors.KeyUsedElsewhere;
    }

    /// <summary>Who started the job; null for the system, and when there is none.</summary>
    public async Task<string?> CreatorOfAsync(string id, CancellationToken cancellation)
    {
        await using var command = data.CreateCommand("select created_by from pybase.jobs where id = $1");
        command.Parameters.Add(new() { Value = id });
        return await command.ExecuteScalarAsync(cancellation) as string;
    }

    /// <summary>What a waiting job shows for a decision; null when it does not wait.</summary>
    public async Task<string?> FindPreviewAsync(string id, CancellationToken cancellation)
    {
        await using var command = data.CreateCommand("select preview from pybase.jobs where id = $1 and state = 'waiting'");
        command.Parameters.Add(new() { Value = id });
        return await command.ExecuteScalarAsync(cancellation) as string;
    }

    /// <summary>Somebody has decided: <paramref name="input"/> is joined to what the job goes by, and a worker takes it again.</summary>
    public async Task<Result<Job>> DecideAsync(string id, string input, CancellationToken cancellation)
    {
        var go = Command("""
            with again as (update pybase.jobs set state = 'queued', input = input || $2::jsonb, preview = null, attempts = 0 where id = $1 and state = 'waiting' returning id, queue)
            insert into pybase.outbox (job, queue, due) select id, queue, now() from again
            """, id, input);
        return await ChangeAsync(id, go, null, cancellation) ? await ChangedAsync(id, cancellation) : ImportErrors.NotWaiting;
    }

    /// <summary>A job about two files: the first is its own, the second stands in its input as <c>other</c>.</summary>
    public async Task<Job> EnqueueComparisonAsync(string baseId, DroppedFile before, DroppedFile after, string userId, CancellationToken cancellation)
    {
        var (job, first, second) = (Id.New("job"), Id.New("fil"), Id.New("fil"));
        await using var connection = await data.OpenConnectionAsync(cancellation);
        await using var batch = new NpgsqlBatch(connection);
        foreach (var (id, file) in ((string, DroppedFile)[])[(first, before), (second, after)])
            batch.BatchCommands.Add(Command("insert into pybase.files (id, base, name, media_type, size, sha256, created_by, created) values ($1, $2, $3, $4, $5, $6, $7, now())",
                id, baseId, file.Name, file.MediaType, file.Stored.Size, file.Stored.Sha256, userId));
        batch.BatchCommands.Add(Command("""
            insert into pybase.jobs (id, base, kind, queue, state, file, input, progress_total, trace, created_by, created)
            values ($1, $2, $3, $4, 'queued', $5, jsonb_build_object('other', $6::text), $7, $8, $9, now())
            """, job, baseId, JobKind.Comparison, Queues.ForFile(before.Name), first, second, before.Stored.Size, Activity.Current?.Id, userId));
        batch.BatchCommands.Add(Command("insert into pybase.outbox (job, queue, due) values ($1, $2, now())", job, Queues.ForFile(before.Name)));
        await batch.ExecuteNonQueryAsync(cancellation);
        signals.PublishWork();
        Tell(baseId, job);
        return (await FindAsync(job, cancellation))!;
    }

    /// <summary>A file of the base.</summary>
    public async Task<(string Name, byte[] Sha256)?> FindFileAsync(string baseId, string fileId, CancellationToken cancellation)
    {
        await using var command = data.CreateCommand("select name, sha256 from pybase.files where id = $1 and base = $2");
        command.Parameters.Add(new() { Value = fileId });
        command.Parameters.Add(new() { Value = baseId });
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation) ? (row.GetString(0), row.GetFieldValue<byte[]>(1)) : null;
    }

    /// <summary>Notes the file that an export made; returns its id.</summary>
    public async Task<string> AddExportAsync(string baseId, string name, string mediaType, StoredFile stored, string? userId, DateTimeOffset expires, CancellationToken cancellation)
    {
        var id = Id.New("fil");
        await using var command = data.CreateCommand("insert into pybase.files (id, base, name, media_type, size, sha256, created_by, created, expires) values ($1, $2, $3, $4, $5, $6, $7, now(), $8)");
        foreach (var value in (object?[])[id, baseId, name, mediaType, stored.Size, stored.Sha256, userId, expires])
            command.Parameters.Add(Parameter(value));
        await command.ExecuteNonQueryAsync(cancellation);
        return id;
    }

    /// <summary>The file that an export made, until it expires.</summary>
    public async Task<(string Name, string MediaType, byte[] Sha256)?> FindExportAsync(string fileId, CancellationToken cancellation)
    {
        await using var command = data.CreateCommand("select name, media_type, sha256 from pybase.files where id = $1 and expires > now()");
        command.Parameters.Add(new() { Value = fileId });
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation) ? (row.GetString(0), row.GetString(1), row.GetFieldValue<byte[]>(2)) : null;
    }

    /// <summary>The job with its children.</summary>
    public async Task<Job?> FindAsync(string id, CancellationToken cancellation)
    {
        await using var connection = await data.OpenConnectionAsync(cancellation);
        return await FindAsync(connection, id, cancellation);
    }

    /// <summary>Jobs of a base, newest first; <paramref name="before"/> is the id of the last one seen.</summary>
    public async Task<IReadOnlyList<Job>> ListAsync(string baseId, string? state, string? kind, string? before, int limit, CancellationToken cancellation, string? creator = null)
    {
        await using var command = data.CreateCommand($"""
            select {Columns} from pybase.jobs j left join pybase.files f on f.id = j.file
            where j.base = $1 and j.parent is null and ($2::text is null or j.state = $2) and (j.kind = $3 or $3::text is null and j.kind not in ('picture', 'automation', 'ping'))
              and ($4::text is null or (j.created, j.id) < (select created, id from pybase.jobs where id = $4))
              and ($6::text is null or j.created_by = $6)
            order by j.created desc, j.id desc limit $5
            """);
        foreach (var value in (object?[])[baseId, state, kind, before, limit, creator])
            command.Parameters.Add(Parameter(value));
        return [.. (await ReadAsync(command, cancellation)).Select(found => found.Job)];
    }

    /// <summary>Ids of the jobs of these bases that are not at their end, or came to it in the last while; the newest hundred.</summary>
    public async Task<IReadOnlyList<string>> MovingAsync(IReadOnlyCollection<string> bases, TimeSpan endedWithin, CancellationToken cancellation)
    {
        await using var command = data.CreateCommand("""
            select id from pybase.jobs where base = any($1) and parent is null and kind not in ('picture', 'automation', 'ping') and (state in ('queued', 'running') or finished > now() - $2)
            order by created desc limit 100
            """);
        command.Parameters.Add(new() { Value = bases.ToArray() });
        command.Parameters.Add(new() { Value = endedWithin });
        var ids = new List<string>();
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
            ids.Add(row.GetString(0));
        return ids;
    }

    /// <summary>
    /// Stops a job: at once when it waits, at its next sign of life when it runs. One that waits for another try may have made tables already, so it goes to a
    /// worker once more, which takes them away.
    /// </summary>
    public async Task<Result<Job>> CancelAsync(string id, CancellationToken cancellation)
    {
        var cancel = Command("""
            update pybase.jobs set cancel_requested = true,
                state = case when kind = 'bulk' or (state <> 'running' and checkpoint is null) then 'cancelled' else state end,
                finished = case when kind = 'bulk' or (state <> 'running' and checkpoint is null) then now() else finished end
            where (id = $1 or parent = $1) and state in ('queued', 'running', 'waiting')
            """, id);
        var undo = Command("""
            insert into pybase.outbox (job, queue, due) select id, queue, now() from pybase.jobs where (id = $1 or parent = $1) and state = 'queued' and cancel_requested
            """, id);
        return await ChangeAsync(id, cancel, undo, cancellation) ? await ChangedAsync(id, cancellation) : JobErrors.NotCancellable;
    }

    /// <summary>Starts an ended job again: from its beginning, or from where it was when it was parked. Of a bulk job, those children that did not succeed.</summary>
    public async Task<Result<Job>> RetryAsync(string id, CancellationToken cancellation)
    {
        var retry = Command("""
            with again as (update pybase.jobs set state = 'queued', attempts = 0, error = null, result = null, findings = '[]', owner = null, lease_until = null,
                    checkpoint = case when state = 'parked' then checkpoint end,
                    cancel_requested = false, progress_done = 0, progress_step = null, started = null, finished = null
                where (id = $1 or parent = $1) and kind <> 'bulk' and state in ('failed', 'parked', 'cancelled') returning id, queue, parent),
            reopened as (update pybase.jobs p set state = 'running', error = null, finished = null, cancel_requested = false,
                    progress_done = (select count(*) from pybase.jobs c where c.parent = p.id and c.state = 'succeeded')
                where id in (select parent from again))
            insert into pybase.outbox (job, queue, due) select id, queue, now() from again
            """, id);
        return await ChangeAsync(id, retry, null, cancellation) ? await ChangedAsync(id, cancellation) : JobErrors.NotRetryable;
    }

    /// <summary>Parks what waits in a queue, where it can be seen and retried; what runs goes on. Returns how many.</summary>
    public async Task<int> DrainAsync(string queue, CancellationToken cancellation)
    {
        var drained = new List<(string Id, string Base)>();
        await using (var command = data.CreateCommand("select id, coalesce(base, '') from pybase.jobs where queue = $1 and state = 'queued' and kind <> 'bulk'"))
        {
            command.Parameters.Add(new() { Value = queue });
            await using var row = await command.ExecuteReaderAsync(cancellation);
            while (await row.ReadAsync(cancellation))
                drained.Add((row.GetString(0), row.GetString(1)));
        }
        var parked = 0;
        foreach (var some in drained.Chunk(1_000))
        {
            string[] ids = [.. some.Select(job => job.Id)];
            var park = Command("""
                update pybase.jobs set state = 'parked', finished = now(),
                    error = jsonb_build_object('code', 'queue-drained', 'message', 'The queue was drained.', 'hint', 'Retry the job.')
                where id = any($1) and state = 'queued'
                """, [ids]);
            await using var connection = await data.OpenConnectionAsync(cancellation);
            await using var batch = new NpgsqlBatch(connection) { BatchCommands = { BulkJobs.Lock(ids), park, BulkJobs.Close(ids) } };
            await batch.ExecuteNonQueryAsync(cancellation);
            parked += (int)park.RecordsAffected;
        }
        foreach (var (id, baseId) in drained)
            Tell(baseId, id);
        return parked;
    }

    /// <summary>Changes jobs together with their bulk job; false when there was nothing to change.</summary>
    async Task<bool> ChangeAsync(string id, NpgsqlBatchCommand change, NpgsqlBatchCommand? then, CancellationToken cancellation)
    {
        await using var connection = await data.OpenConnectionAsync(cancellation);
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { BulkJobs.Lock(id), change } };
        if (then is not null)
            batch.BatchCommands.Add(then);
        batch.BatchCommands.Add(BulkJobs.Close(id));
        await batch.ExecuteNonQueryAsync(cancellation);
        signals.PublishWork();
        return change.RecordsAffected > 0;
    }

    /// <summary>Tells those who watch the base that a job is another one now.</summary>
    public void Tell(string baseId, string job) => signals.Publish(new ChangeSignal(baseId, 0, new Dictionary<string, long>(), job, Activity.Current?.Id));

    async Task<Result<Job>> ChangedAsync(string id, CancellationToken cancellation)
    {
        var job = (await FindAsync(id, cancellation))!;
        Tell(job.Base, id);
        return job;
    }

    static async Task<Job?> FindByKeyAsync(NpgsqlConnection connection, string userId, string key, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select id from pybase.jobs where created_by = $1 and idempotency_key = $2", connection);
        command.Parameters.Add(new() { Value = userId });
        command.Parameters.Add(new() { Value = key });
        return await command.ExecuteScalarAsync(cancellation) is string id ? await FindAsync(connection, id, cancellation) : null;
    }

    static async Task<Job?> FindAsync(NpgsqlConnection connection, string id, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand($"""
            select {Columns} from pybase.jobs j left join pybase.files f on f.id = j.file where j.id = $1 or j.parent = $1 order by j.created, j.id
            """, connection);
        command.Parameters.Add(new() { Value = id });
        var found = await ReadAsync(command, cancellation);
        var job = found.FirstOrDefault(f => f.Job.Id == id).Job;
        return job?.Kind == "bulk" ? job with { Children = [.. found.Where(f => f.Parent == id).Select(f => f.Job)] } : job;
    }

    static async Task<List<(Job Job, string? Parent)>> ReadAsync(NpgsqlCommand command, CancellationToken cancellation)
    {
        var jobs = new List<(Job, string?)>();
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            jobs.Add((new Job
            {
                Id = row.GetString(0), Base = row.GetString(1), Kind = row.GetString(2), Queue = row.GetString(3), State = row.GetString(4),
                Progress = new JobProgress(row.GetInt64(5), row.GetInt64(6), Text(row, 7)),
                Attempts = row.GetInt32(8), CreatedTime = row.GetFieldValue<DateTimeOffset>(9), StartedTime = Time(row, 10), FinishedTime = Time(row, 11),
                Findings = Json<IReadOnlyList<JobFinding>>(row, 12) ?? [], Error = Json<JobError>(row, 13), Result = Json<JobResult>(row, 14),
                TraceId = Text(row, 15) is { Length: 55 } trace ? trace[3..35] : null, Worker = Text(row, 16),
                File = row.IsDBNull(18) ? null : new JobFile(row.GetString(18), row.GetString(19), row.GetInt64(20), Convert.ToHexStringLower(row.GetFieldValue<byte[]>(21))),
                OtherFile = Json<JobFile>(row, 22),
            }, Text(row, 17)));
        }
        return jobs;
    }

    static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    static DateTimeOffset? Time(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);

    static T? Json<T>(NpgsqlDataReader row, int column) where T : class =>
        row.IsDBNull(column) ? null : JsonSerializer.Deserialize<T>(row.GetString(column), JobJson.Options);

    static NpgsqlBatchCommand Command(string sql, params object?[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(Parameter(value));
        return command;
    }

    static NpgsqlParameter Parameter(object? value) => value is null ? new() { Value = DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text } : new() { Value = value };
}
