using Npgsql;
using PyBase.Core.Dashboards;
using PyBase.Core.Queries;
using PyBase.Core.Schema;
using PyBase.Storage.Postgres;
using PyBase.Storage.Queries;

namespace PyBase.Storage.Dashboards;

/// <summary>
/// The buckets of a widget as one statement: the rows once, the buckets that are shown with their places, and everything that is in none of them in a bucket behind. What is
/// told of that one is computed from its rows, as an average of the rest is not the average of averages.
/// </summary>
static class BucketSql
{
    /// <summary>
    /// Columns: which levels the row sums over (a bit each, the last level the lowest), the place on each level, the count, the results, and of each level the key, which is
    /// null for an empty cell and for the rest.
    /// </summary>
    public static NpgsqlBatchCommand Compile(BaseSchema schema, WidgetQuestion asked, DateTimeOffset now)
    {
        var command = new NpgsqlBatchCommand();
        var rows = new RowsSql(schema, asked.Table!, asked.Filter, null, now, command.Parameters);
        string[] cells = [.. asked.Groups.Select((group, n) => Keys(asked, group, n, rows.Parameter)), .. asked.Aggregates.Select((of, n) => $"{AggregateSql.Cell(of)} as a{n}")];
        var from = $"cells as (select {(cells.Length == 0 ? "1 as one" : string.Join(", ", cells))} from {rows.Source}{rows.Where()})";
        string[] results = [.. asked.Aggregates.Select((of, n) => $"{AggregateSql.Result(of, $"a{n}")} as v{n}")];
        if (asked.Groups.Count == 0)
        {
            command.CommandText = $"with {from} select {string.Join(", ", ["0", "count(*)", .. results])} from cells";
            return command;
        }
        int[] levels = [.. Enumerable.Range(0, asked.Groups.Count)];
        string each(string text) => string.Join(", ", levels.Select(n => text.Replace('#', (char)('0' + n))));
        var shown = string.Concat(levels.Select(n => $"""
            , shown{n} as (
                select g, s, row_number() over (order by {Order(schema, asked.Groups[n], rows.Parameter)}) as place
                from (select g{n} as g, {(IsNotated(asked.Groups[n]) ? $"min(s{n})" : "null::text")} as s, count(*) as n, {(asked.Aggregates.Count == 0 ? "count(*)" : AggregateSql.Result(asked.Aggregates[0], "a0"))} as v from cells group by g{n}) found
                order by place limit {asked.Groups[n].Limit})
            """));
        var place = string.Join(", ", levels.Select(n => $"coalesce(shown{n}.place, case when cells.g{n} is null then (select empty.place from shown{n} empty where empty.g is null) end, {asked.Groups[n].Limit + 1}) as p{n}"));
        var sets = string.Join(", ", levels.Select(n => $"({string.Join(", ", levels.Where(l => l != n).Select(l => $"p{l}"))})").Append($"({each("p#")})").Append("()").Distinct());
        command.CommandText = $"""
            with {from}{shown}
            , placed as (select {place}{string.Concat(asked.Aggregates.Select((_, n) => $", a{n}"))} from cells {string.Join(" ", levels.Select(n => $"left join shown{n} on shown{n}.g = cells.g{n}"))})
            , told as (select grouping({each("p#")}) as level, {each("p#")}, {string.Join(", ", ["count(*) as n", .. results])} from placed group by grouping sets ({sets}))
            select told.*, {string.Join(", ", levels.Select(n => IsNotated(asked.Groups[n]) ? $"shown{n}.s::jsonb" : $"shown{n}.g"))}
            from told {string.Join(" ", levels.Select(n => $"left join shown{n} on shown{n}.place = told.p{n}"))} order by level desc, {each("p#")}
            """;
        return command;
    }

    /// <summary>Ties go by key, and empty cells are the least, as everywhere.</summary>
    static string Order(BaseSchema schema, Bucket group, Func<object, string> parameter)
    {
        var key = group.Span is not BucketSpan.None || group.Step is not null || IsNotated(group) ? "g" : SortSql.KeyOf(schema, group.Sort, "g", parameter);
        var direction = group.Sort.Descending ? "desc nulls last" : "asc nulls first";
        return group.ByValue ? $"v {(group.Sort.Descending ? "desc nulls last" : "asc nulls last")}, {key} nulls first, g" : $"{key} {direction}, g";
    }

    static bool IsNotated(Bucket group) => group is { Step: null, Sort.Kind: SortKind.NotatedKey or SortKind.NotatedNumber };

    static string Keys(WidgetQuestion asked, Bucket group, int n, Func<object, string> parameter)
    {
        var column = $"t.{Sql.Column(group.Field)}";
        if (group.Span is not BucketSpan.None)
        {
            var local = group.Field.Type.Column is Core.Fields.ColumnType.Date ? $"{column}::timestamp" : $"pybase.wall({column}, pybase.zone({parameter(asked.Zone.Id)}))";
            // Days of which a calendar knows nothing are the first and the last that it knows.
            return $"case when {column} is not null then greatest(least(date_trunc('{Bucket.NameOf(group.Span)}', {local})::date, date '9999-12-31'), date '0001-01-01') end as g{n}";
        }
        if (group.Step is { } step)
            return $"pybase.rounded(floor({NotatedSql.Order(column, group.Field.Type)}::numeric / {parameter(step)}::numeric) * {parameter(step)}::numeric) as g{n}";
        return IsNotated(group) ? $"{NotatedSql.Order(column, group.Field.Type)} as g{n}, {column}::text collate \"C\" as s{n}" : $"{column} as g{n}";
    }
}
