using System.Globalization;
using System.Text.Json;
using Npgsql;
using PyBase.Core.Fields;
using PyBase.Core.Queries;
using PyBase.Core.Schema;
using PyBase.Storage.Accounts;
using PyBase.Storage.Computing;
using PyBase.Storage.Postgres;
using PyBase.Storage.Queries;

namespace PyBase.Storage.Records;

/// <summary>Rows → JSON in the form of <c>/v0</c>, straight from the driver's buffer.</summary>
public sealed class RecordReader(NpgsqlDataSource data, Collaborators people, ClockReaders clocks, TimeProvider clock)
{
    /// <summary>Where a page ends.</summary>
    /// <param name="Version">The table's version; the rows are at least that new.</param>
    /// <param name="Last">The last row's place, when there are more.</param>
    /// <param name="Shown">How many rows there are on it.</param>
    /// <param name="Stale">Computed fields of the table some of whose cells are still to be made true.</param>
    public readonly record struct Page(long Version, Position? Last, int Shown, IReadOnlyList<string> Stale);

    /// <summary>
    /// A page ends early after so many bytes: it is kept in memory whole, so that neither a connection nor a lock on the table lasts as long as a slow client.
    /// </summary>
    public const long MaxPageBytes = 8 << 20;

    /// <summary>The table's version now.</summary>
    public async Task<long> VersionAsync(string tableId, CancellationToken cancellation)
    {
        await using var command = data.CreateCommand("select version from pybase.table_versions where table_id = $1");
        command.Parameters.Add(new() { Value = tableId });
        return (long?)await command.ExecuteScalarAsync(cancellation) ?? 0;
    }

    /// <summary>Writes the records of one page as JSON array elements. Version and rows are one round trip.</summary>
    /// <param name="schema">The base.</param>
    /// <param name="query">The page.</param>
    /// <param name="format">How cells are shown.</param>
    /// <param name="json">Where to.</param>
    /// <param name="isWanted">Gets the table's version before the first row; false ends the page there.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async Task<Page> WritePageAsync(BaseSchema schema, RecordQuery query, CellFormat format, Utf8JsonWriter json, Func<long, bool> isWanted, CancellationToken cancellation)
    {
        format = await people.FormatAsync(schema.Id, query.Fields, format, cancellation);
        await clocks.NoteAsync(query.Table, cancellation);
        var take = (int)Math.Min(query.PageSize, query.Remaining);
        await using var connection = await data.OpenConnectionAsync(cancellation);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("select version, (select array_agg(distinct f) from pybase.stale s, unnest(s.fields) f where s.table_id = $1) from pybase.table_versions where table_id = $1")
                {
                    Parameters = { new() { Value = query.Table.Id } },
                },
                WithComments(query, PageSql.Compile(schema, query, clock.GetUtcNow(), take + 1)),
            },
        };
        var texts = format.Display is { } display ? new RecordTexts(schema, query.Fields, query.ByFieldId, display) : null;
        Page page;
        await using (var row = await batch.ExecuteReaderAsync(cancellation))
            page = await ReadPageAsync(row, query, take, format, json, texts, isWanted, cancellation);
        if (texts is not null)
            await texts.WriteAsync(connection, json, format.People, cancellation);
        return page;
    }

    static async Task<Page> ReadPageAsync(
        NpgsqlDataReader row, RecordQuery query, int take, CellFormat format, Utf8JsonWriter json, RecordTexts? texts, Func<long, bool> isWanted, CancellationToken cancellation)
    {
        var page = await row.ReadAsync(cancellation) ? new Page(row.GetInt64(0), null, 0, row.IsDBNull(1) ? [] : row.GetFieldValue<string[]>(1)) : new Page(0, null, 0, []);
        if (!isWanted(page.Version) || take == 0)
            return page;
        await row.NextResultAsync(cancellation);
        Position? last = null;
        var count = 0;
        while (await row.ReadAsync(cancellation))
        {
            // One more than fits: there is another page.
            if (last is not null)
                return page with { Last = query.Remaining > count ? last : null, Shown = count };
            int? comments = query.ShowsCommentCounts ? row.GetInt32(row.FieldCount - 1) : null;
            if (texts is null)
                WriteRecord(json, row, query.Fields, query.ByFieldId, format, comments);
            else
                texts.Add(row, ErrorsOf(row), comments);
            if (++count == take || json.BytesCommitted + json.BytesPending + (texts?.Size ?? 0) > MaxPageBytes)
                last = PageSql.PositionOf(row, query);
        }
        return page with { Shown = count };
    }

    /// <summary>The page's statement with a last column more, when the query asks for it.</summary>
    static NpgsqlBatchCommand WithComments(RecordQuery query, NpgsqlBatchCommand page)
    {
        if (query.ShowsCommentCounts)
        {
            page.Parameters.Add(new() { Value = query.Table.Id });
            page.CommandText = $"select paged.*, (select count(*)::int from pybase.comments said where said.table_id = ${page.Parameters.Count} and said.record_id = paged._id) from ({page.CommandText}) paged";
        }
        return page;
    }

    /// <summary>One record whose cells are text; false when it is not there.</summary>
    public async Task<bool> WriteTextsAsync(BaseSchema schema, Table table, string id, bool byFieldId, CellFormat format, Utf8JsonWriter json, CancellationToken cancellation)
    {
        format = await people.FormatAsync(schema.Id, table.Fields, format, cancellation);
        await using var connection = await data.OpenConnectionAsync(cancellation);
        var texts = new RecordTexts(schema, table.Fields, byFieldId, format.Display!);
        await using (var command = new NpgsqlCommand($"select t._number, t._id, t._created, t.errors{Columns(table.Fields)} from {Sql.Table(schema.Id, table.Id)} t where t._id = $1", connection) { Parameters = { new() { Value = id } } })
        {
            await using var row = await command.ExecuteReaderAsync(cancellation);
            if (!await row.ReadAsync(cancellation))
                return false;
            texts.Add(row, ErrorsOf(row), null);
        }
        await texts.WriteAsync(connection, json, format.People, cancellation);
        return true;
    }

    /// <summary>Writes these records in this order; those that are not there are left out. Returns how many were.</summary>
    public async Task<int> WriteRecordsAsync(string baseId, Table table, IReadOnlyList<string> ids, bool byFieldId, CellFormat format, Utf8JsonWriter json, CancellationToken cancellation)
    {
        format = await people.FormatAsync(baseId, table.Fields, format, cancellation);
        await using var connection = await data.OpenConnectionAsync(cancellation);
        return await WriteRecordsAsync(connection, baseId, table, table.Fields, ids, byFieldId, format, json, cancellation);
    }

    /// <summary>The same on a given connection.</summary>
    public static async Task<int> WriteRecordsAsync(NpgsqlConnection connection, string baseId, Table table, IReadOnlyList<Field> fields, IReadOnlyList<string> ids,
        bool byFieldId, CellFormat format, Utf8JsonWriter json, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { Rows(baseId, table, fields, ids).Command } };
        await using var row = await batch.ExecuteReaderAsync(cancellation);
        return await WriteRecordsAsync(row, fields, byFieldId, format, json, cancellation);
    }

    /// <summary>These records in this order, for whoever runs the statement among others.</summary>
    internal static Statement Rows(string baseId, Table table, IReadOnlyList<Field> fields, IReadOnlyList<string> ids) => new($"""
        select t._number, t._id, t._created, t.errors{Columns(fields)} from unnest($1) with ordinality as wanted(id, place)
        join {Sql.Table(baseId, table.Id)} t on t._id = wanted.id order by wanted.place
        """, [ids.ToArray()]);

    internal static async Task<int> WriteRecordsAsync(NpgsqlDataReader row, IReadOnlyList<Field> fields, bool byFieldId, CellFormat format, Utf8JsonWriter json, CancellationToken cancellation)
    {
        var count = 0;
        for (; await row.ReadAsync(cancellation); count++)
            WriteRecord(json, row, fields, byFieldId, format);
        return count;
    }

    /// <summary><c>{"id","createdTime","fields":{…}}</c>; an empty cell is absent.</summary>
    static void WriteRecord(Utf8JsonWriter json, NpgsqlDataReader row, IReadOnlyList<Field> fields, bool byFieldId, CellFormat format, int? comments = null)
    {
        json.WriteStartObject();
        json.WriteString("id", row.GetString(1));
        json.WriteString("createdTime", row.GetDateTime(2).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        if (comments is { } count)
            json.WriteNumber("commentCount", count);
        json.WriteStartObject("fields");
        Dictionary<string, string>? errors = null;
        for (var i = 0; i < fields.Count; i++)
        {
            var isEmpty = row.IsDBNull(i + FirstField);
            var failure = isEmpty && fields[i].Type.CanFail ? (errors ??= ErrorsOf(row)).GetValueOrDefault(fields[i].Id) : null;
            if (isEmpty && failure is null)
                continue;
            json.WritePropertyName(byFieldId ? fields[i].Id : fields[i].Name);
            if (failure is null)
                fields[i].Type.Write(json, row, i + FirstField, format);
            else
                WriteFailure(json, failure);
        }
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Columns of a page before those of its fields: <c>_number, _id, _created, errors</c>.</summary>
    internal const int FirstField = 4;

    /// <summary>What stands in the row's cells in place of values, by field.</summary>
    static Dictionary<string, string> ErrorsOf(NpgsqlDataReader row) =>
        row.IsDBNull(3) ? [] : JsonSerializer.Deserialize<Dictionary<string, string>>(row.GetString(3))!;

    static void WriteFailure(Utf8JsonWriter json, string code)
    {
        json.WriteStartObject();
        json.WriteString("error", code);
        json.WriteEndObject();
    }

    static string Columns(IReadOnlyList<Field> fields) => string.Concat(fields.Select(f => $", {Sql.Column(f)}"));
}
