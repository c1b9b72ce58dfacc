using Npgsql;
using PyBase.Core.Fields;
using PyBase.Core.Queries;
using PyBase.Core.Schema;
using PyBase.Storage.Postgres;

namespace PyBase.Storage.Queries;

/// <summary>
/// Groups within groups and what is told of each, as one statement: a ROLLUP, each group's row before those of the groups inside it. Sums and means go over
/// exact decimals, so that no order of the rows changes them.
/// </summary>
static class AggregateSql
{
    /// <summary>Columns: which group keys the row stands for (a bit each), the count, the keys, the results.</summary>
    public static NpgsqlBatchCommand Compile(BaseSchema schema, AggregateQuery query, DateTimeOffset now)
    {
        var command = new NpgsqlBatchCommand();
        var rows = new RowsSql(schema, query.Table, query.Filter, query.Search, now, command.Parameters);
        string[] keys = [.. query.Groups.Select((_, n) => $"g{n}")];
        string[] cells = [.. query.Groups.Select(Grouped), .. query.Aggregates.Select((a, n) => $"{Cell(a)} as a{n}")];
        var order = query.Groups.Select((sort, n) =>
            $"grouping(g{n}) desc, {(IsNotated(sort) ? $"g{n}" : SortSql.KeyOf(schema, sort, $"g{n}", rows.Parameter))} {(sort.Descending ? "desc nulls last" : "asc nulls first")}, g{n}");
        command.CommandText = $"""
            select {(keys.Length == 0 ? "0" : $"grouping({string.Join(", ", keys)})")}, count(*){string.Concat(query.Groups.Select((sort, n) => IsNotated(sort) ? $", min(s{n})::jsonb" : $", g{n}"))}{string.Concat(query.Aggregates.Select((a, n) => $", {Result(a, $"a{n}")}"))}
            from (select {(cells.Length == 0 ? "1 as one" : string.Join(", ", cells))} from {rows.Source}{rows.Where()}) cells
            {(keys.Length == 0 ? "" : $"group by rollup ({string.Join(", ", keys)}) order by {string.Join(", ", order)} limit {AggregateQuery.MaxGroups + 2}")}
            """;
        return command;
    }

    static bool IsNotated(Sort sort) => sort.Kind is SortKind.NotatedKey or SortKind.NotatedNumber;

    /// <summary>Equal quantities are one group whatever their units, shown as one of its cells.</summary>
    static string Grouped(Sort sort, int n)
    {
        var column = $"t.{Sql.Column(sort.Field)}";
        return IsNotated(sort) ? $"{NotatedSql.Order(column, sort.Field.Type)} as g{n}, {column}::text collate \"C\" as s{n}" : $"{column} as g{n}";
    }

    /// <summary>What the function looks at, of the row <c>t</c>.</summary>
    internal static string Cell(Aggregate of)
    {
        var column = $"t.{Sql.Column(of.Field)}";
        return of.Function is AggregateFunction.TotalSize ? $"(select sum((item ->> 'size')::numeric) from jsonb_array_elements({column}) item)" : NotatedSql.Seen(column, of.Field.Type);
    }

    /// <summary>The function over cells of that name.</summary>
    internal static string Result(Aggregate of, string cell)
    {
        var filled = FilterKinds.KindOf(of.Field.Type) is { } kind ? FilterSql.Filled(kind, cell) : $"{cell} is not null";
        return of.Function switch
        {
            AggregateFunction.Sum => $"coalesce(pybase.rounded(sum({cell}::numeric)), 0::float8)",
            AggregateFunction.Average => $"pybase.rounded(avg({cell}::numeric))",
            AggregateFunction.Min or AggregateFunction.Earliest => $"min({cell})",
            AggregateFunction.Max or AggregateFunction.Latest => $"max({cell})",
            AggregateFunction.Median => $"percentile_cont(0.5) within group (order by {cell})",
            AggregateFunction.Deviation => $"pybase.rounded(stddev_samp({cell}::numeric))",
            AggregateFunction.Range when of.Field.Type is Notated or { Column: ColumnType.Number } => $"pybase.rounded(max({cell}::numeric) - min({cell}::numeric))",
            // The first and the last of all days are infinite to PostgreSQL, which takes no difference of such.
            AggregateFunction.Range when of.Field.Type.Column is ColumnType.Date => $"case when isfinite(max({cell})) and isfinite(min({cell})) then (max({cell}) - min({cell}))::float8 end",
            AggregateFunction.Range => $"case when isfinite(max({cell})) and isfinite(min({cell})) then (extract(epoch from max({cell})) - extract(epoch from min({cell})))::float8 / 86400 end",
            AggregateFunction.CountEmpty or AggregateFunction.CountUnchecked => $"count(*) filter (where ({filled}) is not true)",
            AggregateFunction.CountFilled or AggregateFunction.CountChecked => $"count(*) filter (where {filled})",
            AggregateFunction.CountUnique => $"count(distinct {cell})",
            AggregateFunction.PercentEmpty => $"(count(*) filter (where ({filled}) is not true))::float8 / nullif(count(*), 0)",
            AggregateFunction.PercentFilled or AggregateFunction.PercentChecked => $"(count(*) filter (where {filled}))::float8 / nullif(count(*), 0)",
            AggregateFunction.PercentUnique => $"count(distinct {cell})::float8 / nullif(count(*), 0)",
            AggregateFunction.TotalSize => $"coalesce(pybase.rounded(sum({cell})), 0::float8)",
            _ => "count(*)",
        };
    }
}
