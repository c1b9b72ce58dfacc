using System.Globalization;
using Npgsql;
using PyBase.Core.Fields;
using PyBase.Core.Schema;
using PyBase.Storage.Postgres;

namespace PyBase.Storage.Trash;

/// <summary>Something that was deleted and can be restored.</summary>
/// <param name="Kind"><c>record</c>, <c>field</c>, <c>table</c> or <c>base</c>.</param>
/// <param name="Id">Its id, which it keeps.</param>
/// <param name="Name">What it is called: of a record, its primary cell as it is stored.</param>
/// <param name="TableId">The table of a record or field.</param>
/// <param name="Deleted">When.</param>
/// <param name="DeletedBy">Who.</param>
public sealed record TrashItem(string Kind, string Id, string? Name, string? TableId, DateTimeOffset Deleted, string? DeletedBy);

/// <summary>Some items, last deleted first, and where to go on.</summary>
public sealed record TrashPage(IReadOnlyList<TrashItem> Items, string? Cursor);

/// <summary>What is in the trash: records in the log of their table, everything else where it was, unseen.</summary>
public sealed class TrashReader(NpgsqlDataSource data, TimeProvider clock)
{
    /// <summary>How long things are kept.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromDays(30);

    /// <summary>Items of a page.</summary>
    public const int PageSize = 100;

    /// <summary>Fields and tables of a base; at most so many are kept that they are one page.</summary>
    public async Task<TrashPage> DefinitionsAsync(BaseSchema schema, CancellationToken cancellation)
    {
        await using var command = data.CreateCommand("""
            select 'table', id, name, null, removed, removed_by from pybase.tables where base = $1 and removed is not null
            union all select 'field', f.id, f.name, f.table_id, f.removed, f.removed_by from pybase.removed_fields f join pybase.tables t on t.id = f.table_id and t.removed is null where f.base = $1
            order by 5 desc, 2 limit 1000
            """);
        command.Parameters.Add(new() { Value = schema.Id });
        var items = await ReadAsync(command, cancellation);
        return new TrashPage([.. items.Where(i => i.TableId is not { } table || schema.Find(table)?.Scope?.Hidden.Contains(i.Id) is not true)], null);
    }

    /// <summary>Deleted records of a table that are not there again.</summary>
    public async Task<TrashPage?> RecordsAsync(BaseSchema schema, Table table, string? cursor, CancellationToken cancellation)
    {
        var (version, place) = (long.MaxValue, 0);
        if (!string.IsNullOrEmpty(cursor) && !(cursor.Split('/') is [var first, var second] && long.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out version) && int.TryParse(second, NumberStyles.None, CultureInfo.InvariantCulture, out place) && version > 0 && place > 0))
            return null;
        // Whether somebody would see a row that is gone cannot be asked of it.
        if (table.Scope?.Rows is not null)
            return new TrashPage([], null);
        await using var command = data.CreateCommand($"""
            select 'record', r ->> '_id', r ->> $5, c.table_id, c.time, c.actor, c.version, r.n::int
            from pybase.changes c cross join lateral jsonb_array_elements(case jsonb_typeof(c.body -> 'rows') when 'array' then c.body -> 'rows' else '[]' end) with ordinality as r(r, n)
            where c.table_id = $1 and c.kind = 'recordsDeleted' and c.time > $2 and (c.version < $3 or c.version = $3 and r.n > $4) and r ? '_id'
              and not exists (select from {Sql.Table(schema.Id, table.Id)} t where t._id = r ->> '_id')
              and not exists (select from pybase.changes d where d.table_id = $1 and d.kind = 'recordsDeleted' and d.version > c.version and d.body -> 'ids' ? (r ->> '_id'))
            order by c.version desc, r.n limit {PageSize + 1}
            """);
        foreach (var value in new object[] { table.Id, clock.GetUtcNow() - Retention, version, place, table.Primary.Type.SystemColumn ?? table.PrimaryFieldId })
            command.Parameters.Add(new() { Value = value });
        var (items, ends) = (new List<TrashItem>(), new List<string>());
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            items.Add(Read(row));
            ends.Add(string.Create(CultureInfo.InvariantCulture, $"{row.GetInt64(6)}/{row.GetInt32(7)}"));
        }
        return new TrashPage([.. items.Take(PageSize)], items.Count > PageSize ? ends[PageSize - 1] : null);
    }

    /// <summary>Bases of a workspace.</summary>
    public async Task<TrashPage> BasesAsync(string workspaceId, CancellationToken cancellation)
    {
        await using var command = data.CreateCommand("""
            select 'base', base, name, null, removed, removed_by from pybase.removed_bases where workspace_id = $1
            union all select 'base', base, name, null, removed, removed_by from pybase.removed_elsewhere where workspace_id = $1 order by removed desc, base limit 1000
            """);
        command.Parameters.Add(new() { Value = workspaceId });
        return new TrashPage(await ReadAsync(command, cancellation), null);
    }

    /// <summary>Where the last deletion of each record stands in the log, by version; those that were deleted for good are missing.</summary>
    internal static async Task<Dictionary<long, List<string>>> DeletionsAsync(NpgsqlConnection connection, string tableId, string[] ids, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("""
            select distinct on (e.id) e.id, c.version
            -- Fenced, so that a body with its thousand rows is unpacked once and not for each id.
            from (select version, body -> 'ids' as ids, coalesce(body -> 'purged', '[]') as purged from pybase.changes where table_id = $1 and kind = 'recordsDeleted' offset 0) c
            cross join lateral jsonb_array_elements_text(c.ids) e(id) where e.id = any($2) and not c.purged ? e.id order by e.id, c.version desc
            """, connection) { Parameters = { new() { Value = tableId }, new() { Value = ids } } };
        var deletions = new Dictionary<long, List<string>>();
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            if (!deletions.TryGetValue(row.GetInt64(1), out var some))
                deletions[row.GetInt64(1)] = some = [];
            some.Add(row.GetString(0));
        }
        return deletions;
    }

    static async Task<List<TrashItem>> ReadAsync(NpgsqlCommand command, CancellationToken cancellation)
    {
        var items = new List<TrashItem>();
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
            items.Add(Read(row));
        return items;
    }

    static TrashItem Read(NpgsqlDataReader row) => new(row.GetString(0), row.GetString(1), row.IsDBNull(2) ? null : row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3),
        row.GetFieldValue<DateTimeOffset>(4), row.IsDBNull(5) ? null : row.GetString(5));
}
