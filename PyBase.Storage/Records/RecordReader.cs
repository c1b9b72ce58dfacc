using System.Text.Json;
using Npgsql;
using PyBase.Core.Fields;
using PyBase.Core.Queries;
using PyBase.Core.Schema;
using PyBase.Storage.Accounts;
using PyBase.Storage.Computing;
using PyBase.Storage.Connections;
using PyBase.Storage.Permissions;
using PyBase.Storage.Postgres;
using PyBase.Storage.Queries;

namespace PyBase.Storage.Records;

/// <summary>Rows → JSON in the form of <c>/v0</c>, straight from the driver's buffer.</summary>
public sealed partial class RecordReader(NpgsqlDataSource data, Standby standby, Collaborators people, ClockReaders clocks, TimeProvider clock)
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

    /// <summary>No page reads longer, whatever it asks.</summary>
    const int MaxSeconds = 5;

    /// <summary>What the asker is at the table, without reading it.</summary>
    public async Task<TableEntry> EntryAsync(Asker asker, string baseId, string tableId, CancellationToken cancellation)
    {
        await using var connection = await data.OpenConnectionAsync(cancellation);
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { TableEntry.Ask(asker, baseId, tableId) } };
        await using var row = await batch.ExecuteReaderAsync(cancellation);
        return await TableEntry.ReadAsync(row, cancellation);
    }

    /// <summary>The table's version now.</summary>
    public async Task<long> VersionAsync(string tableId, CancellationToken cancellation)
    {
        await using var command = data.CreateCommand("select version from pybase.table_versions where table_id = $1");
        command.Parameters.Add(new() { Value = tableId });
        return (long?)await command.ExecuteScalarAsync(cancellation) ?? 0;
    }

    /// <summary>Writes the records of one page. Who asks, the table's version and the rows are one round trip.</summary>
    /// <param name="asker">Who wants to read.</param>
    /// <param name="schema">The base.</param>
    /// <param name="query">The page.</param>
    /// <param name="format">How cells are shown.</param>
    /// <param name="output">Where to.</param>
    /// <param name="isWanted">Gets what the asker is before the first row; false ends the page there.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async Task<Page> WritePageAsync(
        Asker asker, BaseSchema schema, RecordQuery query, CellFormat format, RecordOutput output, Func<TableEntry, bool> isWanted, CancellationToken cancellation)
    {
        format = await people.FormatAsync(schema.Id, query.Fields, format, cancellation);
        await clocks.NoteAsync(query.Table, cancellation);
        var take = (int)Math.Min(query.PageSize, query.Remaining);
        await using var connection = await data.OpenConnectionAsync(cancellation);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands = { TableEntry.Ask(asker, schema.Id, query.Table.Id), WithComments(query, PageSql.Compile(schema, query, clock.GetUtcNow(), take + 1)) },
            Timeout = MaxSeconds,
        };
        var texts = format.Display is { } display ? new RecordTexts(schema, query.Fields, query.ByFieldId, display, format.IsForStrangers) : null;
        Page page;
        await using (var row = await batch.ExecuteReaderAsync(cancellation))
            page = await ReadPageAsync(row, query, take, texts is null ? new RowWriter(query.Fields, query.ByFieldId, format) : null, output, texts, isWanted, cancellation);
        if (texts is not null)
            await texts.WriteAsync(connection, output, format.People, cancellation);
        return page;
    }

    static async Task<Page> ReadPageAsync(NpgsqlDataReader row, RecordQuery query, int take, RowWriter? writer, RecordOutput output, RecordTexts? texts,
        Func<TableEntry, bool> isWanted, CancellationToken cancellation)
    {
        var entry = await TableEntry.ReadAsync(row, cancellation);
        return await ReadRowsAsync(row, entry, query, take, writer, output, texts, isWanted, cancellation);
    }

    /// <summary>The rows, which are the next result.</summary>
    static async Task<Page> ReadRowsAsync(NpgsqlDataReader row, TableEntry entry, RecordQuery query, int take, RowWriter? writer, RecordOutput output, RecordTexts? texts,
        Func<TableEntry, bool> isWanted, CancellationToken cancellation)
    {
        var page = new Page(entry.Version, null, 0, entry.Stale);
        if (!isWanted(entry) || take == 0)
            return page;
        await row.NextResultAsync(cancellation);
        var (last, count) = ((Position?)null, 0);
        while (await row.ReadAsync(cancellation))
        {
            // One more than fits: there is another page.
            if (last is not null)
                return page with { Last = query.Remaining > count ? last : null, Shown = count };
            int? comments = query.ShowsCommentCounts ? row.GetInt32(row.FieldCount - 1) : null;
            if (writer is null)
                texts!.Add(row, RowWriter.ErrorsOf(row), comments);
            else
            {
                writer.Write(output.Json, row, comments);
                output.EndRecord();
            }
            if (++count == take || (texts?.Size ?? output.Size) > MaxPageBytes)
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
    public async Task<bool> WriteTextsAsync(BaseSchema schema, Table table, string id, bool byFieldId, CellFormat format, RecordOutput output, CancellationToken cancellation)
    {
        format = await people.FormatAsync(schema.Id, table.Fields, format, cancellation);
        await using var connection = await data.OpenConnectionAsync(cancellation);
        var texts = new RecordTexts(schema, table.Fields, byFieldId, format.Display!);
        await using (var command = new NpgsqlCommand($"select t._number, t._id, t._created, t.errors{Columns(table.Fields)} from {ReadableRows.Of(schema, table)} t where t._id = $1", connection) { Parameters = { new() { Value = id } } })
        {
            await using var row = await command.ExecuteReaderAsync(cancellation);
            if (!await row.ReadAsync(cancellation))
                return false;
            texts.Add(row, RowWriter.ErrorsOf(row), null);
        }
        await texts.WriteAsync(connection, output, format.People, cancellation);
        return true;
    }

    /// <summary>Writes these records in this order; those that are not there are left out. Returns how many were.</summary>
    public async Task<int> WriteRecordsAsync(BaseSchema schema, Table table, IReadOnlyList<string> ids, bool byFieldId, CellFormat format, Utf8JsonWriter json, CancellationToken cancellation)
    {
        format = await people.FormatAsync(schema.Id, table.Fields, format, cancellation);
        await using var connection = await data.OpenConnectionAsync(cancellation);
        return await WriteRecordsAsync(connection, schema, table, table.Fields, ids, byFieldId, format, json, cancellation);
    }

    /// <summary>The same on a given connection.</summary>
    public static async Task<int> WriteRecordsAsync(NpgsqlConnection connection, BaseSchema schema, Table table, IReadOnlyList<Field> fields, IReadOnlyList<string> ids,
        bool byFieldId, CellFormat format, Utf8JsonWriter json, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { Rows(schema, table, fields, ids).Command } };
        await using var row = await batch.ExecuteReaderAsync(cancellation);
        return await WriteRecordsAsync(row, fields, byFieldId, format, json, cancellation);
    }

    /// <summary>These records in this order, for whoever runs the statement among others.</summary>
    internal static Statement Rows(BaseSchema schema, Table table, IReadOnlyList<Field> fields, IReadOnlyList<string> ids) => new($"""
        select t._number, t._id, t._created, t.errors{Columns(fields)} from unnest($1) with ordinality as wanted(id, place)
        join {ReadableRows.Of(schema, table)} t on t._id = wanted.id order by wanted.place
        """, [ids.ToArray()]);

    internal static async Task<int> WriteRecordsAsync(NpgsqlDataReader row, IReadOnlyList<Field> fields, bool byFieldId, CellFormat format, Utf8JsonWriter json, CancellationToken cancellation)
    {
        var (writer, count) = (new RowWriter(fields, byFieldId, format), 0);
        for (; await row.ReadAsync(cancellation); count++)
            writer.Write(json, row);
        return count;
    }

    /// <summary>Columns of a page before those of its fields: <c>_number, _id, _created, errors</c>.</summary>
    internal const int FirstField = 4;

    static string Columns(IReadOnlyList<Field> fields) => string.Concat(fields.Select(f => $", {Sql.Column(f)}"));
}
