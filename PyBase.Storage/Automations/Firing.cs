using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Npgsql;
using NpgsqlTypes;
using PyBase.Core.Automations;
using PyBase.Core.Ids;
using PyBase.Core.Jobs;

namespace PyBase.Storage.Automations;

/// <summary>Something that begins an automation.</summary>
/// <param name="Source">What it is, in words that say the same when it is found again.</param>
/// <param name="Record">The record that it is about.</param>
/// <param name="Trigger">What actions find under <c>trigger</c>.</param>
/// <param name="Depth">How many automations caused each other before.</param>
sealed record Firing(string Source, string? Record, JsonObject Trigger, int Depth = 0);

/// <summary>Turns what begins automations into runs and their jobs, in the transaction that found it.</summary>
static class Firings
{
    static readonly JobError Limited = new(AutomationErrors.TooManyRuns.Code, AutomationErrors.TooManyRuns.Message, AutomationErrors.TooManyRuns.Hint);
    static readonly JobError Loop = new("automation-loop", $"Automations caused each other {Automation.MaxDepth} times; this is where it ends.", "Let one of them pass over what an automation wrote.");

    /// <summary>Begins a run for each that was not begun before; what is too much is counted, one line an hour. Returns the ids of the new runs.</summary>
    public static async Task<IReadOnlyList<string>> BeginAsync(
        NpgsqlConnection connection, StoredAutomation automation, IReadOnlyList<Firing> firings, DateTimeOffset now, CancellationToken cancellation, bool isTest = false)
    {
        Firing[] deep = [.. firings.Where(f => f.Depth > Automation.MaxDepth)], wanted = [.. firings.Except(deep)];
        await RefuseAsync(connection, automation, "loop", deep, Loop, now, cancellation);
        if (wanted.Length == 0)
            return [];
        await using var command = new NpgsqlCommand("""
            with free as (select greatest(0, $9 - (select count(*) from pybase.automation_runs where automation = $1 and created > $8 - interval '1 hour' and state <> 'refused' and not is_test)) as count),
            begun as (
                insert into pybase.automation_runs (id, automation, source, state, is_test, depth, record_id, trigger, created)
                select v.id, $1, v.source, 'queued', $10, v.depth, v.record, v.trigger, $8
                from unnest($3, $4, $5, $6, $7) with ordinality as v(id, source, record, depth, trigger, place), free where $10 or v.place <= free.count
                on conflict (automation, source) do nothing returning id),
            jobs as (
                insert into pybase.jobs (id, base, kind, queue, state, input, trace, created_by, created)
                select 'job' || substr(id, 4), $2, $11, $12, 'queued', jsonb_build_object('run', id), $13, $14, now() from begun returning id, queue),
            sent as (insert into pybase.outbox (job, queue, due) select id, queue, now() from jobs)
            select id, (select count from free) from begun right join (select 1) one on true
            """, connection);
        var ids = wanted.Select(_ => Id.New("run")).ToArray();
        foreach (var value in (object[])[automation.Id, automation.Base, ids, wanted.Select(f => f.Source).ToArray(),
            new NpgsqlParameter { Value = wanted.Select(f => f.Record).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text }, wanted.Select(f => f.Depth).ToArray(),
            new NpgsqlParameter { Value = wanted.Select(f => f.Trigger.ToJsonString()).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb },
            now, (long)automation.Definition.MaxRunsPerHour, isTest, JobKind.Automation, Queues.Automations,
            new NpgsqlParameter { Value = (object?)Activity.Current?.Id ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text }, automation.Owner])
            command.Parameters.Add(value as NpgsqlParameter ?? new() { Value = value });
        var (begun, free) = (new List<string>(), 0L);
        await using (var row = await command.ExecuteReaderAsync(cancellation))
            while (await row.ReadAsync(cancellation))
            {
                free = row.GetInt64(1);
                if (!row.IsDBNull(0))
                    begun.Add(row.GetString(0));
            }
        if (!isTest && wanted.Length > free)
            await RefuseAsync(connection, automation, "limit", wanted[(int)free..], Limited, now, cancellation);
        return begun;
    }

    static async Task RefuseAsync(NpgsqlConnection connection, StoredAutomation automation, string why, Firing[] refused, JobError error, DateTimeOffset now, CancellationToken cancellation)
    {
        if (refused.Length == 0)
            return;
        await using var command = new NpgsqlCommand("""
            insert into pybase.automation_runs (id, automation, source, state, depth, count, record_id, trigger, error, created, finished)
            values ($1, $2, $3, 'refused', $4, $5, $6, $7, $8, $9, $9)
            on conflict (automation, source) do update set count = automation_runs.count + excluded.count, finished = excluded.finished
            """, connection);
        foreach (var value in (object[])[Id.New("run"), automation.Id, $"{why}:{now.UtcDateTime.ToString("yyyy-MM-dd'T'HH", CultureInfo.InvariantCulture)}", refused[0].Depth, (long)refused.Length,
            new NpgsqlParameter { Value = (object?)refused[0].Record ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
            new NpgsqlParameter { Value = refused[0].Trigger.ToJsonString(), NpgsqlDbType = NpgsqlDbType.Jsonb },
            new NpgsqlParameter { Value = JsonSerializer.Serialize(error, JobJson.Options), NpgsqlDbType = NpgsqlDbType.Jsonb }, now])
            command.Parameters.Add(value as NpgsqlParameter ?? new() { Value = value });
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
