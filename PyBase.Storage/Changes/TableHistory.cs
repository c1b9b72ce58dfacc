using System.Text.Json;
using Npgsql;
using PyBase.Core.Changes;
using PyBase.Storage.Postgres;

namespace PyBase.Storage.Changes;

/// <summary>A row as it is stored, by column: <c>_id</c>, <c>_created</c> and the ids of fields.</summary>
sealed class StoredRow : Dictionary<string, JsonElement>
{
    public StoredRow()
    {
    }

    public StoredRow(StoredRow row) : base(row)
    {
    }
}

/// <summary>
/// Rows as they were: the change log applied backwards from the rows of now, which are read in the same snapshot. Computed cells are not in the log and keep
/// the value of now.
/// </summary>
static class TableHistory
{
    /// <summary>Nobody is taken further back than this many versions of a table.</summary>
    public const long MaxVersions = 100_000;

    /// <summary>
    /// For each version asked for, the records as they were when it was the newest one; a record that was not there then is missing, and so is a version that
    /// the log does not reach back to.
    /// </summary>
    public static async Task<Dictionary<long, Dictionary<string, StoredRow>>> ReadAsync(
        NpgsqlConnection connection, string baseId, string tableId, IReadOnlyDictionary<long, IReadOnlyCollection<string>> asked, CancellationToken cancellation)
    {
        var oldest = asked.Keys.Min();
        string[] ids = [.. asked.Values.SelectMany(records => records).Distinct()];
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                // The newest version, and how many below it the log has without a gap.
                new("""
                    select v.version, (select count(*) from (
                        select c.version as n, row_number() over (order by c.version desc) as place from pybase.changes c
                        where c.table_id = $1 and c.version > $2 and c.version > v.version - $3 group by c.version) logged where v.version - n = place - 1)
                    from pybase.table_versions v where v.table_id = $1
                    """) { Parameters = { new() { Value = tableId }, new() { Value = oldest }, new() { Value = MaxVersions } } },
                new($"select to_jsonb(t) from {Sql.Table(baseId, tableId)} t where _id = any($1)") { Parameters = { new() { Value = ids } } },
                new("""
                    select c.version, c.kind, e.id, case c.kind when 'recordsDeleted' then c.body -> 'rows' -> e.n when 'cellsChanged' then
                        (select jsonb_object_agg(key, value -> e.n) from jsonb_each(case jsonb_typeof(c.body -> 'old') when 'object' then c.body -> 'old' else '{}' end)) end
                    from pybase.changes c
                    cross join lateral (select id, (place - 1)::int as n from jsonb_array_elements_text(c.body -> 'ids') with ordinality as x(id, place) where id = any($3)) e
                    where c.table_id = $1 and c.version > $2 and c.version > (select version - $4 from pybase.table_versions where table_id = $1) and c.kind in ('recordsCreated', 'recordsDeleted', 'cellsChanged') and c.body -> 'ids' ?| $3
                    order by c.version desc, c.position desc
                    """) { Parameters = { new() { Value = tableId }, new() { Value = oldest }, new() { Value = ids }, new() { Value = MaxVersions } } },
            },
        };
        await using var row = await batch.ExecuteReaderAsync(cancellation);
        if (!await row.ReadAsync(cancellation))
            return [];
        var reach = row.GetInt64(0) - row.GetInt64(1);
        await row.NextResultAsync(cancellation);
        var rows = new Dictionary<string, StoredRow>();
        while (await row.ReadAsync(cancellation))
            if (JsonSerializer.Deserialize<StoredRow>(row.GetString(0)) is { } now)
                rows[now["_id"].GetString()!] = now;
        await row.NextResultAsync(cancellation);

        var (then, versions) = (new Dictionary<long, Dictionary<string, StoredRow>>(), new Queue<long>(asked.Keys.Where(version => version >= reach).OrderDescending()));
        while (await row.ReadAsync(cancellation))
        {
            Answer(row.GetInt64(0));
            Undo(rows, row.GetString(1), row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3));
        }
        Answer(0);
        return then;

        // Everything after these versions has been taken back.
        void Answer(long undoing)
        {
            while (versions.TryPeek(out var version) && version >= undoing)
            {
                then[version] = asked[version].Where(rows.ContainsKey).ToDictionary(id => id, id => new StoredRow(rows[id]));
                versions.Dequeue();
            }
        }
    }

    static void Undo(Dictionary<string, StoredRow> rows, string kind, string id, string? was)
    {
        if (kind is ChangeKinds.RecordsCreated)
            rows.Remove(id);
        else if (kind is ChangeKinds.RecordsDeleted)
        {
            // A row that was deleted for good is not in the log any more.
            if (was is not null && JsonSerializer.Deserialize<StoredRow>(was) is { Count: > 0 } row)
                rows[id] = row;
        }
        else if (was is not null && rows.TryGetValue(id, out var changed))
            foreach (var (field, value) in JsonSerializer.Deserialize<StoredRow>(was)!)
                changed[field] = value;
    }
}
