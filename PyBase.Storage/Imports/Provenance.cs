using System.Globalization;
using System.Text.Json;
using Npgsql;
using PyBase.Core.Fields;
using PyBase.Core.Schema;
using PyBase.Storage.Changes;
using PyBase.Storage.Permissions;
using PyBase.Storage.Postgres;

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

    /// <summary>
    /// Writes <c>{file:{id,name},job,locator,confidence,time}</c> for a record of a table that a dropped file made, as its locator says, or null: what became of its
    /// cells since is in their history.
    /// </summary>
    public async Task WriteRecordAsync(BaseSchema schema, Table table, string recordId, Utf8JsonWriter json, CancellationToken cancellation)
    {
        // A reader who may not see the place does not hear of it here.
        if (table.Find("Locator") is not { Type: SingleLineText } place)
        {
            json.WriteNullValue();
            return;
        }
        var sure = table.Find("Confidence") is { Type: Percent } confidence ? Sql.Column(confidence) : "null";
        await using var command = data.CreateCommand($"""
            select f.id, f.name, j.id, r.{Sql.Column(place)}, {sure}, j.finished
            from {Sql.Table(schema.Id, table.Id)} r cross join lateral (
                    select id, file, finished from pybase.jobs where base = $1 and kind = 'extraction' and state = 'succeeded' and result @> jsonb_build_object('tables', jsonb_build_array(jsonb_build_object('id', $2)))
                    order by finished limit 1) j join pybase.files f on f.id = j.file
            where r._id = $3 and r.{Sql.Column(place)} is not null{ReadableRows.And(schema, table, "r._id")}
            """);
        foreach (var value in (string[])[schema.Id, table.Id, recordId])
            command.Parameters.Add(new() { Value = value });
        await using var row = await command.ExecuteReaderAsync(cancellation);
        if (await row.ReadAsync(cancellation))
            WriteSource(row, null, json);
        else
            json.WriteNullValue();
    }

    /// <summary>Writes <c>[{field,file:{id,name},job,locator,confidence,time}]</c> of a record's cells.</summary>
    public async Task WriteAsync(BaseSchema schema, Table table, string recordId, Utf8JsonWriter json, CancellationToken cancellation)
    {
        await using var command = data.CreateCommand($"""
            select f.id, f.name, p.job, p.locator, p.confidence, p.time, p.field from pybase.provenance p join pybase.jobs j on j.id = p.job left join pybase.files f on f.id = j.file
            where p.table_id = $1 and p.record_id = $2{ReadableRows.And(schema, table, "p.record_id")}
            """);
        command.Parameters.Add(new() { Value = table.Id });
        command.Parameters.Add(new() { Value = recordId });
        json.WriteStartArray();
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            if (table.Find(row.GetString(6)) is not { } field)
                continue;
            WriteSource(row, field, json);
        }
        json.WriteEndArray();
    }

    static void WriteSource(NpgsqlDataReader row, Field? field, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        if (field is not null)
            json.WriteString("field", field.Id);
        json.WriteStartObject("file");
        json.WriteString("id", row.IsDBNull(0) ? null : row.GetString(0));
        json.WriteString("name", row.IsDBNull(1) ? null : row.GetString(1));
        json.WriteEndObject();
        json.WriteString("job", row.GetString(2));
        json.WriteString("locator", row.GetString(3));
        if (!row.IsDBNull(4))
            json.WriteNumber("confidence", Math.Round(Convert.ToDouble(row.GetValue(4), CultureInfo.InvariantCulture), 3));
        json.WriteString("time", row.GetDateTime(5).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        json.WriteEndObject();
    }
}
