using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;
using PyBase.Core.Automations;
using PyBase.Core.Permissions;
using PyBase.Core.Schema;
using PyBase.Storage.Accounts;
using PyBase.Storage.Changes;
using PyBase.Storage.Postgres;
using PyBase.Storage.Schema;

namespace PyBase.Storage.Automations;

/// <summary>Settings <c>Automations</c>.</summary>
public sealed class AutomationOptions
{
    /// <summary>How often is looked whether a moment in a cell is reached, or a drawing was read.</summary>
    public TimeSpan LookEvery { get; set; } = TimeSpan.FromSeconds(20);
}

/// <summary>
/// Begins what the clock begins: schedules, moments in cells, and drawings that were read. What was looked at is noted in the transaction that begins it, and each span
/// reaches a little into the one before, for what was committed late; nothing begins twice.
/// </summary>
public sealed class AutomationClock(
    NpgsqlDataSource data, AutomationRecords records, SchemaStore schemas, BaseAccess access, ChangeSignals signals, IOptions<AutomationOptions> options, TimeProvider clock,
    ILogger<AutomationClock> logger) : Pulse(clock, logger)
{
    static readonly TimeSpan Overlap = TimeSpan.FromMinutes(1);
    const int Most = 1_000;

    /// <summary>Looks at all that are due; true when there may be more.</summary>
    protected override async Task<bool> AdvanceAsync(CancellationToken cancellation)
    {
        for (var n = 0; n < 100; n++)
            if (!await AdvanceOneAsync(cancellation))
                return false;
        return true;
    }

    async Task<bool> AdvanceOneAsync(CancellationToken cancellation)
    {
        var now = Clock.GetUtcNow();
        await using var connection = await data.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        if (await TakeAsync(connection, now, cancellation) is not { } automation)
            return false;
        try
        {
            await BeginAsync(connection, automation, now, cancellation);
            await transaction.CommitAsync(cancellation);
        }
        catch (Exception problem) when (!cancellation.IsCancellationRequested)
        {
            // One that cannot be looked after must not keep others waiting.
            Logger.LogError(problem, "{Automation} cannot be begun now; trying again", automation.Id);
            await transaction.RollbackAsync(cancellation);
            await using var later = data.Command("update pybase.automations set due = $2 where id = $1 and due <= $3", automation.Id, now + TimeSpan.FromMinutes(1), now);
            await later.ExecuteNonQueryAsync(cancellation);
        }
        return true;
    }

    async Task BeginAsync(NpgsqlConnection connection, StoredAutomation automation, DateTimeOffset now, CancellationToken cancellation)
    {
        var (firings, looked) = await LookAsync(connection, automation, now, cancellation);
        var begun = await Firings.BeginAsync(connection, automation, firings, now, cancellation);
        // A schedule that was missed, however often, is made up for once.
        var next = automation.Definition.Trigger is { Kind: TriggerKind.Schedule } trigger ? trigger.Schedule?.Next(now) : now + options.Value.LookEvery;
        await using (var command = new NpgsqlCommand("update pybase.automations set due = $2, looked = $3 where id = $1", connection)
        {
            Parameters = { new() { Value = automation.Id }, new() { Value = (object?)next ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz }, new() { Value = looked } },
        })
            await command.ExecuteNonQueryAsync(cancellation);
        // The dispatcher looks four times a second by itself; the word comes a little before the commit.
        if (begun.Count > 0)
            signals.PublishWork();
    }

    static async Task<StoredAutomation?> TakeAsync(NpgsqlConnection connection, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand($"""
            select {StoredAutomation.Columns} from pybase.automations a join pybase.bases b on b.id = a.base and b.state = 'open' where a.due <= $1 order by a.due limit 1 for update of a skip locked
            """, connection) { Parameters = { new() { Value = now } } };
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation) ? StoredAutomation.Read(row) : null;
    }

    async Task<(IReadOnlyList<Firing> Firings, DateTimeOffset Looked)> LookAsync(NpgsqlConnection connection, StoredAutomation automation, DateTimeOffset now, CancellationToken cancellation)
    {
        var trigger = automation.Definition.Trigger;
        if (trigger.Kind is TriggerKind.Schedule)
            return ([new Firing($"schedule:{Moment(automation.Due!.Value)}", null, new JsonObject { ["kind"] = trigger.Kind, ["scheduledTime"] = Moment(automation.Due.Value) })], now);
        var after = (automation.Looked ?? now) - Overlap;
        if (trigger.Kind is TriggerKind.ExtractionFinished)
            return (await ExtractionsAsync(connection, automation, after, now, cancellation), now);
        if (await access.FindReaderAsync(automation.Owner, automation.Base, cancellation) is not { } reader || await schemas.FindAsync(automation.Base, cancellation) is not { } schema
            || schema.For(reader) is not { } seen || seen.Find(trigger.TableId!) is not { } table || table.Find(trigger.FieldId!) is not { } field)
            return ([], now);
        var reached = await records.ReachedAsync(connection, seen, table, field, automation.Definition.ConditionsOn(table), trigger.TimeZone, trigger.OffsetMinutes,
            Later(after, automation.Begun), now, Most, cancellation);
        var shown = (await records.FindAsync(seen, table, null, [.. reached.Select(r => r.Id)], Most, cancellation)).ToDictionary(r => (string)r["id"]!);
        Firing[] firings = [.. reached.Where(r => shown.ContainsKey(r.Id)).Select(r => new Firing($"date:{r.Id}:{Moment(r.Moment)}", r.Id, new JsonObject
        {
            ["kind"] = trigger.Kind, ["table"] = new JsonObject { ["id"] = table.Id, ["name"] = table.Name }, ["record"] = shown[r.Id].DeepClone(), ["moment"] = Moment(r.Moment),
        }))];
        return (firings, reached.Count == Most ? reached[^1].Moment : now);
    }

    static async Task<IReadOnlyList<Firing>> ExtractionsAsync(NpgsqlConnection connection, StoredAutomation automation, DateTimeOffset after, DateTimeOffset until, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("""
            select j.id, f.id, f.name, j.finished, j.result -> 'tables', (select min(p.confidence) from pybase.provenance p where p.job = j.id) as sure
            from pybase.jobs j left join pybase.files f on f.id = j.file
            where j.base = $1 and j.kind = 'extraction' and j.state = 'succeeded' and j.finished > $2 and j.finished <= $3
              and (select min(p.confidence) from pybase.provenance p where p.job = j.id) < $4 limit 1000
            """, connection)
        {
            Parameters = { new() { Value = automation.Base }, new() { Value = Later(after, automation.Begun) }, new() { Value = until }, new() { Value = (float)automation.Definition.Trigger.Below } },
        };
        var firings = new List<Firing>();
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
            firings.Add(new Firing($"extraction:{row.GetString(0)}:{Moment(row.GetFieldValue<DateTimeOffset>(3))}", null, new JsonObject
            {
                ["kind"] = TriggerKind.ExtractionFinished, ["job"] = row.GetString(0),
                ["file"] = row.IsDBNull(1) ? null : new JsonObject { ["id"] = row.GetString(1), ["name"] = row.GetString(2) },
                ["tables"] = row.IsDBNull(4) ? null : JsonNode.Parse(row.GetString(4)), ["confidence"] = Math.Round(row.GetFloat(5), 3),
            }));
        return firings;
    }

    /// <summary>What was before the automation began is none of its business.</summary>
    static DateTimeOffset Later(DateTimeOffset after, DateTimeOffset? begun) => begun > after ? begun.Value : after;

    static string Moment(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
