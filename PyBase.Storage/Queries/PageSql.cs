using System.Text;
using Npgsql;
using PyBase.Core.Queries;
using PyBase.Core.Schema;
using PyBase.Storage.Postgres;
using PyBase.Storage.Records;

namespace PyBase.Storage.Queries;

/// <summary>
/// A query → the statement of its page. A later page is one range where a comparison of rows says what comes behind; else it is a UNION ALL of ranges, one for each
/// prefix of the key, each with the whole order and the limit, so that an index serves every one of them; as one condition with OR it would be read from the
/// start (0.32 ms against 1,030 ms on a million rows).
/// </summary>
sealed class PageSql
{
    readonly RecordQuery query;
    readonly NpgsqlBatchCommand command = new();
    readonly RowsSql rows;
    readonly string[] keys;

    /// <param name="schema">The base.</param>
    /// <param name="query">The page.</param>
    /// <param name="now">What relative days are counted from.</param>
    /// <param name="limit">Most rows.</param>
    /// <param name="isBare">Only what an index has as well.</param>
    PageSql(BaseSchema schema, RecordQuery query, DateTimeOffset now, int limit, bool isBare = false)
    {
        this.query = query;
        rows = new RowsSql(schema, query.Table, query.Filter, query.Search, now, command.Parameters);
        keys = [.. query.Sorts.Select(sort => SortSql.Key(schema, sort, "t", rows.Parameter))];
        // Positions are read by place; the names are only there so that no field's column is taken for the number that closes the order.
        var columns = $"t._number, {(isBare ? "null as _id, null as _created, null as errors" : "t._id, t._created, t.errors")}{string.Concat(query.Fields.Select((f, n) => $", t.{Sql.Column(f)} as f{n}"))}{string.Concat(keys.Select((key, n) => $", {key} as k{n}"))}";
        var skip = query.Skip > 0 ? $" offset {query.Skip}" : "";
        string?[] ranges = query.After is null ? [null] : [.. Ranges(query.After)];
        string[] wheres = [.. rows.Parts.SelectMany(part => ranges.Select(range => RowsSql.Where(range, part)))];
        command.CommandText = wheres is [var only]
            ? $"select {columns} from {rows.Source}{only} order by {Order} limit {limit}{skip}"
            : $"select * from ({string.Join(" union all ", wheres.Select(where => $"(select {columns} from {rows.Source}{where} order by {Order} limit {(long)limit + query.Skip})"))}) page order by {Order} limit {limit}{skip}";
    }

    /// <summary>Columns: <c>_number, _id, _created, errors</c>, the query's fields, then a key for each sort.</summary>
    public static NpgsqlBatchCommand Compile(BaseSchema schema, RecordQuery query, DateTimeOffset now, int limit) => new PageSql(schema, query, now, limit).command;

    /// <summary>
    /// Every so manieth of at most <paramref name="limit"/> rows, and the last of them, in the columns of <see cref="Compile"/> without fields, and then its place
    /// among them: one pass over the rows, which are not looked at where an index has the keys.
    /// </summary>
    public static NpgsqlBatchCommand Posts(BaseSchema schema, RecordQuery query, DateTimeOffset now, int step, int limit)
    {
        var page = new PageSql(schema, query with { Fields = [] }, now, limit, isBare: true);
        page.command.CommandText = $"""
            select _number, _id, _created, errors{string.Concat(page.keys.Select((_, n) => $", k{n}"))}, place
            from (select *, row_number() over (order by {page.Order}) as place, count(*) over () as total from ({page.command.CommandText}) bare) placed
            where place % {step} = 0 or place = total order by place
            """;
        return page.command;
    }

    /// <summary>
    /// Behind how many posts of a fence rows came or went: <c>posts, rows</c>. Old and new rows and posts are put in one order; a row at the place of a post stands
    /// before it.
    /// </summary>
    public static NpgsqlBatchCommand Shifts(BaseSchema schema, RecordQuery query, DateTimeOffset now, Fence fence, string[] ids, string were)
    {
        var page = new PageSql(schema, query with { Fields = [], After = null, Skip = 0 }, now, limit: 1);
        var gone = new RowsSql(schema, query.Table, query.Filter, query.Search, now, page.command.Parameters,
            $"jsonb_populate_recordset(null::{Sql.Table(schema.Id, query.Table.Id)}, {page.rows.Parameter(were)}::jsonb)");
        var columns = string.Concat(page.keys.Select((key, n) => $", {key} as k{n}"));
        var posts = query.Sorts.Select((sort, n) => $"{page.rows.Parameter(fence.Posts.Select(p => p.Place.Keys[n] is { } key ? Position.Text(key) : null).ToArray())}::text[]")
            .Append($"{page.rows.Parameter(fence.Posts.Select(p => p.Place.Number).ToArray())}::bigint[]");
        page.command.CommandText = $"""
            select before, sum(shift)::int from (
                select shift, is_post, sum(is_post) over (order by {page.Order}, is_post rows unbounded preceding) as before from (
                    select 1 as shift, 0 as is_post, t._number{columns} from {page.rows.Source}{page.rows.Where($"t._id = any({page.rows.Parameter(ids)})")}
                    union all select -1, 0, t._number{columns} from {gone.Source}{gone.Where()}
                    union all select 0, 1, number{string.Concat(query.Sorts.Select((sort, n) => $", {SortSql.Written(sort.Kind, $"k{n}")}"))}
                        from unnest({string.Join(", ", posts)}) post({string.Concat(query.Sorts.Select((_, n) => $"k{n}, "))}number)) rows) placed
            where is_post = 0 group by before having sum(shift) <> 0
            """;
        return page.command;
    }

    /// <summary>The place of the row that a reader of the statement stands on.</summary>
    public static Position PositionOf(NpgsqlDataReader row, RecordQuery query) => new(
        [.. query.Sorts.Select((sort, n) => RecordReader.FirstField + query.Fields.Count + n is var column && row.IsDBNull(column) ? null : SortSql.Read(row, column, sort.Kind))], row.GetInt64(0));

    /// <summary>The number follows the first key's direction, so that one index (key, number) serves both.</summary>
    bool NumberDescends => query.Sorts is [{ Descending: true }, ..];

    string Order => string.Concat(query.Sorts.Select((sort, n) => $"k{n} {(sort.Descending ? "desc nulls last" : "asc nulls first")}, "))
        is var keys && keys.Length == 0 ? "_number" : $"{keys}_number {(NumberDescends ? "desc" : "asc")}";

    /// <summary>
    /// Rows compare as a whole when all keys go one way and none is empty. Of a row with an empty key the comparison says nothing: ascending it is passed already,
    /// descending it comes last, which is a range of its own; with one key that is simple.
    /// </summary>
    bool Compares(Position after) => (query.Sorts.All(s => !s.Descending) || query.Sorts.Count == 1) && after.Keys.All(key => key is not null);

    /// <summary>The rows behind a position: equal in all keys and a later number; or equal in all keys but the last, and later in that; and so on.</summary>
    IEnumerable<string> Ranges(Position after)
    {
        if (Compares(after))
        {
            var values = after.Keys.Select(key => rows.Parameter(key!)).Append(rows.Parameter(after.Number));
            yield return $"({string.Join(", ", [.. keys, "t._number"])}) {(NumberDescends ? '<' : '>')} ({string.Join(", ", values)})";
            if (NumberDescends)
                yield return $"{keys[0]} is null";
            yield break;
        }
        for (var length = query.Sorts.Count; length >= 0; length--)
        {
            var prefix = new StringBuilder();
            for (var n = 0; n < length; n++)
                prefix.Append(after.Keys[n] is { } value ? $"{keys[n]} = {rows.Parameter(value)} and " : $"{keys[n]} is null and ");
            if (length == query.Sorts.Count)
            {
                yield return $"{prefix}t._number {(NumberDescends ? '<' : '>')} {rows.Parameter(after.Number)}";
                continue;
            }
            var (sort, key, last) = (query.Sorts[length], keys[length], after.Keys[length]);
            if (!sort.Descending)
                yield return last is null ? $"{prefix}{key} is not null" : $"{prefix}{key} > {rows.Parameter(last)}";
            else if (last is not null)
            {
                yield return $"{prefix}{key} < {rows.Parameter(last)}";
                yield return $"{prefix}{key} is null";
            }
        }
    }
}
