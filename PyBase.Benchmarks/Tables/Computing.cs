using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace PyBase.Benchmarks.Tables;

/// <summary>Formulas and roll-ups over many rows, and what others notice of it.</summary>
static class Computing
{
    public static async IAsyncEnumerable<Line> RunAsync(Workbench bench, int rows, bool isQuick)
    {
        var half = rows / 2;
        var table = await bench.CreateTableAsync("Formulas");
        await table.FillAsync(half, isSearchable: false);
        yield return await FormulaAsync(bench, table, half, "formula", $"IF({{Amount}} > 100, ROUND({{Price}} * {{Weight}}, 2), {{Length}})",
            $"case when \"{table["Amount"]}\" > 100 then round((\"{table["Price"]}\" * \"{table["Weight"]}\")::numeric, 2)::float8 else \"{table["Length"]}\" end");
        yield return await FormulaAsync(bench, table, half, "formula of text, found by search as well,", $"{{Length}} & ' ' & {{Name}}", $"\"{table["Length"]}\" || ' ' || \"{table["Name"]}\"", hasBar: false);

        await foreach (var line in TreeAsync(bench, isQuick ? 1_000 : 10_000))
            yield return line;
        var big = await bench.CreateTableAsync("Recomputed");
        await big.FillAsync(rows, isSearchable: false);
        foreach (var line in await OthersAsync(bench, big, table, rows))
            yield return line;
        yield return await SizeAsync(bench, isQuick ? 1_000 : 2_000);
    }

    /// <summary>A formula made, until each row has its cell, against one UPDATE of as many rows.</summary>
    static async Task<Line> FormulaAsync(Workbench bench, PartsTable table, int rows, string what, string formula, string sql, bool hasBar = true)
    {
        var made = "";
        var ready = await Clock.MedianAsync(async n =>
        {
            made = await bench.AddFieldAsync(table, $"Made of {formula} {n}", "formula", new JsonObject { ["formula"] = formula }.ToJsonString());
            await bench.SettleAsync();
            if (await bench.ScalarAsync<long>($"select count(*) from {table.Sql} where \"{made}\" is null") is > 0 and var left)
                throw new InvalidOperationException($"The formula is not computed in {left} rows: {await bench.ScalarAsync<string>($"select coalesce(min(errors::text), 'no error') from {table.Sql}")}");
        });
        var plain = await Clock.OnceAsync(() => bench.ExecuteAsync($"update {table.Sql} set \"{made}\" = {sql}"));
        return new($"{what} over {rows.ToString("#,0", CultureInfo.InvariantCulture)} rows created and ready", hasBar ? "< 1 s" : "", $"one bare UPDATE {Line.Milliseconds(plain)}", Line.Milliseconds(ready), ready / plain, hasBar ? ready < 1000 : null);
    }

    /// <summary>A bill of material of ten levels, each part in one above; what a change at the bottom costs, up to the top.</summary>
    static async IAsyncEnumerable<Line> TreeAsync(Workbench bench, int lines)
    {
        var table = await bench.CreateTableAsync("Bom");
        await table.FillAsync(lines, isSearchable: false);
        var link = await bench.AddFieldAsync(table, "Consists of", "multipleRecordLinks", $$"""{"linkedTableId":"{{table.Id}}"}""");
        var ids = await table.IdsAsync(lines);
        var level = lines / 10;
        // Past the API: row n of a level stands under row n of the level above, and the first level under the first row.
        await bench.ExecuteAsync($"""
            insert into "{bench.BaseId}"."lnk_{link}" (from_id, to_id, from_order)
            select p._id, c._id, 1 from (select _id, row_number() over (order by _number) - 1 as n from {table.Sql}) c
            join (select _id, row_number() over (order by _number) - 1 as n from {table.Sql}) p on p.n = case when c.n < {level} then 0 else c.n - {level} end where c.n > 0;
            update {table.Sql} t set "{link}" = l.ids from (select from_id, array_agg(to_id order by to_id) as ids from "{bench.BaseId}"."lnk_{link}" group by from_id) l where l.from_id = t._id;
            analyze {table.Sql}; analyze "{bench.BaseId}"."lnk_{link}"
            """);
        var whole = await Clock.OnceAsync(() => bench.AddFieldAsync(table, "Total", "recursiveRollup", $$"""{"recordLinkFieldId":"{{link}}","fieldIdInLinkedTable":"{{table["Price"]}}"}"""));
        var top = await bench.AskAsync(HttpMethod.Get, $"{table.Path}/{ids[0]}");
        var right = await bench.ScalarAsync<double>($"select sum(\"{table["Price"]}\"::numeric)::float8 from {table.Sql}");
        if (Math.Abs((double)top["fields"]!["Total"]! - right) > 0.01)
            throw new InvalidOperationException($"The roll-up is {(double)top["fields"]!["Total"]!} and should be {right}.");
        var bottom = await Clock.MedianAsync(n => bench.SendAsync(HttpMethod.Patch, $"{table.Path}/{ids[^(n + 1)]}", """{"fields":{"Price":42}}"""));
        var changed = await bench.ScalarAsync<double>($"select sum(\"{table["Price"]}\"::numeric)::float8 from {table.Sql}");
        var explode = await Clock.MedianAsync(async _ =>
        {
            var tree = await bench.AskAsync(HttpMethod.Get, $"/api/bases/{bench.BaseId}/tables/{table.Id}/tree?record={ids[0]}&link={link}&value={table["Price"]}");
            if (tree["lines"]!.AsArray().Count is var found && found != lines - 1 || Math.Abs((double)tree["value"]! - changed) > 0.01)
                throw new InvalidOperationException($"The tree has {tree["lines"]!.AsArray().Count} lines and costs {tree["value"]} instead of {changed}.");
        }, warm: 40);
        var size = lines.ToString("#,0", CultureInfo.InvariantCulture);
        yield return new($"explode a bill of material of {size} lines in ten levels, with its cost", "< 100 ms", "", Line.Milliseconds(explode), null, explode < 100);
        yield return new($"the same cost as a field: after a change at the bottom (the field made: {Line.Milliseconds(whole)})", "< 100 ms", "", Line.Milliseconds(bottom), null, bottom < 100);
    }

    /// <summary>A formula is added to all rows; meanwhile somebody writes to the same table and to another one, and somebody reads.</summary>
    static async Task<Line[]> OthersAsync(Workbench bench, PartsTable table, PartsTable other, int rows)
    {
        var (same, elsewhere, pages, adding) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        var (ids, others) = (await table.IdsAsync(500), await other.IdsAsync(500));
        using var done = new CancellationTokenSource();
        async Task LoopAsync(List<double> times, Func<int, Task> work)
        {
            for (var n = 0; !done.IsCancellationRequested; n++)
                times.Add(await Clock.OnceAsync(() => work(n)));
        }
        var isAdded = false;
        Task[] people =
        [
            LoopAsync(same, n => bench.SendAsync(HttpMethod.Patch, $"{table.Path}/{ids[n % 500]}", $$$"""{"fields":{"Length":{{{n}}}}}""")),
            LoopAsync(elsewhere, n => bench.SendAsync(HttpMethod.Patch, $"{other.Path}/{others[n % 500]}", $$$"""{"fields":{"Stars":{{{n % 5 + 1}}}}}""")),
            LoopAsync(pages, async n =>
            {
                var took = await Clock.OnceAsync(() => bench.GetAsync($"{table.Path}?pageSize=100"));
                if (!isAdded)
                    adding.Add(took);
            }),
        ];
        var started = Stopwatch.GetTimestamp();
        for (var n = 0; n < 5; n++)
            await bench.AddFieldAsync(table, $"Plain {n}", "singleLineText", "null");
        await bench.AddFieldAsync(table, "Computed", "formula", "{\"formula\":\"{Price} * {Weight} + 1\"}");
        isAdded = true;
        await bench.SettleAsync();
        var took = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        await done.CancelAsync();
        await Task.WhenAll(people);
        var (own, away, added) = (Clock.Percentile(same, 0.95), Clock.Percentile(elsewhere, 0.95), Clock.Percentile(adding, 0.95));
        return
        [
            new($"p95 of other writers while {rows.ToString("#,0", CultureInfo.InvariantCulture)} cells recompute ({Line.Milliseconds(took)}): the same table; another", "< 300 ms", "", $"{Line.Milliseconds(own)}; {Line.Milliseconds(away)}", null, own < 300 && away < 300),
            new("p95 of pages while fields are added", "< 100 ms", "", Line.Milliseconds(added), null, added < 100),
        ];
    }

    /// <summary>Every row's number changes a hundred times, and with it a formula.</summary>
    static async Task<Line> SizeAsync(Workbench bench, int rows)
    {
        var table = await bench.CreateTableAsync("Grown");
        await table.FillAsync(rows, isSearchable: false);
        var field = await bench.AddFieldAsync(table, "Made", "formula", "{\"formula\":\"{Price} * 1000\"}");
        await bench.SettleAsync();
        await bench.ExecuteAsync($"vacuum full {table.Sql}");
        var before = await bench.ScalarAsync<long>($"select pg_total_relation_size('{table.Sql}')");
        for (var n = 0; n < 100; n++)
            await bench.SendAsync(HttpMethod.Patch, $"/v0/meta/bases/{bench.BaseId}/tables/{table.Id}/fields/{field}", $$$"""{"options":{"formula":"{Price} * {{{n + 1}}} + {{{n + 7}}}"}}""");
        await bench.SettleAsync();
        var after = await bench.ScalarAsync<long>($"select pg_total_relation_size('{table.Sql}')");
        return new($"size of a table of {rows.ToString("#,0", CultureInfo.InvariantCulture)} rows after 100 full recomputes", "< 2 ×", $"{before >> 10} KB", $"{after >> 10} KB", (double)after / before, after < 2 * before);
    }
}
