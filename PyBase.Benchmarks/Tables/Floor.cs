using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Npgsql;

namespace PyBase.Benchmarks.Tables;

/// <summary>The least that a page costs: one statement of the driver, each cell written as JSON, nothing else.</summary>
static class Floor
{
    public static readonly JsonWriterOptions Options = new() { SkipValidation = true };

    public static async Task PageAsync(Workbench bench, PartsTable table, double amount)
    {
        await using var command = bench.Data.CreateCommand(
            $"select _id, _created, {table.Columns} from {table.Sql} where \"{table["Amount"]}\" > $1 order by \"{table["Amount"]}\" nulls first, _number limit 100");
        command.Parameters.Add(new() { Value = amount });
        await using var row = await command.ExecuteReaderAsync();
        var buffer = new ArrayBufferWriter<byte>(32 * 1024);
        await using var json = new Utf8JsonWriter(buffer, Options);
        json.WriteStartArray();
        while (await row.ReadAsync())
            WriteRow(json, row);
        json.WriteEndArray();
        await json.FlushAsync();
    }

    public static void WriteRow(Utf8JsonWriter json, NpgsqlDataReader row)
    {
        json.WriteStartObject();
        for (var c = 0; c < row.FieldCount; c++)
            if (!row.IsDBNull(c))
                Write(json, row, c);
        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, NpgsqlDataReader row, int column)
    {
        json.WritePropertyName(row.GetName(column));
        var type = row.GetFieldType(column);
        if (type == typeof(string))
            json.WriteStringValue(row.GetString(column));
        else if (type == typeof(double))
            json.WriteNumberValue(row.GetDouble(column));
        else if (type == typeof(bool))
            json.WriteBooleanValue(row.GetBoolean(column));
        else if (type == typeof(DateOnly))
            json.WriteStringValue(row.GetFieldValue<DateOnly>(column).ToString("O", CultureInfo.InvariantCulture));
        else if (type == typeof(DateTime))
            json.WriteStringValue(row.GetDateTime(column));
        else
        {
            json.WriteStartArray();
            foreach (var item in row.GetFieldValue<string[]>(column))
                json.WriteStringValue(item);
            json.WriteEndArray();
        }
    }
}
