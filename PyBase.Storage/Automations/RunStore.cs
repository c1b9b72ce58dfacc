using System.Text.Json;
using System.Text.Json.Nodes;
using Npgsql;
using NpgsqlTypes;
using PyBase.Core.Automations;
using PyBase.Core.Errors;
using PyBase.Core.Jobs;
using PyBase.Storage.Changes;
using PyBase.Storage.Jobs;
using PyBase.Storage.Postgres;

namespace PyBase.Storage.Automations;

/// <summary>A run in a worker's hands.</summary>
/// <param name="Id"><c>run…</c></param>
/// <param name="Automation">What it does.</param>
/// <param name="IsTest">Nothing is kept or sent.</param>
/// <param name="Trigger">What began it.</param>
/// <param name="CreatedTime">When it was begun.</param>
/// <param name="Steps">What was done already, by step.</param>
public sealed record RunWork(string Id, StoredAutomation Automation, bool IsTest, JsonObject Trigger, DateTimeOffset CreatedTime, IReadOnlyDictionary<string, RunStep> Steps);

/// <summary>Some runs, newest first, and where to go on.</summary>
public sealed record RunPage(IReadOnlyList<AutomationRun> Runs, string? Cursor);

/// <summary>Runs of automations and what they did, step by step.</summary>
public sealed class RunStore(NpgsqlDataSource data, JobStore jobs, ChangeSignals signals, TimeProvider clock)
{
    const int Page = 50;

    // A job that was given up is a run that failed; one whose job is not at its end yet is not either.
    const string Select = """
        select r.id, case when j.state in ('parked', 'cancelled') then 'failed' when r.state = 'failed' and j.state in ('queued', 'running') then 'running' else r.state end, r.is_test, r.depth, r.count, r.record_id, coalesce(r.error, j.error), r.created, r.finished
        """;

    const string From = "from pybase.automation_runs r left join pybase.jobs j on j.id = 'job' || substr(r.id, 4)";

    /// <summary>Begins a run by hand, by a button or because another system asked. The id of the run; null when this was begun before.</summary>
    public async Task<Result<string?>> BeginAsync(StoredAutomation automation, string source, string? record, JsonObject trigger, bool isTest, CancellationToken cancellation)
    {
        await using var connection = await data.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var begun = await Firings.BeginAsync(connection, automation, [new Firing(source, record, trigger)], clock.GetUtcNow(), cancellation, isTest);
        await transaction.CommitAsync(cancellation);
        signals.PublishWork();
        if (begun is [var id])
            return id;
        await using var command = data.Command("select id from pybase.automation_runs where automation = $1 and source = $2", automation.Id, source);
        return await command.ExecuteScalarAsync(cancellation) is string known ? known : AutomationErrors.TooManyRuns;
    }

    /// <summary>Runs of an automation, newest first.</summary>
    public async Task<Result<RunPage>> ListAsync(string automation, string? cursor, CancellationToken cancellation)
    {
        if (!TimeCursor.TryOpen(cursor, "run", out var last))
            return AutomationErrors.InvalidCursor;
        await using var command = data.Command($"""
            {Select} {From} where r.automation = $1 {(last is null ? "" : "and (r.created, r.id) < ($2, $3)")} order by r.created desc, r.id desc limit {Page + 1}
            """, last is { } at ? [automation, at.Created, at.Id] : [automation]);
        var runs = new List<AutomationRun>();
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
            runs.Add(Read(row));
        return new RunPage([.. runs.Take(Page)], runs.Count > Page ? TimeCursor.Seal(runs[Page - 1].CreatedTime, runs[Page - 1].Id) : null);
    }

    /// <summary>A run with what began it and all its steps.</summary>
    public async Task<AutomationRun?> FindAsync(string automation, string id, CancellationToken cancellation)
    {
        await using var batch = data.CreateBatch();
        batch.Add($"{Select}, r.trigger {From} where r.automation = $1 and r.id = $2", automation, id);
        batch.Add($"{Steps} where run = $1 order by started, step", id);
        await using var row = await batch.ExecuteReaderAsync(cancellation);
        if (!await row.ReadAsync(cancellation))
            return null;
        var run = Read(row) with { Trigger = JsonSerializer.Deserialize<JsonElement>(row.GetString(9)) };
        await row.NextResultAsync(cancellation);
        return run with { Steps = await StepsAsync(row, cancellation) };
    }

    /// <summary>Does a failed run once more, from the step that failed.</summary>
    public async Task<Error?> RetryAsync(string automation, string id, CancellationToken cancellation)
    {
        await using var command = data.Command($"""
            update pybase.automation_runs set state = 'queued', error = null, finished = null where id = (select r.id {From}
                where r.automation = $1 and r.id = $2 and (r.state = 'failed' and j.state = 'failed' or j.state in ('parked', 'cancelled')))
            """, automation, id);
        if (await command.ExecuteNonQueryAsync(cancellation) == 0)
            return await FindAsync(automation, id, cancellation) is null ? AutomationErrors.RunNotFound : AutomationErrors.NotRetryable;
        return (await jobs.RetryAsync("job" + id[3..], cancellation)).Error;
    }

    /// <summary>The run as its worker needs it; null when it or its automation is gone.</summary>
    public async Task<RunWork?> LoadAsync(string id, CancellationToken cancellation)
    {
        await using var batch = data.CreateBatch();
        batch.Add($"select {StoredAutomation.Columns}, r.is_test, r.trigger, r.created from pybase.automation_runs r join pybase.automations a on a.id = r.automation where r.id = $1", id);
        batch.Add($"{Steps} where run = $1", id);
        batch.Add("update pybase.automation_runs set state = 'running' where id = $1 and state in ('queued', 'waiting')", id);
        await using var row = await batch.ExecuteReaderAsync(cancellation);
        if (!await row.ReadAsync(cancellation))
            return null;
        var (automation, first) = (StoredAutomation.Read(row), row.FieldCount - 3);
        var (isTest, trigger, created) = (row.GetBoolean(first), JsonNode.Parse(row.GetString(first + 1))!.AsObject(), row.GetFieldValue<DateTimeOffset>(first + 2));
        await row.NextResultAsync(cancellation);
        return new RunWork(id, automation, isTest, trigger, created, (await StepsAsync(row, cancellation)).ToDictionary(s => s.Step));
    }

    /// <summary>Notes a step as it is now.</summary>
    public async Task SaveAsync(string run, string step, string kind, string state, JsonNode? input, JsonNode? output, JobError? error, DateTimeOffset? due, CancellationToken cancellation)
    {
        await using var command = data.CreateCommand("""
            insert into pybase.automation_steps (run, step, kind, state, input, output, error, due, started, finished)
            select id, $2, $3, $4, $5, $6, $7, $8, $9, case when $4 in ('succeeded', 'failed') then $9 end from pybase.automation_runs where id = $1
            on conflict (run, step) do update set state = excluded.state, input = excluded.input, output = excluded.output, error = excluded.error, due = excluded.due, finished = excluded.finished
            """);
        foreach (var value in (object[])[run, step, kind, state, Json(input), Json(output), Json(error), Time(due), clock.GetUtcNow()])
            command.Parameters.Add(value as NpgsqlParameter ?? new() { Value = value });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>How the run stands.</summary>
    public async Task EndAsync(string run, string state, JobError? error, CancellationToken cancellation)
    {
        await using var command = data.CreateCommand("update pybase.automation_runs set state = $2, error = $3, finished = case when $2 in ('succeeded', 'failed') then $4::timestamptz end where id = $1");
        foreach (var value in (object[])[run, state, Json(error), clock.GetUtcNow()])
            command.Parameters.Add(value as NpgsqlParameter ?? new() { Value = value });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    const string Steps = "select step, kind, state, input, output, error, due, started, finished from pybase.automation_steps";

    static async Task<IReadOnlyList<RunStep>> StepsAsync(NpgsqlDataReader row, CancellationToken cancellation)
    {
        var steps = new List<RunStep>();
        while (await row.ReadAsync(cancellation))
            steps.Add(new RunStep(row.GetString(0), row.GetString(1), row.GetString(2), Element(row, 3), Element(row, 4), Error(row, 5), Moment(row, 6), row.GetFieldValue<DateTimeOffset>(7), Moment(row, 8)));
        return steps;
    }

    static AutomationRun Read(NpgsqlDataReader row) => new()
    {
        Id = row.GetString(0), State = row.GetString(1), IsTest = row.GetBoolean(2), Depth = row.GetInt32(3), Count = row.GetInt64(4), Record = row.IsDBNull(5) ? null : row.GetString(5),
        Error = Error(row, 6), CreatedTime = row.GetFieldValue<DateTimeOffset>(7), FinishedTime = Moment(row, 8),
    };

    static JsonElement? Element(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : JsonSerializer.Deserialize<JsonElement>(row.GetString(column));

    static JobError? Error(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : JsonSerializer.Deserialize<JobError>(row.GetString(column), JobJson.Options);

    static DateTimeOffset? Moment(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);

    static NpgsqlParameter Json(JsonNode? value) => new() { Value = (object?)value?.ToJsonString() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Jsonb };

    static NpgsqlParameter Json(JobError? value) => new() { Value = value is null ? DBNull.Value : JsonSerializer.Serialize(value, JobJson.Options), NpgsqlDbType = NpgsqlDbType.Jsonb };

    static NpgsqlParameter Time(DateTimeOffset? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz };
}
