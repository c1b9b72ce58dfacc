using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Npgsql;
using PyBase.Core.Fields;
using PyBase.Core.Permissions;
using PyBase.Core.Queries;
using PyBase.Core.Schema;
using PyBase.Storage.Accounts;
using PyBase.Storage.Changes;
using PyBase.Storage.Files;
using PyBase.Storage.Postgres;
using PyBase.Storage.Queries;
using PyBase.Storage.Records;
using PyBase.Storage.Schema;

namespace PyBase.Storage.Automations;

/// <summary>Records as automations see them, cells by the ids of their fields: by the rules that bind their owner, and through the same filters as lists.</summary>
public sealed class AutomationRecords(NpgsqlDataSource data, SchemaStore schemas, BaseAccess access, Collaborators people, FileLinks links, TimeProvider clock)
{
    /// <summary>How cells are shown.</summary>
    public CellFormat Format => new(id => links.PathOf(id));

    /// <summary>The records of now that meet the filter, oldest first.</summary>
    public async Task<IReadOnlyList<JsonObject>> FindAsync(BaseSchema seen, Table table, Filter? filter, IReadOnlyList<string>? ids, int limit, CancellationToken cancellation)
    {
        await using var connection = await data.OpenConnectionAsync(cancellation);
        var command = new NpgsqlBatchCommand();
        var rows = new RowsSql(seen, table, filter, null, clock.GetUtcNow(), command.Parameters);
        var range = ids is null ? null : $"t._id = any({rows.Parameter(ids.ToArray())})";
        command.CommandText = $"{Select(table)} from {rows.Source}{rows.Where(range)} order by t._number limit {limit}";
        return await ReadAsync(connection, seen, table, command, cancellation);
    }

    /// <summary>A record as the automation's owner sees it, where its conditions hold; null otherwise.</summary>
    public async Task<JsonObject?> SeenAsync(StoredAutomation automation, string tableId, string record, CancellationToken cancellation) =>
        await access.FindReaderAsync(automation.Owner, automation.Base, cancellation) is { } owner && (await schemas.FindAsync(automation.Base, cancellation))?.For(owner) is { } seen && seen.Find(tableId) is { } table
            ? (await FindAsync(seen, table, automation.Definition.ConditionsOn(table), [record], 1, cancellation)).SingleOrDefault() : null;

    /// <summary>Of rows as they were stored at some moment, those that the owner sees and that meet the filter, by id.</summary>
    internal async Task<IReadOnlyDictionary<string, JsonObject>> ShowAsync(
        NpgsqlConnection connection, BaseSchema seen, Table table, IReadOnlyCollection<StoredRow> stored, IReadOnlyList<Filter> filters, CancellationToken cancellation)
    {
        var command = new NpgsqlBatchCommand();
        command.Parameters.Add(new() { Value = JsonSerializer.Serialize(stored) });
        var filter = filters.Count == 0 ? null : filters is [var only] ? only : new Filter.Group(true, filters);
        var rows = new RowsSql(seen, table, filter, null, clock.GetUtcNow(), command.Parameters, $"jsonb_populate_recordset(null::{Sql.Table(seen.Id, table.Id)}, $1::jsonb)");
        command.CommandText = $"{Select(table)} from {rows.Source}{rows.Where()}";
        return (await ReadAsync(connection, seen, table, command, cancellation)).ToDictionary(r => (string)r["id"]!);
    }

    /// <summary>Which of the changed records meet the filter now and did not before; notes who does.</summary>
    internal async Task<IReadOnlyList<string>> EnteredAsync(NpgsqlConnection connection, BaseSchema seen, Table table, string automation, Filter? filter, string[] changed, CancellationToken cancellation)
    {
        var command = new NpgsqlCommand("", connection);
        command.Parameters.Add(new() { Value = automation });
        command.Parameters.Add(new() { Value = changed });
        var rows = new RowsSql(seen, table, filter, null, clock.GetUtcNow(), command.Parameters);
        command.CommandText = $"""
            with meets as (select t._id as id from {rows.Source}{rows.Where("t._id = any($2)")}),
            gone as (delete from pybase.automation_members m where m.automation = $1 and m.record_id = any($2) and not exists (select from meets where id = m.record_id))
            insert into pybase.automation_members (automation, record_id) select $1, id from meets on conflict do nothing returning record_id
            """;
        var entered = new List<string>();
        await using (command)
        await using (var row = await command.ExecuteReaderAsync(cancellation))
            while (await row.ReadAsync(cancellation))
                entered.Add(row.GetString(0));
        return entered;
    }

    /// <summary>Records whose moment, shifted, lies in a span of time, in its order.</summary>
    internal async Task<IReadOnlyList<(string Id, DateTimeOffset Moment)>> ReachedAsync(
        NpgsqlConnection connection, BaseSchema seen, Table table, Field field, Filter? filter, TimeZoneInfo zone, int minutes, DateTimeOffset after, DateTimeOffset until, int limit, CancellationToken cancellation)
    {
        var command = new NpgsqlCommand("", connection);
        var rows = new RowsSql(seen, table, filter, null, clock.GetUtcNow(), command.Parameters);
        var (from, to) = (rows.Parameter(after.AddMinutes(-minutes)), rows.Parameter(until.AddMinutes(-minutes)));
        var cell = $"t.{Sql.Column(field)}";
        // The column itself is compared, so that an index on it serves.
        var moment = field.Type.Column is ColumnType.Date ? $"({cell}::timestamp at time zone {rows.Parameter(zone.Id)})" : cell;
        var range = field.Type.Column is ColumnType.Date ? $"{cell} between ({from}::timestamptz - interval '1 day')::date and ({to}::timestamptz + interval '1 day')::date and {moment} > {from} and {moment} <= {to}" : $"{cell} > {from} and {cell} <= {to}";
        command.CommandText = $"select t._id, {moment} from {rows.Source}{rows.Where(range)} order by 2, 1 limit {limit}";
        var reached = new List<(string, DateTimeOffset)>();
        await using (command)
        await using (var row = await command.ExecuteReaderAsync(cancellation))
            while (await row.ReadAsync(cancellation))
                reached.Add((row.GetString(0), row.GetFieldValue<DateTimeOffset>(1).AddMinutes(minutes)));
        return reached;
    }

    /// <summary>Notes which records meet the filter already.</summary>
    internal static async Task SeedAsync(NpgsqlConnection connection, BaseSchema seen, Table table, string automation, Filter? filter, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("", connection) { CommandTimeout = 120 };
        command.Parameters.Add(new() { Value = automation });
        var rows = new RowsSql(seen, table, filter, null, now, command.Parameters);
        command.CommandText = $"insert into pybase.automation_members (automation, record_id) select $1, t._id from {rows.Source}{rows.Where()} on conflict do nothing";
        await command.ExecuteNonQueryAsync(cancellation);
    }

    static string Select(Table table) => $"select t._number, t._id, t._created, t.errors{string.Concat(table.Fields.Select(f => $", t.{Sql.Column(f)}"))}";

    async Task<IReadOnlyList<JsonObject>> ReadAsync(NpgsqlConnection connection, BaseSchema seen, Table table, NpgsqlBatchCommand command, CancellationToken cancellation)
    {
        var format = await people.FormatAsync(seen.Id, table.Fields, Format, cancellation);
        var buffer = new ArrayBufferWriter<byte>(4 * 1024);
        await using (var batch = new NpgsqlBatch(connection) { BatchCommands = { command } })
        await using (var row = await batch.ExecuteReaderAsync(cancellation))
        await using (var json = new Utf8JsonWriter(buffer, JsonFormat.Writer))
        {
            json.WriteStartArray();
            await RecordReader.WriteRecordsAsync(row, table.Fields, byFieldId: true, format, json, cancellation);
            json.WriteEndArray();
        }
        return [.. JsonNode.Parse(buffer.WrittenSpan)!.AsArray().Select(r => r!.DeepClone().AsObject())];
    }
}
