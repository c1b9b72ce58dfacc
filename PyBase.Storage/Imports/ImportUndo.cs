using System.Globalization;
using System.Text.Json;
using Npgsql;
using PyBase.Core.Changes;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Records;
using PyBase.Core.Schema;
using PyBase.Storage.Changes;
using PyBase.Storage.Records;

namespace PyBase.Storage.Imports;

/// <summary>
/// Takes back what the transactions of one undo group did to a table, by the change log, newest first and one of them at a time: rows that it made go, cells that
/// it changed hold again what they held, unless somebody has changed the record since.
/// </summary>
public sealed class ImportUndo(NpgsqlDataSource data)
{
    /// <summary>The versions that the group made of the table below <paramref name="before"/>, newest first.</summary>
    public async Task<IReadOnlyList<long>> VersionsAsync(string baseId, string group, string tableId, long before, CancellationToken cancellation)
    {
        await using var command = data.CreateCommand("""
            select (versions ->> $3)::bigint as version from pybase.transactions where base = $1 and undo_group = $2 and command = 'ImportRows' and versions ? $3
              and (versions ->> $3)::bigint < $4 order by number desc
            """);
        foreach (var value in (object[])[baseId, group, tableId, before])
            command.Parameters.Add(new() { Value = value });
        var versions = new List<long>();
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
            versions.Add(row.GetInt64(0));
        return versions;
    }

    /// <summary>Takes back one of them.</summary>
    public static async Task<Error?> UndoAsync(BaseTransaction transaction, Table table, long version, CancellationToken cancellation)
    {
        var entries = await transaction.ListAsync("select kind, body, time from pybase.changes where table_id = $1 and version = $2 order by position desc",
            row => (Kind: row.GetString(0), Body: JsonSerializer.Deserialize<JsonElement>(row.GetString(1)), Time: row.GetDateTime(2)), cancellation, table.Id, version);
        foreach (var (kind, body, time) in entries)
        {
            string[] ids = body.TryGetList("ids", out var listed) ? [.. listed.Select(id => id.GetString()!)] : [];
            var undone = kind switch
            {
                ChangeKinds.RecordsCreated => await new BulkWriter(transaction).DeleteAsync(table, ids, cancellation),
                ChangeKinds.CellsChanged when !body.TryGet("far", out _) && body.TryGet("old", out var old) => await RestoreAsync(transaction, table, ids, old, time, cancellation),
                _ => null,
            };
            if (undone is not null)
                return undone;
        }
        return null;
    }

    static async Task<Error?> RestoreAsync(BaseTransaction transaction, Table table, string[] ids, JsonElement old, DateTime time, CancellationToken cancellation)
    {
        Field[] fields = [.. old.EnumerateObject().Select(property => table.Find(property.Name)).OfType<Field>().Where(field => !field.Type.IsComputed)];
        if (fields.Length == 0)
            return null;
        var untouched = (await transaction.ListAsync($"select _id from {Postgres.Sql.Table(transaction.Schema.Id, table.Id)} where _id = any($1) and _modified = $2",
            row => row.GetString(0), cancellation, ids, time)).ToHashSet();
        var columns = fields.Select(field => old.GetProperty(field.Id).EnumerateArray().Select(cell => Value(field.Type, cell)).ToArray()).ToArray();
        var isSet = Enumerable.Repeat(true, fields.Length).ToArray();
        PlannedRecord[] records = [.. ids.Index().Where(id => untouched.Contains(id.Item)).Select(id => new PlannedRecord(id.Item, [.. columns.Select(cells => cells[id.Index])], isSet))];
        if (records.Length == 0)
            return null;
        var plan = new RecordPlan(table, fields, records, new Dictionary<string, IReadOnlyList<Choice>>());
        return (await new RecordWriter(transaction).UpdateAsync(plan, cancellation)).TryGet(out _, out var error) ? null : error;
    }

    /// <summary>A cell of the log as its field stores it.</summary>
    static object? Value(FieldType type, JsonElement cell) => cell.ValueKind is JsonValueKind.Null ? null : type.Column switch
    {
        ColumnType.Number => cell.ValueKind is JsonValueKind.Number ? cell.GetDouble() : double.Parse(cell.GetString()!, CultureInfo.InvariantCulture),
        ColumnType.Boolean => cell.GetBoolean(),
        ColumnType.Date => DateOnly.Parse(cell.GetString()!, CultureInfo.InvariantCulture),
        ColumnType.Instant => DateTime.Parse(cell.GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal),
        ColumnType.Ids => cell.EnumerateArray().Select(item => item.GetString()!).ToArray(),
        // Of files the writer wants the ids.
        ColumnType.Json when type is MultipleAttachments => cell.EnumerateArray().Select(file => file.GetText("id")!).ToArray(),
        ColumnType.Json => cell.GetRawText(),
        _ => cell.GetString(),
    };
}
