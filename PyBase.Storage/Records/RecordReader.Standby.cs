using Npgsql;
using PyBase.Core.Fields;
using PyBase.Core.Queries;
using PyBase.Core.Schema;
using PyBase.Storage.Accounts;
using PyBase.Storage.Queries;

namespace PyBase.Storage.Records;

/// <content>Pages from a standby.</content>
public sealed partial class RecordReader
{
    /// <summary>
    /// The same page from a standby that has what the caller may expect: the newest version, or the one that they have seen while the standby is not far behind.
    /// Who asks and how new the table is the primary says, in one small read. Null when it is for the primary to answer: there is no such standby, it failed, or
    /// the page shows more than the version speaks of; what was written to <paramref name="output"/> is then to be thrown away.
    /// </summary>
    /// <param name="asker">Who wants to read.</param>
    /// <param name="schema">The base.</param>
    /// <param name="query">The page.</param>
    /// <param name="format">How cells are shown.</param>
    /// <param name="output">Where to.</param>
    /// <param name="seen">The version that the caller has seen, when they say so.</param>
    /// <param name="isWanted">As for <see cref="WritePageAsync"/>.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async Task<Page?> TryStandbyAsync(
        Asker asker, BaseSchema schema, RecordQuery query, CellFormat format, RecordOutput output, long? seen, Func<TableEntry, bool> isWanted, CancellationToken cancellation)
    {
        if (!standby.IsOffered || !query.FollowsVersion || format.Display is not null)
            return null;
        var entry = await EntryAsync(asker, schema.Id, query.Table.Id, cancellation);
        // Who may not read, or asks by other definitions, is told so by the primary.
        if (!entry.IsSignedIn || entry.Role is null || entry.Epoch != schema.Epoch || entry.SchemaVersion != schema.Version)
            return null;
        format = await people.FormatAsync(schema.Id, query.Fields, format, cancellation);
        await clocks.NoteAsync(query.Table, cancellation);
        try
        {
            return await ReadStandbyAsync(entry, schema, query, format, output, Math.Min(seen ?? entry.Version, entry.Version), isWanted, cancellation);
        }
        catch (Exception problem) when (problem is NpgsqlException or TimeoutException && !cancellation.IsCancellationRequested)
        {
            standby.Failed(problem);
            return null;
        }
    }

    async Task<Page?> ReadStandbyAsync(
        TableEntry entry, BaseSchema schema, RecordQuery query, CellFormat format, RecordOutput output, long least, Func<TableEntry, bool> isWanted, CancellationToken cancellation)
    {
        var take = (int)Math.Min(query.PageSize, query.Remaining);
        await using var connection = await standby.OpenAsync(cancellation);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands = { Replayed(schema.Id, query.Table.Id), WithComments(query, PageSql.Compile(schema, query, clock.GetUtcNow(), take + 1)) },
            Timeout = MaxSeconds,
        };
        await using var row = await batch.ExecuteReaderAsync(cancellation);
        if (!await row.ReadAsync(cancellation) || !IsFresh(row, entry, least))
        {
            standby.WasBehind();
            return null;
        }
        var page = await ReadRowsAsync(row, entry with { Version = row.GetInt64(2), Stale = row.GetFieldValue<string[]>(4) }, query, take,
            new RowWriter(query.Fields, query.ByFieldId, format), output, null, isWanted, cancellation);
        standby.Served();
        return page;
    }

    /// <summary>What the standby knows of the table, and how long ago the primary committed the last that it has.</summary>
    static NpgsqlBatchCommand Replayed(string baseId, string tableId) => new("""
        select b.epoch, b.schema_version, v.version, coalesce(extract(epoch from now() - pg_last_xact_replay_timestamp()), 0)::float8,
            array(select distinct f from pybase.stale s, unnest(s.fields) f where s.table_id = v.table_id order by f)
        from pybase.bases b join pybase.table_versions v on v.base = b.id and v.table_id = $2 where b.id = $1 and b.state = 'open'
        """) { Parameters = { new() { Value = baseId }, new() { Value = tableId } } };

    bool IsFresh(NpgsqlDataReader row, TableEntry entry, long least) =>
        row.GetString(0) == entry.Epoch && row.GetInt64(1) == entry.SchemaVersion
        && row.GetInt64(2) is var version && version >= least && (version >= entry.Version || row.GetDouble(3) <= standby.MaxLag.TotalSeconds);
}
