using System.Text.Json;
using Npgsql;
using PyBase.Core.Fields;
using PyBase.Core.Queries;
using PyBase.Core.Schema;
using PyBase.Storage.Indexes;

namespace PyBase.Storage.Queries;

/// <summary>Why a page takes as long as it does: what PostgreSQL does for it, which index it lacks, what to do about it.</summary>
public sealed class QueryReport(NpgsqlDataSource data, TimeProvider clock)
{
    /// <summary>A page that takes longer is not waited for; the plan is told without what it really cost.</summary>
    const string Longest = "5s";

    /// <summary>Something to do, or to know.</summary>
    public sealed record Advice(string Code, string Message, string? Field = null);

    /// <summary>An index that would serve the query.</summary>
    /// <param name="For">Order, compare or list.</param>
    /// <param name="Fields">Over these fields.</param>
    /// <param name="IsThere">It exists.</param>
    /// <param name="Uses">How often queries wanted it; it is made when they are many.</param>
    public sealed record Wanted(string For, IReadOnlyList<string> Fields, bool IsThere, long Uses);

    /// <summary>The report.</summary>
    public sealed record Report(double? Milliseconds, IReadOnlyList<string> Scans, bool Sorts, double RowsRead, bool IsMeasured, IReadOnlyList<Wanted> Indexes, IReadOnlyList<Advice> Advice, JsonElement Plan);

    /// <summary>Runs the page, for at most five seconds, and says what was done.</summary>
    public async Task<Report> MakeAsync(BaseSchema schema, RecordQuery query, CancellationToken cancellation)
    {
        await using var connection = await data.OpenConnectionAsync(cancellation);
        var (plan, isMeasured) = (await ExplainAsync(connection, schema, query, "analyze, timing off, ", cancellation), true);
        if (plan is null)
            (plan, isMeasured) = (await ExplainAsync(connection, schema, query, "", cancellation), false);
        var root = plan!.Value[0];
        var nodes = Nodes(root.GetProperty("Plan")).ToArray();
        var scans = nodes.Select(n => (n.GetText("Node Type"), n.GetText("Index Name")) switch
        {
            (var type and ("Seq Scan" or "Parallel Seq Scan"), _) => n.GetText("Relation Name") == query.Table.Id ? "every row" : $"every row of {n.GetText("Relation Name")}",
            (var type, { } index) => $"{type!.ToLowerInvariant()} {index}",
            _ => null,
        }).OfType<string>().Distinct().ToArray();
        var isWhole = scans.Contains("every row");
        var sorts = nodes.Any(n => n.GetText("Node Type") is "Sort" or "Incremental Sort");
        var read = nodes.Where(n => n.GetText("Relation Name") is not null || n.GetText("Index Name") is not null).Sum(n => Number(n, isMeasured ? "Actual Rows" : "Plan Rows") * (isMeasured ? Number(n, "Actual Loops") : 1) + Number(n, "Rows Removed by Filter"));
        var wanted = await WantedAsync(connection, schema, query, cancellation);
        return new Report(isMeasured && root.TryGetProperty("Execution Time", out var time) ? time.GetDouble() : null, scans, sorts, read, isMeasured, wanted, [.. Advise(query, isWhole, sorts, wanted)], plan.Value);
    }

    async Task<JsonElement?> ExplainAsync(NpgsqlConnection connection, BaseSchema schema, RecordQuery query, string how, CancellationToken cancellation)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var page = PageSql.Compile(schema, query, clock.GetUtcNow(), query.PageSize + 1);
        page.CommandText = $"explain ({how}format json) {page.CommandText}";
        await using var batch = new NpgsqlBatch(connection, transaction) { BatchCommands = { new($"set local statement_timeout = '{Longest}'"), page } };
        try
        {
            return JsonSerializer.Deserialize<JsonElement>((string)(await batch.ExecuteScalarAsync(cancellation))!);
        }
        catch (PostgresException late) when (late.SqlState is PostgresErrorCodes.QueryCanceled && how.Length > 0)
        {
            return null;
        }
    }

    static async Task<IReadOnlyList<Wanted>> WantedAsync(NpgsqlConnection connection, BaseSchema schema, RecordQuery query, CancellationToken cancellation)
    {
        var shapes = IndexShape.Of(query);
        if (shapes.Count == 0)
            return [];
        await using var command = new NpgsqlCommand("""
            select coalesce(u.uses, 0), exists (select from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace where n.nspname = $1 and c.relname = v.name)
            from unnest($3, $4) with ordinality as v(shape, name, place) left join pybase.index_uses u on u.table_id = $2 and u.shape = v.shape order by v.place
            """, connection);
        foreach (object value in (object[])[schema.Id, query.Table.Id, shapes.Select(s => s.Text).ToArray(), shapes.Select(s => IndexSql.Name(schema, query.Table, s)).ToArray()])
            command.Parameters.Add(new() { Value = value });
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var wanted = new List<Wanted>();
        foreach (var shape in shapes)
        {
            await row.ReadAsync(cancellation);
            wanted.Add(new Wanted(shape.Use.ToString().ToLowerInvariant(), [.. shape.Keys.Select(k => k.Field.Name)], row.GetBoolean(1), row.GetInt64(0)));
        }
        return wanted;
    }

    static IEnumerable<Advice> Advise(RecordQuery query, bool isWhole, bool sorts, IReadOnlyList<Wanted> wanted)
    {
        if (isWhole && wanted.Any(w => !w.IsThere))
            yield return new Advice("index-missing", "No index serves this query yet. One is made by itself when the query is asked often.");
        if (sorts && query.Sorts.FirstOrDefault(s => s.Kind is SortKind.RecordText) is { } linked)
            yield return new Advice("sorts-by-linked-records", "Sorting by what linked records are called looks each of them up. Sort by a lookup field instead.", linked.Field.Name);
        if (sorts && query.Sorts.Count > 3)
            yield return new Advice("sorts-by-many-fields", "An index serves an order of at most three fields.");
        foreach (var condition in query.Filter is null ? [] : Conditions(query.Filter).DistinctBy(c => (c.Field.Id, c.Operator)))
        {
            if (isWhole && condition.Operator is FilterOperator.Contains or FilterOperator.StartsWith or FilterOperator.EndsWith && condition.Kind is FilterKind.Text)
                yield return new Advice("text-inside-text", "A condition on a part of a text reads every row. The search finds text inside text by an index.", condition.Field.Name);
            if (isWhole && condition.Operator is FilterOperator.IsNot or FilterOperator.IsNoneOf or FilterOperator.HasNoneOf or FilterOperator.DoesNotContain)
                yield return new Advice("negation", "A negation lets most rows through, so no index helps; it is cheap where another condition leaves few rows.", condition.Field.Name);
        }
        if (query.Search is { } search && search.Words.Any(w => w.Length < 3))
            yield return new Advice("short-word", "A word of one or two letters reads all text of the table; three letters are found by an index.");
    }

    static IEnumerable<Filter.Compare> Conditions(Filter filter) => filter switch
    {
        Filter.Compare compare => [compare],
        Filter.Group group => group.Parts.SelectMany(Conditions),
        _ => [],
    };

    static IEnumerable<JsonElement> Nodes(JsonElement plan) =>
        plan.TryGetList("Plans", out var inner) ? inner.SelectMany(Nodes).Prepend(plan) : [plan];

    static double Number(JsonElement node, string name) => node.TryGet(name, out var value) && value.ValueKind is JsonValueKind.Number ? value.GetDouble() : 0;
}
