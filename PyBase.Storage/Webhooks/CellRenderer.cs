using System.Buffers;
using System.Text;
using System.Text.Json;
using Npgsql;
using PyBase.Core.Fields;
using PyBase.Core.Schema;
using PyBase.Storage.Changes;
using PyBase.Storage.Postgres;
using PyBase.Storage.Records;

namespace PyBase.Storage.Webhooks;

/// <summary>
/// Stored cells of rows that are not there any more → Airtable's v2 form: choices and links as objects, everything else as in <c>/v0</c>. PostgreSQL gives the
/// stored JSON its column types back, so that each field type writes its cells here as everywhere.
/// </summary>
sealed class CellRenderer(NpgsqlConnection connection, BaseSchema schema, CellFormat format)
{
    /// <summary>For each row, the cells that are not empty, as JSON text by field id.</summary>
    public async Task<List<Dictionary<string, string>>> RenderAsync(Table table, IReadOnlyList<StoredRow> rows, CancellationToken cancellation)
    {
        var cells = rows.Select(_ => new Dictionary<string, string>()).ToList();
        Field[] fields = [.. table.Fields.Where(field => rows.Any(row => row.TryGetValue(field.Id, out var cell) && cell.ValueKind is not JsonValueKind.Null))];
        if (fields.Length == 0)
            return cells;
        var names = await NamesAsync(fields, rows, cancellation);
        try
        {
            await RenderAsync(fields, rows, names, cells, cancellation);
        }
        catch (PostgresException other) when (other.SqlState.StartsWith("22", StringComparison.Ordinal))
        {
            // A field was of another type then: its cells are shown as they were stored.
            foreach (var (row, shown) in rows.Zip(cells))
                foreach (var field in fields)
                    if (row.TryGetValue(field.Id, out var cell) && cell.ValueKind is not JsonValueKind.Null)
                        shown[field.Id] = cell.GetRawText();
        }
        return cells;
    }

    async Task RenderAsync(Field[] fields, IReadOnlyList<StoredRow> rows, Dictionary<string, string> names, List<Dictionary<string, string>> cells, CancellationToken cancellation)
    {
        var stored = rows.Select((row, n) => fields.Where(f => row.ContainsKey(f.Id)).ToDictionary(f => f.Id, f => (object)row[f.Id]).Append(new("n", n)).ToDictionary());
        await using var command = new NpgsqlCommand($"select * from jsonb_to_recordset($1::jsonb) as t(n int{string.Concat(fields.Select(f => $", {Sql.Quote(f.Id)} {Sql.Type(f.Type.Column)}"))})", connection)
        {
            Parameters = { new() { Value = JsonSerializer.Serialize(stored) } },
        };
        var buffer = new ArrayBufferWriter<byte>();
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            for (var i = 0; i < fields.Length; i++)
            {
                if (await row.IsDBNullAsync(i + 1, cancellation))
                    continue;
                buffer.Clear();
                await using (var json = new Utf8JsonWriter(buffer, JsonFormat.Writer))
                    Write(json, row, i + 1, fields[i], names);
                cells[row.GetInt32(0)][fields[i].Id] = Encoding.UTF8.GetString(buffer.WrittenSpan);
            }
        }
    }

    void Write(Utf8JsonWriter json, NpgsqlDataReader row, int column, Field field, Dictionary<string, string> names)
    {
        switch (field.Type)
        {
            case SingleSelect select:
                WriteChoice(json, select, row.GetString(column));
                break;
            case MultipleSelects select:
                json.WriteStartArray();
                foreach (var id in row.GetFieldValue<string[]>(column))
                    WriteChoice(json, select, id);
                json.WriteEndArray();
                break;
            case MultipleRecordLinks:
                json.WriteStartArray();
                foreach (var id in row.GetFieldValue<string[]>(column))
                {
                    json.WriteStartObject();
                    json.WriteString("id", id);
                    json.WriteString("name", names.GetValueOrDefault(id, ""));
                    json.WriteEndObject();
                }
                json.WriteEndArray();
                break;
            default:
                field.Type.Write(json, row, column, format);
                break;
        }
    }

    static void WriteChoice(Utf8JsonWriter json, ISelect select, string id)
    {
        var choice = select.Choices.List.FirstOrDefault(c => c.Id == id);
        json.WriteStartObject();
        json.WriteString("id", id);
        json.WriteString("name", choice?.Name ?? id);
        if (choice is not null)
            json.WriteString("color", choice.Colour);
        json.WriteEndObject();
    }

    /// <summary>What linked records are called now, with one statement for each linked table.</summary>
    async Task<Dictionary<string, string>> NamesAsync(Field[] fields, IReadOnlyList<StoredRow> rows, CancellationToken cancellation)
    {
        var names = new Dictionary<string, string>();
        foreach (var links in fields.Where(f => f.Type is MultipleRecordLinks).GroupBy(f => ((MultipleRecordLinks)f.Type).LinkedTableId))
        {
            if (schema.Tables.FirstOrDefault(t => t.Id == links.Key) is not { } far)
                continue;
            string[] ids = [.. rows.SelectMany(row => links.SelectMany(field => row.TryGetValue(field.Id, out var cell) && cell.ValueKind is JsonValueKind.Array ? cell.EnumerateArray().Select(id => id.GetString()!) : [])).Distinct()];
            await using var command = new NpgsqlCommand($"select _id, {Sql.Column(far.Primary)} from {Sql.Table(schema.Id, far.Id)} where _id = any($1) and {Sql.Column(far.Primary)} is not null", connection) { Parameters = { new() { Value = ids } } };
            var buffer = new ArrayBufferWriter<byte>();
            await using var row = await command.ExecuteReaderAsync(cancellation);
            while (await row.ReadAsync(cancellation))
            {
                buffer.Clear();
                await using (var json = new Utf8JsonWriter(buffer, JsonFormat.Writer))
                    far.Primary.Type.Write(json, row, 1, format);
                var shown = JsonSerializer.Deserialize<JsonElement>(buffer.WrittenSpan);
                names[row.GetString(0)] = shown.ValueKind is JsonValueKind.String ? shown.GetString()! : shown.GetRawText();
            }
        }
        return names;
    }
}
