using System.Data;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Npgsql;
using PyBase.Core.Accounts;
using PyBase.Core.Automations;
using PyBase.Core.Changes;
using PyBase.Core.Fields;
using PyBase.Core.Permissions;
using PyBase.Core.Queries;
using PyBase.Core.Schema;
using PyBase.Storage.Changes;
using PyBase.Storage.Postgres;
using PyBase.Storage.Schema;

namespace PyBase.Storage.Automations;

/// <summary>
/// Goes through a base's transactions from where its automations stopped, and begins those that listen to what happened. Where they stopped and what begins is one
/// transaction: nothing is heard twice or missed, whoever dies. Two who look at once pass each other by.
/// </summary>
public sealed class AutomationScan(NpgsqlDataSource data, AutomationRecords records, SchemaStore schemas, ChangeSignals signals, TimeProvider clock, ILogger<AutomationScan> logger)
    : ChangePulse(signals, clock, logger)
{
    /// <summary>Transactions looked at in one go.</summary>
    const int Step = 200;

    /// <summary>One record that something happened to.</summary>
    sealed record Happening(long Number, string TableId, long Version, string Kind, string Record, IReadOnlyDictionary<string, JsonElement?> Before, bool IsForm, string? View, int Depth);

    /// <summary>Looks at the next transactions of every base that has some; true when there is more.</summary>
    protected override async Task<bool> AdvanceAsync(CancellationToken cancellation)
    {
        var bases = new List<string>();
        await using (var command = data.CreateCommand("""
            select c.base from pybase.automation_cursors c join pybase.transaction_numbers n on n.base = c.base join pybase.bases b on b.id = c.base and b.state = 'open'
            where n.number > c.seen limit 50
            """))
        await using (var row = await command.ExecuteReaderAsync(cancellation))
            while (await row.ReadAsync(cancellation))
                bases.Add(row.GetString(0));
        var isMore = bases.Count == 50;
        foreach (var baseId in bases)
            try
            {
                isMore |= await AdvanceAsync(baseId, cancellation);
            }
            catch (Exception problem) when (!cancellation.IsCancellationRequested)
            {
                // The automations of one base must not keep those of others waiting.
                Logger.LogError(problem, "The automations of {Base} cannot be begun now; trying again", baseId);
            }
        return isMore;
    }

    async Task<bool> AdvanceAsync(string baseId, CancellationToken cancellation)
    {
        try
        {
            if (await schemas.FindAsync(baseId, cancellation) is not { } schema)
                return false;
            await using var connection = await data.OpenConnectionAsync(cancellation);
            // One snapshot: the rows of now and the log of how they came about belong together.
            await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
            if (await EnterAsync(connection, baseId, cancellation) is not var (seen, head))
                return false;
            var until = Math.Min(head, seen + Step);
            var automations = await ListeningAsync(connection, baseId, cancellation);
            var happenings = await ReadAsync(connection, baseId, seen, until, [.. automations.Select(a => a.Automation.Definition.Trigger.TableId!).Distinct()], cancellation);
            var begun = 0;
            foreach (var (automation, reader) in automations)
                begun += await BeginAsync(connection, schema.For(reader), automation, happenings, cancellation);
            await using (var command = new NpgsqlCommand("update pybase.automation_cursors set seen = $2 where base = $1", connection) { Parameters = { new() { Value = baseId }, new() { Value = until } } })
                await command.ExecuteNonQueryAsync(cancellation);
            await transaction.CommitAsync(cancellation);
            if (begun > 0)
                Signals.PublishWork();
            return until < head;
        }
        catch (PostgresException other) when (other.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn)
        {
            // Somebody else looked at the same moment, or the definitions are others by now: the next look sees it.
            return false;
        }
    }

    static async Task<(long Seen, long Head)?> EnterAsync(NpgsqlConnection connection, string baseId, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("""
            select c.seen, n.number from pybase.automation_cursors c join pybase.transaction_numbers n on n.base = c.base where c.base = $1 and n.number > c.seen for update of c skip locked
            """, connection) { Parameters = { new() { Value = baseId } } };
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation) ? (row.GetInt64(0), row.GetInt64(1)) : null;
    }

    /// <summary>Those that listen to records, with the one whose rights they have; whose owner has left hear nothing.</summary>
    static async Task<List<(StoredAutomation Automation, Reader Reader)>> ListeningAsync(NpgsqlConnection connection, string baseId, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand($"""
            select {StoredAutomation.Columns}, u.email, m.role from pybase.automations a join catalog.bases b on b.id = a.base
            join catalog.members m on m.workspace_id = b.workspace_id and m.user_id = a.owner join catalog.users u on u.id = a.owner
            where a.base = $1 and a.is_enabled and a.kind = any($2) order by a.created, a.id
            """, connection) { Parameters = { new() { Value = baseId }, new() { Value = TriggerKind.OfRecords.ToArray() } } };
        var found = new List<(StoredAutomation, Reader)>();
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
            if (Roles.Parse(row.GetString(row.FieldCount - 1)) is { } role)
                found.Add((StoredAutomation.Read(row), new Reader(row.GetString(9), row.GetString(row.FieldCount - 2), role)));
        return found;
    }

    static async Task<List<Happening>> ReadAsync(NpgsqlConnection connection, string baseId, long after, long until, string[] tables, CancellationToken cancellation)
    {
        // Of deleted rows only the ids: they can be large.
        await using var command = new NpgsqlCommand("""
            select t.number, t.command = 'SubmitForm', t.mutation, case when t.source = 'automation' then (select depth from pybase.automation_runs where id = t.undo_group) end,
                c.table_id, c.version, c.kind, c.body - 'rows'
            from pybase.transactions t cross join lateral jsonb_each_text(t.versions) v
            join pybase.changes c on c.table_id = v.key and c.version = v.value::bigint and c.time = t.time
            where t.base = $1 and t.number > $2 and t.number <= $3 and c.table_id = any($4) and c.kind in ('recordsCreated', 'recordsDeleted', 'cellsChanged')
            order by t.number, c.table_id, c.position
            """, connection) { Parameters = { new() { Value = baseId }, new() { Value = after }, new() { Value = until }, new() { Value = tables } } };
        var found = new List<Happening>();
        var created = new HashSet<(long, string)>();
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            var (number, kind, body) = (row.GetInt64(0), row.GetString(6), JsonSerializer.Deserialize<JsonElement>(row.GetString(7)));
            if (!body.TryGetList("ids", out var ids))
                continue;
            var old = body.TryGet("old", out var values) && values.ValueKind is JsonValueKind.Object ? values.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.EnumerateArray().ToArray()) : [];
            string[] computed = body.TryGetList("computed", out var named) ? [.. named.Select(f => f.GetString()!)] : [];
            foreach (var (n, id) in ids.Select(id => id.GetString()!).Index())
            {
                if (kind is ChangeKinds.RecordsCreated)
                    created.Add((number, id));
                else if (kind is ChangeKinds.CellsChanged && created.Contains((number, id)))
                    continue;
                var before = new Dictionary<string, JsonElement?>();
                foreach (var (field, was) in old)
                    before[field] = was[n];
                foreach (var field in computed)
                    before.TryAdd(field, null);
                found.Add(new Happening(number, row.GetString(4), row.GetInt64(5), kind, id, before, row.GetBoolean(1), row.IsDBNull(2) ? null : row.GetString(2), row.IsDBNull(3) ? 0 : row.GetInt32(3) + 1));
            }
        }
        return found;
    }

    async Task<int> BeginAsync(NpgsqlConnection connection, BaseSchema seen, StoredAutomation automation, List<Happening> all, CancellationToken cancellation)
    {
        var trigger = automation.Definition.Trigger;
        if (seen.Find(trigger.TableId!) is not { } table)
            return 0;
        var mine = all.Where(h => h.Number > automation.Since && h.TableId == table.Id && Wants(trigger, table, h)).ToList();
        if (trigger.Kind is TriggerKind.RecordMatches && mine.Count > 0)
        {
            var entered = await records.EnteredAsync(connection, seen, table, automation.Id, trigger.Matches(table), [.. mine.Select(h => h.Record).Distinct()], cancellation);
            // Told with the last change: that is the one after which it meets them.
            mine = [.. entered.Select(id => mine.Last(h => h.Record == id))];
        }
        if (mine.Count == 0)
            return 0;
        var firings = new List<Firing>();
        foreach (var (happening, record) in await ShownAsync(connection, seen, table, automation, mine, cancellation))
        {
            var told = new JsonObject { ["kind"] = trigger.Kind, ["table"] = new JsonObject { ["id"] = table.Id, ["name"] = table.Name }, ["record"] = record };
            firings.Add(new Firing($"{happening.Number}:{happening.Record}", happening.Record, told, happening.Depth));
        }
        return (await Firings.BeginAsync(connection, automation, firings, Clock.GetUtcNow(), cancellation)).Count;
    }

    static bool Wants(AutomationTrigger trigger, Table table, Happening h) => trigger.Kind switch
    {
        TriggerKind.RecordCreated => h.Kind is ChangeKinds.RecordsCreated,
        TriggerKind.FormSubmitted => h.Kind is ChangeKinds.RecordsCreated && h.IsForm && (trigger.ViewId is not { } form || form == h.View),
        TriggerKind.RecordDeleted => h.Kind is ChangeKinds.RecordsDeleted,
        TriggerKind.RecordMatches => h.Kind is not ChangeKinds.RecordsDeleted,
        // What the owner may not see does not tell him anything either.
        TriggerKind.RecordUpdated => h.Kind is ChangeKinds.CellsChanged && h.Before.Keys.Any(f => table.Find(f) is not null && (trigger.FieldIds?.Contains(f) ?? true)),
        TriggerKind.FieldChanged => h.Kind is ChangeKinds.CellsChanged && h.Before.ContainsKey(trigger.FieldId!) && table.Find(trigger.FieldId!) is not null,
        _ => false,
    };

    /// <summary>The records as they were right after what happened, or before they were deleted, where the trigger's and the automation's conditions hold.</summary>
    async Task<List<(Happening, JsonObject)>> ShownAsync(NpgsqlConnection connection, BaseSchema seen, Table table, StoredAutomation automation, List<Happening> mine, CancellationToken cancellation)
    {
        var history = await TableHistory.ReadAsync(connection, seen.Id, table.Id,
            mine.GroupBy(At).ToDictionary(g => g.Key, g => (IReadOnlyCollection<string>)[.. g.Select(h => h.Record)]), cancellation);
        var trigger = automation.Definition.Trigger;
        Filter[] after = [.. ((Filter?[])[automation.Definition.ConditionsOn(table), trigger.Kind is TriggerKind.FieldChanged ? trigger.Changes(table, "to") : null]).OfType<Filter>()];
        var from = trigger.Kind is TriggerKind.FieldChanged ? trigger.Changes(table, "from") : null;
        var shown = new List<(Happening, JsonObject)>();
        // A record may be there several times: each time in a statement of its own.
        foreach (var round in mine.GroupBy(h => h.Record).SelectMany(g => g.Index()).GroupBy(h => h.Index, h => h.Item))
        {
            var rows = round.Select(h => (Happening: h, Row: history.GetValueOrDefault(At(h))?.GetValueOrDefault(h.Record))).Where(r => r.Row is not null).ToList();
            if (rows.Count == 0)
                continue;
            var now = await records.ShowAsync(connection, seen, table, [.. rows.Select(r => r.Row!)], after, cancellation);
            var was = from is null ? now : await records.ShowAsync(connection, seen, table, [.. rows.Select(r => Before(r.Row!, trigger.FieldId!, r.Happening))], [from], cancellation);
            shown.AddRange(rows.Where(r => now.ContainsKey(r.Happening.Record) && was.ContainsKey(r.Happening.Record)).Select(r => (r.Happening, now[r.Happening.Record])));
        }
        return [.. shown.OrderBy(s => s.Item1.Number)];

        static long At(Happening h) => h.Kind is ChangeKinds.RecordsDeleted ? h.Version - 1 : h.Version;
    }

    static StoredRow Before(StoredRow row, string field, Happening happening)
    {
        var before = new StoredRow(row);
        before.Remove(field);
        if (happening.Before[field] is { } was)
            before[field] = was;
        return before;
    }
}
