using System.Globalization;
using System.Text.Json.Nodes;

namespace PyBase.Benchmarks.Tables;

/// <summary>Pages of a big table, each from another place, against the same rows read and written as JSON by hand.</summary>
static class Pages
{
    public static async IAsyncEnumerable<Line> RunAsync(Workbench bench, PartsTable table, int rows, TimeSpan span, Peer peer)
    {
        var size = rows.ToString("#,0", CultureInfo.InvariantCulture);
        var order = "sort%5B0%5D%5Bfield%5D=Amount";
        await IndexAsync(bench, table, order);
        var places = await PlacesAsync(bench, table, order, rows);
        await CheckAsync(bench, table, $"{order}&offset={places[1]}");
        foreach (var hands in (int[])[1, 16])
        {
            var (floor, ours) = await Clock.RatesAsync(
                new(hands, span, n => Floor.PageAsync(bench, table, Amount(n)), () => bench.Processors),
                new(hands, span, n => PageAsync(bench, $"{table.Path}?{order}&offset={places[n % places.Length]}"), () => bench.Processors));
            var ratio = ours.PerSecond / floor.PerSecond;
            yield return new($"page of 100 × 20 of {size} rows, sorted by a number, {hands} at once", hands == 1 ? "≥ 0.6 of the floor" : $"≥ 0.6 of the floor, p95 < 50 ms, {peer.Tell(peer.Pages)}",
                Line.Each(floor.PerSecond, "pages"), $"{Line.Each(ours.PerSecond, "pages")}, p95 {Line.Milliseconds(ours.P95)}", ratio, ratio >= 0.6 && (hands == 1 || (ours.P95 < 50 && ours.PerSecond >= peer.PagesBar)),
                $"{ours.Used.Each(ours.Rounds)}; the floor {floor.Used.Each(floor.Rounds)}");
        }
        var start = bench.Processors;
        var filtered = await Clock.RateAsync(16, span, n => PageAsync(bench,
            $"{table.Path}?{order}&filter={Uri.EscapeDataString($$"""{"fieldId":"Amount","operator":">","value":{{Amount(n)}}}""")}"));
        yield return new($"the same with a filter of another value each", $"p95 < 50 ms, {peer.Tell(peer.Filtered)}", "", $"{Line.Each(filtered.PerSecond, "pages")}, p95 {Line.Milliseconds(filtered.P95)}", null,
            filtered.P95 < 50 && filtered.PerSecond >= peer.FilteredBar, (bench.Processors - start).Each(filtered.Rounds));

        var path = $"/api/bases/{bench.BaseId}/tables/{table.Id}";
        await bench.GetAsync($"{path}/rows?start={rows - 1}&{order}");
        var total = await Clock.MedianAsync(_ => bench.GetAsync($"{path}/position?{order}"));
        var jump = await Clock.MedianAsync(n => bench.GetAsync($"{path}/rows?start={rows / 7 * (n + 1) % rows}&{order}"));
        yield return new($"total, and jump to any row, of {size}", "< 50 ms", "", $"{Line.Milliseconds(total)}, {Line.Milliseconds(jump)}", null, total < 50 && jump < 50);
    }

    /// <summary>Asks until PyBase makes the index by itself.</summary>
    static async Task IndexAsync(Workbench bench, PartsTable table, string order)
    {
        for (var n = 0; n < 60; n++)
            await bench.GetAsync($"{table.Path}?{order}&pageSize=1");
        while (!await bench.ScalarAsync<bool>($"select exists (select from pybase.index_uses where table_id = '{table.Id}' and index_name is not null)"))
            await Task.Delay(100);
        await Task.Delay(1_000);
    }

    /// <summary>Cursors from all over the table.</summary>
    static async Task<string[]> PlacesAsync(Workbench bench, PartsTable table, string order, int rows)
    {
        var places = new string[200];
        for (var n = 0; n < places.Length; n++)
        {
            var page = await bench.AskAsync(HttpMethod.Get, $"/api/bases/{bench.BaseId}/tables/{table.Id}/rows?start={(long)n * (rows - 1_000) / places.Length}&pageSize=1&{order}");
            places[n] = Uri.EscapeDataString((string)page["offset"]!) + "&pageSize=100";
        }
        return places;
    }

    static async Task CheckAsync(Workbench bench, PartsTable table, string query)
    {
        var records = (await bench.AskAsync(HttpMethod.Get, $"{table.Path}?{query}"))["records"]!.AsArray();
        var first = (double)records[0]!["fields"]!["Amount"]!;
        var right = await bench.ScalarAsync<string[]>($"select array(select _id from {table.Sql} where \"{table["Amount"]}\" >= {first.ToString(CultureInfo.InvariantCulture)} order by \"{table["Amount"]}\", _number limit 100)");
        if (!records.Select(r => (string)r!["id"]!).SequenceEqual(right))
            throw new InvalidOperationException("The page has the wrong rows.");
    }

    static async Task PageAsync(Workbench bench, string path)
    {
        if ((await bench.GetAsync(path)).Length < 20_000)
            throw new InvalidOperationException("The page is too short.");
    }

    static double Amount(int n) => (long)n * 104_729 % 9_000_000;
}
