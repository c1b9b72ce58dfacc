using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using PyBase.Core.Automations;
using PyBase.Core.Errors;
using PyBase.Core.Ids;
using PyBase.Core.Permissions;
using PyBase.Core.Schema;
using PyBase.Storage.Accounts;
using PyBase.Storage.Postgres;

namespace PyBase.Storage.Automations;

/// <summary>Automations of bases, as who shapes a base sets them.</summary>
public sealed class AutomationStore(NpgsqlDataSource data, AutomationSecrets secrets, TimeProvider clock)
{
    /// <summary>Those of a base, oldest first.</summary>
    public async Task<IReadOnlyList<StoredAutomation>> ListAsync(string baseId, CancellationToken cancellation)
    {
        await using var command = data.Command($"select {StoredAutomation.Columns} from pybase.automations a where a.base = $1 order by a.created, a.id", baseId);
        return await ReadAsync(command, cancellation);
    }

    /// <summary>One of a base.</summary>
    public async Task<StoredAutomation?> FindAsync(string baseId, string id, CancellationToken cancellation)
    {
        await using var command = data.Command($"select {StoredAutomation.Columns} from pybase.automations a where a.base = $1 and a.id = $2", baseId, id);
        return (await ReadAsync(command, cancellation)).SingleOrDefault();
    }

    /// <summary>Which one listens at an address; an enabled one.</summary>
    public async Task<StoredAutomation?> FindByHookAsync(string secret, CancellationToken cancellation)
    {
        if (!Secrets.IsLink(secret))
            return null;
        await using var command = data.Command($"""
            select {StoredAutomation.Columns} from pybase.automations a join pybase.bases b on b.id = a.base and b.state = 'open'
            where a.hook_hash = $1 and a.is_enabled and a.kind = '{TriggerKind.WebhookReceived}'
            """, Secrets.Hash(secret));
        return (await ReadAsync(command, cancellation)).SingleOrDefault();
    }

    /// <summary>The enabled ones that a button begins.</summary>
    public async Task<IReadOnlyList<StoredAutomation>> OfButtonAsync(string baseId, string fieldId, CancellationToken cancellation)
    {
        await using var command = data.Command($"""
            select {StoredAutomation.Columns} from pybase.automations a where a.base = $1 and a.is_enabled and a.kind = '{TriggerKind.ButtonClicked}' and a.trigger->>'field' = $2 order by a.created, a.id
            """, baseId, fieldId);
        return await ReadAsync(command, cancellation);
    }

    /// <summary>A new one; it hears of what happens after this moment.</summary>
    public async Task<Result<StoredAutomation>> AddAsync(BaseSchema schema, Reader owner, Automation made, IReadOnlyDictionary<string, string> words, CancellationToken cancellation)
    {
        var (id, now) = (Id.New("aut"), clock.GetUtcNow());
        await using var connection = await data.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        // Two at once count one after the other.
        await ExecuteAsync(connection, "select pg_advisory_xact_lock(hashtextextended('automations of ' || $1, 0))", cancellation, schema.Id);
        var added = await ExecuteAsync(connection, """
            insert into pybase.automations (id, base, name, is_enabled, kind, trigger, conditions, actions, max_runs_per_hour, retries, secrets, owner, created, updated)
            select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13 where (select count(*) from pybase.automations where base = $2) < $14
            """, cancellation, id, schema.Id, made.Name, made.IsEnabled, made.Trigger.Kind, Json(made.Trigger.Json), Json(made.Conditions), Json(Actions(made)), made.MaxRunsPerHour, made.Retries,
            Text(secrets.Seal(words)), owner.UserId, now, Automation.MaxPerBase);
        if (added == 0)
            return AutomationErrors.TooMany;
        await ListenAsync(connection, schema, owner, id, made, begins: true, now, cancellation);
        await transaction.CommitAsync(cancellation);
        return (await FindAsync(schema.Id, id, cancellation))!;
    }

    /// <summary>Makes it another one; from now on with the rights of whoever did.</summary>
    public async Task<Result<StoredAutomation>> ChangeAsync(
        BaseSchema schema, Reader owner, StoredAutomation was, Automation becomes, IReadOnlyDictionary<string, string> words, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        await using var connection = await data.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await ExecuteAsync(connection, "select pg_advisory_xact_lock(hashtextextended('automations of ' || $1, 0))", cancellation, schema.Id);
        var changed = await ExecuteAsync(connection, """
            update pybase.automations set name = $3, is_enabled = $4, kind = $5, trigger = $6, conditions = $7, actions = $8, max_runs_per_hour = $9, retries = $10, secrets = $11, owner = $12, updated = $13
            where base = $1 and id = $2
            """, cancellation, schema.Id, was.Id, becomes.Name, becomes.IsEnabled, becomes.Trigger.Kind, Json(becomes.Trigger.Json), Json(becomes.Conditions), Json(Actions(becomes)),
            becomes.MaxRunsPerHour, becomes.Retries, Text(secrets.Seal(words)), owner.UserId, now);
        if (changed == 0)
            return AutomationErrors.NotFound;
        var begins = becomes.IsEnabled && (!was.Definition.IsEnabled || was.Definition.Trigger.Json.GetRawText() != becomes.Trigger.Json.GetRawText());
        await ListenAsync(connection, schema, owner, was.Id, becomes, begins, now, cancellation);
        await transaction.CommitAsync(cancellation);
        return (await FindAsync(schema.Id, was.Id, cancellation))!;
    }

    /// <summary>Takes it away with its runs.</summary>
    public async Task<bool> RemoveAsync(string baseId, string id, CancellationToken cancellation)
    {
        await using var command = data.Command("delete from pybase.automations where base = $1 and id = $2", baseId, id);
        return await command.ExecuteNonQueryAsync(cancellation) == 1;
    }

    /// <summary>Gives it an address at which another system asks for it; the one before works no more. Null when it is not there, or begins otherwise.</summary>
    public async Task<string?> NewHookAsync(string baseId, string id, CancellationToken cancellation)
    {
        var secret = Secrets.NewLink();
        await using var command = data.Command($"update pybase.automations set hook_hash = $3 where base = $1 and id = $2 and kind = '{TriggerKind.WebhookReceived}'", baseId, id, Secrets.Hash(secret));
        return await command.ExecuteNonQueryAsync(cancellation) == 1 ? secret : null;
    }

    /// <summary>Makes it hear from now on, or no more. Who begins to wait for records that meet conditions knows first which do already.</summary>
    static async Task ListenAsync(NpgsqlConnection connection, BaseSchema schema, Reader owner, string id, Automation made, bool begins, DateTimeOffset now, CancellationToken cancellation)
    {
        var kind = made.Trigger.Kind;
        var due = !made.IsEnabled || !TriggerKind.OfTime.Contains(kind) ? null : kind is TriggerKind.Schedule ? made.Trigger.Schedule?.Next(now) : now;
        if (begins || due is null)
            await ExecuteAsync(connection, "update pybase.automations set due = $2, looked = $3, begun = $3 where id = $1", cancellation, id, Time(due), now);
        await ExecuteAsync(connection, """
            with listening as (select exists (select from pybase.automations where base = $1 and is_enabled and kind = any($2)) as any),
            none as (delete from pybase.automation_cursors using listening where base = $1 and not listening.any)
            insert into pybase.automation_cursors (base, seen) select n.base, n.number from pybase.transaction_numbers n, listening where n.base = $1 and listening.any on conflict do nothing
            """, cancellation, schema.Id, TriggerKind.OfRecords.ToArray());
        if (!begins)
            return;
        await ExecuteAsync(connection, "update pybase.automations set since = (select number from pybase.transaction_numbers where base = $2) where id = $1", cancellation, id, schema.Id);
        await ExecuteAsync(connection, "delete from pybase.automation_members where automation = $1", cancellation, id);
        if (kind is TriggerKind.RecordMatches && schema.For(owner) is var seen && seen.Find(made.Trigger.TableId!) is { } table)
            await AutomationRecords.SeedAsync(connection, seen, table, id, made.Trigger.Matches(table), now, cancellation);
    }

    static List<JsonElement> Actions(Automation made) => [.. made.Actions.Select(a => a.Settings)];

    static async Task<List<StoredAutomation>> ReadAsync(NpgsqlCommand command, CancellationToken cancellation)
    {
        var found = new List<StoredAutomation>();
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
            found.Add(StoredAutomation.Read(row));
        return found;
    }

    internal static NpgsqlParameter Json(object? value) => new() { Value = value is null ? DBNull.Value : JsonSerializer.Serialize(value), NpgsqlDbType = NpgsqlDbType.Jsonb };

    static NpgsqlParameter Text(string? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };

    static NpgsqlParameter Time(DateTimeOffset? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz };

    static async Task<int> ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
            command.Parameters.Add(value as NpgsqlParameter ?? new() { Value = value });
        return await command.ExecuteNonQueryAsync(cancellation);
    }
}
