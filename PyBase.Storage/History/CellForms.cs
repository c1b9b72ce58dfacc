using System.Buffers;
using System.Text;
using System.Text.Json;
using Npgsql;
using PyBase.Core.Fields;
using PyBase.Storage.Postgres;
using PyBase.Storage.Records;

namespace PyBase.Storage.History;

/// <summary>A cell as it stands in the log, and the type that it is of.</summary>
readonly record struct LoggedCell(FieldType Type, JsonElement Value);

/// <summary>Logged cells → the form of <c>/v0</c>. PostgreSQL gives the stored JSON its column type back, so that each field type writes it as it writes a row's.</summary>
sealed class CellForms(NpgsqlConnection connection, CellFormat format)
{
    /// <summary>JSON text for each cell, null for an empty one; one statement for each kind of column.</summary>
    public async Task<string?[]> RenderAsync(IReadOnlyList<LoggedCell> cells, CancellationToken cancellation)
    {
        var shown = new string?[cells.Count];
        // What the column cannot hold was written when the field was of another type: it is shown as it was stored.
        foreach (var (n, cell) in cells.Index().Where(c => c.Item.Value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined) && !StoredCells.Fits(c.Item.Type.Column, c.Item.Value)))
            shown[n] = cell.Value.GetRawText();
        foreach (var alike in cells.Index().Where(c => shown[c.Index] is null && c.Item.Value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined)).GroupBy(c => c.Item.Type.Column))
            try
            {
                await RenderAsync(alike.Key, [.. alike], shown, cancellation);
            }
            catch (PostgresException other) when (other.SqlState.StartsWith("22", StringComparison.Ordinal))
            {
                // Nor could it be told by its form.
                foreach (var (n, cell) in alike)
                    shown[n] = cell.Value.GetRawText();
            }
        return shown;
    }

    async Task RenderAsync(ColumnType column, (int Index, LoggedCell Item)[] cells, string?[] shown, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand($"select n, v from jsonb_to_recordset($1::jsonb) as t(n int, v {Sql.Type(column)})", connection)
        {
            Parameters = { new() { Value = JsonSerializer.Serialize(cells.Select((cell, n) => new { n, v = cell.Item.Value })) } },
        };
        var buffer = new ArrayBufferWriter<byte>();
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            if (await row.IsDBNullAsync(1, cancellation))
                continue;
            var (index, cell) = cells[row.GetInt32(0)];
            buffer.Clear();
            await using (var json = new Utf8JsonWriter(buffer, JsonFormat.Writer))
                cell.Type.Write(json, row, 1, format);
            shown[index] = Encoding.UTF8.GetString(buffer.WrittenSpan);
        }
    }
}
