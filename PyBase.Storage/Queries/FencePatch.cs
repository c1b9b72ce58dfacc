using System.Data;
using System.Text.Json;
using Npgsql;
using PyBase.Core.Changes;
using PyBase.Core.Fields;
using PyBase.Core.Formulas;
using PyBase.Core.Queries;
using PyBase.Core.Schema;
using PyBase.Storage.Changes;

namespace PyBase.Storage.Queries;

/// <summary>
/// Takes a fence from one version of its table to another by the change log: which records changed in a cell that the query looks at, where each stood, and where
/// it stands now. To be used inside a transaction that reads one snapshot.
/// </summary>
sealed class FencePatch(NpgsqlConnection connection, BaseSchema schema, RecordQuery query, DateTimeOffset now)
{
    /// <summary>More than this is told sooner by looking at all rows.</summary>
    const int MaxRecords = 2_000, MaxVersions = 5_000, MaxSplits = 50;

    readonly string[] fields = [.. query.Sorts.Select(s => s.Field.Id).Concat(query.Filter?.Fields.Select(f => f.Id) ?? []).Distinct()];

    /// <summary>Everything that decides about a row's place is in the row and in the log.</summary>
    public static bool Follows(RecordQuery query) => query is { FollowsVersion: true, Search: null } && query.Table.Scope?.Rows is null
        && !query.Sorts.Select(s => s.Field).Concat(query.Filter?.Fields ?? []).Any(f => f.Type is LastModifiedTime or LastModifiedBy)
        && !Formulas(query.Filter).Any(f => f.Text.Contains("LAST_MODIFIED_TIME", StringComparison.OrdinalIgnoreCase));

    /// <summary>The fence of the snapshot; null when the log does not say enough.</summary>
    /// <param name="fence">Of an older version.</param>
    /// <param name="version">Of the snapshot.</param>
    /// <param name="isWhole">It reaches to the last row; else what is behind its last post is still to be read.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<Fence?> ApplyAsync(Fence fence, long version, bool isWhole, CancellationToken cancellation)
    {
        if (version == fence.Version)
            return fence;
        if (version < fence.Version || version - fence.Version > MaxVersions || await MovedAsync(fence.Version, version, cancellation) is not { } moved)
            return null;
        if (moved.Count == 0)
            return fence with { Version = version };
        var then = await TableHistory.ReadAsync(connection, schema.Id, query.Table.Id, new Dictionary<long, IReadOnlyCollection<string>> { [fence.Version] = moved }, cancellation);
        if (!then.TryGetValue(fence.Version, out var were))
            return null;
        var (rows, rest) = (fence.Posts.Select(p => p.Rows).ToArray(), fence.Rest);
        await using (var batch = new NpgsqlBatch(connection) { BatchCommands = { PageSql.Shifts(schema, query, now, fence, [.. moved], JsonSerializer.Serialize(were.Values)) } })
        await using (var row = await batch.ExecuteReaderAsync(cancellation))
            while (await row.ReadAsync(cancellation))
                if (row.GetInt64(0) is var post && post < rows.Length)
                    rows[post] += row.GetInt32(1);
                else if (isWhole)
                    rest += row.GetInt32(1);
        var patched = new Fence(version, [.. fence.Posts.Select((p, n) => p with { Rows = rows[n] })], rest);
        return await SplitAsync(patched.Merged(), isWhole, cancellation);
    }

    /// <summary>Records whose place or presence may be another; null when that cannot be said.</summary>
    async Task<HashSet<string>?> MovedAsync(long from, long to, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("""
            with logged as (
                select c.version, c.kind, c.body, case jsonb_typeof(c.body -> 'old') when 'object' then c.body -> 'old' else '{}' end ?| $4 as is_written, coalesce(c.body -> 'computed' ?| $4, false) as is_computed
                from pybase.changes c where c.table_id = $1 and c.version > $2 and c.version <= $3)
            select kind, is_computed, case when kind <> 'cellsChanged' or is_written then body -> 'ids' end, (select count(distinct version) from logged) from logged
            where kind not like 'comment%' and kind not like 'view%' and kind not like 'field%' and (kind <> 'cellsChanged' or is_written or is_computed)
            union all select '', false, null, count(distinct version) from logged
            """, connection);
        foreach (object value in (object[])[query.Table.Id, from, to, fields])
            command.Parameters.Add(new() { Value = value });
        var moved = new HashSet<string>();
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            // The log says of computed cells that they changed, not what they were; and it may have been cut.
            if (row.GetBoolean(1) || row.GetInt64(3) != to - from || row.GetString(0) is not ("" or ChangeKinds.RecordsCreated or ChangeKinds.CellsChanged or ChangeKinds.RecordsDeleted))
                return null;
            if (!row.IsDBNull(2))
                moved.UnionWith(JsonSerializer.Deserialize<string[]>(row.GetString(2))!);
            if (moved.Count > MaxRecords)
                return null;
        }
        return moved;
    }

    /// <summary>Posts too far from each other get one in between.</summary>
    async Task<Fence?> SplitAsync(Fence fence, bool isWhole, CancellationToken cancellation)
    {
        var (posts, splits, before) = (new List<Post>(fence.Posts.Count), 0, (Position?)null);
        foreach (var post in fence.Posts)
        {
            var left = post.Rows;
            for (; left > 2 * Fence.Step; left -= Fence.Step)
            {
                if (++splits > MaxSplits || await PlaceAsync(before, cancellation) is not { } place)
                    return null;
                posts.Add(new Post(before = place, Fence.Step));
            }
            posts.Add(post with { Rows = left });
            before = post.Place;
        }
        var rest = fence.Rest;
        for (; isWhole && rest > 2 * Fence.Step; rest -= Fence.Step)
        {
            if (++splits > MaxSplits || await PlaceAsync(before, cancellation) is not { } place)
                return null;
            posts.Add(new Post(before = place, Fence.Step));
        }
        return new Fence(fence.Version, posts, rest);
    }

    /// <summary>The thousandth row behind a place.</summary>
    async Task<Position?> PlaceAsync(Position? after, CancellationToken cancellation)
    {
        var bare = query with { Fields = [], After = after, Skip = Fence.Step - 1 };
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { PageSql.Compile(schema, bare, now, limit: 1) } };
        await using var row = await batch.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation) ? PageSql.PositionOf(row, bare) : null;
    }

    static IEnumerable<Formula> Formulas(Filter? filter) => filter switch
    {
        Filter.Where where => [where.Formula],
        Filter.Group group => group.Parts.SelectMany(Formulas),
        _ => [],
    };
}
