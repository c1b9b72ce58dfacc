using System.Text.Json;
using Npgsql;
using PyBase.Core.Schema;
using PyBase.Storage.Changes;
using PyBase.Storage.Permissions;

namespace PyBase.Storage.Imports;

/// <summary>A cell and where it stands in a file.</summary>
public readonly record struct CellSource(string RecordId, string FieldId, string Locator, double Confidence);

/// <summary>Where cells come from that a drawing filled; the newest source of a cell counts.</summary>
public sealed class Provenance(NpgsqlDataSource data)
{
    /// <summary>Notes the sources of cells that this transaction writes for a job.</summary>
    public static Task NoteAsync(BaseTransaction transaction, string tableId, string job, IReadOnlyList<CellSource> cells, CancellationToken cancellation) => cells.Count == 0 ? Task.CompletedTask : transaction.ExecuteAsync("""
        insert into pybase.provenance (table_id, record_id, field, job, locator, confidence, time)
        select $1, r, f, $2, l, c, $7 from unnest($3, $4, $5, $6) as v(r, f, l, c)
        on conflict (table_id, record_id, field) do update set job = excluded.job, locator = excluded.locator, confidence = excluded.confidence, time = excluded.time
        """, cancellation, tableId, job, cells.Select(c => c.RecordId).ToArray(), cells.Select(c => c.FieldId).ToArray(), cells.Select(c => c.Locator).ToArray(), cells.Select(c => c.Confidence).ToArray(), transaction.Time);

    /// <summary>Writes <c>[{field,file:{id,name},job,locator,confidence,time}]</c> of a record's cells.</summary>
    public async Task WriteAsync(BaseSchema schema, Table table, string recordId, Utf8JsonWriter json, CancellationToken cancellation)
    {
        await using var command = data.CreateCommand($"""
            select p.field, f.id, f.name, p.job, p.locator, p.confidence, p.time from pybase.provenance p join pybase.jobs j on j.id = p.job left join pybase.files f on f.id = j.file
            where p.table_id = $1 and p.record_id = $2{ReadableRows.And(schema, table, "p.record_id")}
            """);
        command.Parameters.Add(new() { Value = table.Id });
        command.Parameters.Add(new() { Value = recordId });
        json.WriteStartArray();
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            if (table.Find(row.GetString(0)) is not { } field)
                continue;
            json.WriteStartObject();
            json.WriteString("field", field.Id);
            json.WriteStartObject("file");
            json.WriteString("id", row.IsDBNull(1) ? null : row.GetString(1));
            json.WriteString("name", row.IsDBNull(2) ? null : row.GetString(2));
            json.WriteEndObject();
            json.WriteString("job", row.GetString(3));
            json.WriteString("locator", row.GetString(4));
            json.WriteNumber("confidence", Math.Round(row.GetFloat(5), 3));
            json.WriteString("time", row.GetDateTime(6).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture));
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
