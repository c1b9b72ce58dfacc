using System.Numerics;
using System.Text.Json;
using Npgsql;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Queries;
using PyBase.Core.Schema;

namespace PyBase.Storage.Queries;

/// <summary>Groups and what is told of them → JSON.</summary>
public sealed class AggregateReader(NpgsqlDataSource data, TimeProvider clock)
{
    /// <summary>
    /// Writes <c>{count, values, groups?}</c> of all records; each of the groups is the same with its <c>value</c>, a cell in the form of <c>/v0</c> or null.
    /// Returns the table's version; one round trip.
    /// </summary>
    public async Task<Result<long>> WriteAsync(BaseSchema schema, AggregateQuery query, CellFormat format, Utf8JsonWriter json, CancellationToken cancellation)
    {
        await using var connection = await data.OpenConnectionAsync(cancellation);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("select version from pybase.table_versions where table_id = $1") { Parameters = { new() { Value = query.Table.Id } } },
                AggregateSql.Compile(schema, query, clock.GetUtcNow()),
            },
        };
        await using var row = await batch.ExecuteReaderAsync(cancellation);
        var version = await row.ReadAsync(cancellation) ? row.GetInt64(0) : 0;
        await row.NextResultAsync(cancellation);
        var (open, shown) = (-1, 0);
        while (await row.ReadAsync(cancellation))
        {
            if (++shown > AggregateQuery.MaxGroups + 1)
                return QueryErrors.TooManyGroups;
            // A key that the row does not stand for has its bit set.
            var level = query.Groups.Count - BitOperations.PopCount((uint)row.GetInt32(0));
            for (; open >= level; open--)
                Close(json, query, open);
            json.WriteStartObject();
            if (level > 0)
                WriteCell(json, "value", query.Groups[level - 1].Field, row, 1 + level, format);
            WriteValues(json, query, row, format);
            if (level < query.Groups.Count)
                json.WriteStartArray("groups");
            open = level;
        }
        // A ROLLUP over no rows has one row, that of everything.
        for (; open >= 0; open--)
            Close(json, query, open);
        return version;
    }

    static void Close(Utf8JsonWriter json, AggregateQuery query, int level)
    {
        if (level < query.Groups.Count)
            json.WriteEndArray();
        json.WriteEndObject();
    }

    static void WriteValues(Utf8JsonWriter json, AggregateQuery query, NpgsqlDataReader row, CellFormat format)
    {
        json.WriteNumber("count", row.GetInt64(1));
        json.WriteStartArray("values");
        for (var n = 0; n < query.Aggregates.Count; n++)
            WriteValue(json, query.Aggregates[n], row, 2 + query.Groups.Count + n, format);
        json.WriteEndArray();
    }

    /// <summary>What a function gave.</summary>
    internal static void WriteValue(Utf8JsonWriter json, Aggregate of, NpgsqlDataReader row, int column, CellFormat format)
    {
        if (row.IsDBNull(column))
            json.WriteNullValue();
        else if (of.Function is AggregateFunction.Earliest or AggregateFunction.Latest)
            of.Field.Type.Write(json, row, column, format);
        else if (row.GetFieldType(column) == typeof(long))
            json.WriteNumberValue(row.GetInt64(column));
        else
            Numeric.Write(json, row.GetDouble(column));
    }

    static void WriteCell(Utf8JsonWriter json, string name, Field field, NpgsqlDataReader row, int column, CellFormat format)
    {
        json.WritePropertyName(name);
        if (row.IsDBNull(column))
            json.WriteNullValue();
        else
            field.Type.Write(json, row, column, format);
    }
}
