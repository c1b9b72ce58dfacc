using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Npgsql;
using PyBase.Core.Dashboards;
using PyBase.Core.Fields;
using PyBase.Core.Queries;
using PyBase.Core.Schema;
using PyBase.Storage.Accounts;
using PyBase.Storage.Computing;
using PyBase.Storage.Queries;
using PyBase.Storage.Records;

namespace PyBase.Storage.Dashboards;

/// <summary>What a number, a chart or a pivot shows → JSON. Who asks, the table's version and the buckets are one round trip; names of linked records are another.</summary>
public sealed class BucketReader(NpgsqlDataSource data, Collaborators people, ClockReaders clocks, TimeProvider clock)
{
    /// <summary>No widget is computed longer.</summary>
    const int MaxSeconds = 5;

    /// <summary>A bucket on one level: its key as JSON and as what people read.</summary>
    sealed record Key(byte[]? Json, object? Cell)
    {
        public static readonly Key Empty = new(null, null);
    }

    sealed record Told(int Level, int[] Places, byte[] Values);

    /// <summary>
    /// Writes <c>total</c>, and with groups <c>groups</c> and <c>series</c>, into an object that is open. False, and nothing written, when <paramref name="isWanted"/> lets nobody in.
    /// </summary>
    public async Task<bool> WriteAsync(
        Asker asker, BaseSchema schema, WidgetQuestion asked, CellFormat format, Utf8JsonWriter json, Func<TableEntry, bool> isWanted, CancellationToken cancellation)
    {
        Field[] fields = [.. asked.Groups.Select(g => g.Field)];
        format = await people.FormatAsync(schema.Id, [.. asked.Named], format, cancellation);
        await clocks.NoteAsync(asked.Table!, cancellation);
        await using var connection = await data.OpenConnectionAsync(cancellation);
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { TableEntry.Ask(asker, schema.Id, asked.Table!.Id), BucketSql.Compile(schema, asked, clock.GetUtcNow()) }, Timeout = MaxSeconds };
        var keys = fields.Select(_ => new SortedDictionary<int, Key>()).ToArray();
        var told = new List<Told>();
        await using (var row = await batch.ExecuteReaderAsync(cancellation))
        {
            if (!isWanted(await TableEntry.ReadAsync(row, cancellation)))
                return false;
            await row.NextResultAsync(cancellation);
            while (await row.ReadAsync(cancellation))
                told.Add(Read(row, asked, format, keys));
        }
        var shown = new CellDisplay(asked.Zone, CultureInfo.InvariantCulture) { People = format.People };
        var names = await RecordTexts.NamesAsync(connection, schema, fields, Cells(keys), shown.Of, cancellation);
        Write(json, asked, told, keys, shown with { Records = names });
        return true;
    }

    static Told Read(NpgsqlDataReader row, WidgetQuestion asked, CellFormat format, SortedDictionary<int, Key>[] keys)
    {
        var (levels, level) = (asked.Groups.Count, row.GetInt32(0));
        var places = new int[levels];
        for (var n = 0; n < levels; n++)
        {
            places[n] = row.IsDBNull(1 + n) ? 0 : (int)row.GetInt64(1 + n);
            if (places[n] > 0 && !keys[n].ContainsKey(places[n]))
                keys[n][places[n]] = KeyOf(row, asked.Groups[n], 2 + levels + asked.Aggregates.Count + n, format);
        }
        return new Told(level, places, Json(json =>
        {
            json.WriteNumber("count", row.GetInt64(1 + levels));
            json.WriteStartArray("values");
            for (var n = 0; n < asked.Aggregates.Count; n++)
                AggregateReader.WriteValue(json, asked.Aggregates[n], row, 2 + levels + n, format);
            json.WriteEndArray();
        }));
    }

    static Key KeyOf(NpgsqlDataReader row, Bucket group, int column, CellFormat format)
    {
        if (row.IsDBNull(column))
            return Key.Empty;
        if (group.Span is not BucketSpan.None)
            return row.GetFieldValue<DateOnly>(column) is var day ? new Key(Json(json => json.WriteStringValue(day.ToString("O", CultureInfo.InvariantCulture)), isObject: false), Name(day, group.Span)) : Key.Empty;
        if (group.Step is { } step)
            return row.GetDouble(column) is var from ? new Key(Json(json => Numeric.Write(json, from), isObject: false), Name(from, step)) : Key.Empty;
        return new Key(Json(json => group.Field.Type.Write(json, row, column, format), isObject: false), RecordTexts.Cell(row, column, group.Field.Type.Column));
    }

    /// <summary>Where the next one begins is exact as long as both have the digits for it.</summary>
    static string Name(double from, double step) =>
        string.Create(CultureInfo.InvariantCulture, $"{from} – {(Math.Abs(from) < 1e15 ? (double)((decimal)from + (decimal)step) + 0.0 : from + step)}");

    static string Name(DateOnly day, BucketSpan span) => span switch
    {
        BucketSpan.Year => day.ToString("yyyy", CultureInfo.InvariantCulture),
        BucketSpan.Quarter => string.Create(CultureInfo.InvariantCulture, $"{day:yyyy} Q{(day.Month + 2) / 3}"),
        BucketSpan.Month => day.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        BucketSpan.Week => string.Create(CultureInfo.InvariantCulture, $"{ISOWeek.GetYear(day.ToDateTime(default)):0000} W{ISOWeek.GetWeekOfYear(day.ToDateTime(default)):00}"),
        _ => day.ToString("O", CultureInfo.InvariantCulture),
    };

    /// <summary>The keys as rows of cells, so that links among them can be named.</summary>
    static IEnumerable<object?[]> Cells(SortedDictionary<int, Key>[] keys) => keys.SelectMany((level, n) => level.Values.Select(key =>
    {
        var cells = new object?[keys.Length];
        cells[n] = key.Cell;
        return cells;
    }));

    static void Write(Utf8JsonWriter json, WidgetQuestion asked, List<Told> told, SortedDictionary<int, Key>[] keys, CellDisplay shown)
    {
        var levels = asked.Groups.Count;
        json.WritePropertyName("total");
        json.WriteRawValue(told.Single(t => t.Level == (1 << levels) - 1).Values);
        if (levels == 0)
            return;
        json.WriteStartArray("groups");
        foreach (var row in told.Where(t => t.Level == (1 << (levels - 1)) - 1))
        {
            WriteBucket(json, asked, 0, row.Places[0], keys[0], row.Values, shown);
            if (levels == 2)
            {
                var cells = told.Where(t => t.Level == 0 && t.Places[0] == row.Places[0]).ToDictionary(t => t.Places[1], t => t.Values);
                json.WriteStartArray("series");
                foreach (var place in keys[1].Keys)
                    if (cells.TryGetValue(place, out var values))
                        json.WriteRawValue(values);
                    else
                        json.WriteNullValue();
                json.WriteEndArray();
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
        if (levels < 2)
            return;
        json.WriteStartArray("series");
        foreach (var column in told.Where(t => t.Level == 2))
        {
            WriteBucket(json, asked, 1, column.Places[1], keys[1], column.Values, shown);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>Opens the object of a bucket.</summary>
    static void WriteBucket(Utf8JsonWriter json, WidgetQuestion asked, int level, int place, SortedDictionary<int, Key> keys, byte[] values, CellDisplay shown)
    {
        var (group, key) = (asked.Groups[level], keys[place]);
        json.WriteStartObject();
        json.WritePropertyName("key");
        json.WriteRawValue(key.Json ?? "null"u8.ToArray());
        json.WriteString("label", key.Cell switch
        {
            null => "", string text when group.Span is not BucketSpan.None || group.Step is not null => text, var cell => shown.Of(group.Field.Type, cell),
        });
        if (group.Field.Type is ISelect select && key.Cell is string id && select.Choices.List.FirstOrDefault(c => c.Id == id) is { } choice)
            json.WriteString("color", choice.Colour);
        json.WriteBoolean("isOther", place > group.Limit);
        using var told = JsonDocument.Parse(values);
        foreach (var property in told.RootElement.EnumerateObject())
            property.WriteTo(json);
    }

    static byte[] Json(Action<Utf8JsonWriter> write, bool isObject = true)
    {
        var buffer = new ArrayBufferWriter<byte>(64);
        using (var json = new Utf8JsonWriter(buffer, JsonFormat.Writer))
        {
            if (isObject)
                json.WriteStartObject();
            write(json);
            if (isObject)
                json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }
}
