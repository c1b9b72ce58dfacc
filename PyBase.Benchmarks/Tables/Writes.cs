using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace PyBase.Benchmarks.Tables;

/// <summary>Records written through the API against COPY of the same rows; single cells by many at once; reading all; words.</summary>
static class Writes
{
    public static async IAsyncEnumerable<Line> RunAsync(Workbench bench, PartsTable table, int rows, TimeSpan span)
    {
        var copy = await Clock.MedianAsync(n => CopyAsync(bench, table, n));
        await bench.ExecuteAsync("drop table copied");
        var bodies = Enumerable.Range(0, 6).Select(n => $$"""{"records":[{{string.Join(',', Enumerable.Range(n * 1000, 1000).Select(r => $$"""{"fields":{{PartsTable.Json(r)}}}"""))}}]}""").ToArray();
        var create = await Clock.MedianAsync(n => bench.SendAsync(HttpMethod.Post, table.Path, bodies[n]));
        yield return new("create 1,000 × 20", "< 150 ms (NocoDB 941)", $"COPY {Line.Milliseconds(copy)}", Line.Milliseconds(create), create / copy, create < 150);

        var ids = await table.IdsAsync(16_000);
        var updates = Enumerable.Range(0, 6).Select(n =>
            $$"""{"records":[{{string.Join(',', ids.Take(1000).Select((id, r) => $$"""{"id":"{{id}}","fields":{{PartsTable.Json(n * 1000 + r + 77)}}}"""))}}]}""").ToArray();
        var update = await Clock.MedianAsync(n => bench.SendAsync(HttpMethod.Patch, table.Path, updates[n]));
        var written = JsonNode.Parse(await bench.GetAsync($"{table.Path}/{ids[0]}"))!["fields"]!;
        if ((string?)written["Name"] != "Part 4077")
            throw new InvalidOperationException($"The update is not there: {written.ToJsonString()}");
        yield return new("update 1,000 × 20", "< 150 ms (NocoDB 364)", $"COPY {Line.Milliseconds(copy)}", Line.Milliseconds(update), update / copy, update < 150);

        var edits = await Clock.RateAsync(16, span, n => bench.SendAsync(HttpMethod.Patch, $"{table.Path}/{ids[n % ids.Length]}", $$$"""{"fields":{"Weight":{{{n}}}}}"""));
        var raw = await Clock.RateAsync(16, span, n => bench.ExecuteAsync($"update {table.Sql} set \"{table["Weight"]}\" = {n.ToString(CultureInfo.InvariantCulture)} where _id = '{ids[n % ids.Length]}'"));
        yield return new("single-cell edits, 16 writers, one table", "≥ 500/s", $"bare UPDATE {Line.Each(raw.PerSecond, "edits")}", $"{Line.Each(edits.PerSecond, "edits")}, p95 {Line.Milliseconds(edits.P95)}",
            edits.PerSecond / raw.PerSecond, edits.PerSecond >= 500);

        var read = 0;
        var scan = await Clock.OnceAsync(async () => read = await ScanAsync(bench, table));
        var rate = read / scan * 1000;
        yield return new($"read all of {rows.ToString("#,0", CultureInfo.InvariantCulture)} × 20, 1,000 a page", "≥ 100,000 rows/s", "", Line.Each(rate, "rows"), null, rate >= 100_000);

        var found = await Clock.MedianAsync(n => FindAsync(bench, table, $"part%20{rows / 9 * (n + 1) % rows + 1000}"));
        var list = await Clock.MedianAsync(n => bench.GetAsync($"{table.Path}?search=supplier%20{n + 101}"));
        yield return new("text search: in the base; as a page of the table", "< 100 ms", "", $"{Line.Milliseconds(found)}; {Line.Milliseconds(list)}", null, found < 100 && list < 100);
    }

    static async Task CopyAsync(Workbench bench, PartsTable table, int n)
    {
        await using var connection = await bench.Data.OpenConnectionAsync();
        await using (var make = new Npgsql.NpgsqlCommand($"create table if not exists copied (like {table.Sql} including indexes)", connection))
            await make.ExecuteNonQueryAsync();
        await using var import = await connection.BeginTextImportAsync($"copy copied (_id, _number, _created, _modified, {table.Columns}) from stdin");
        var line = "\t2026-11-24Z\t2026-11-24Z\tPart 1\tBracket for assembly, deburred and anodised\t1\t2\t0.5\tt\tsel1\t{sel2}\t2026-11-24\t2026-11-24Z\t3\t3600\tp@example.org\thttps://example.org\t+41 44\tc\tSupplier 1\t1\t2\tCity\n";
        for (var r = 0; r < 1000; r++)
            await import.WriteAsync($"rec{n}x{r}\t{n * 1000 + r}{line}");
    }

    static async Task FindAsync(Workbench bench, PartsTable table, string words)
    {
        var results = (await bench.AskAsync(HttpMethod.Get, $"/api/bases/{bench.BaseId}/search?q={words}"))["results"]!.AsArray();
        if (!results.Any(r => (string?)r!["tableId"] == table.Id))
            throw new InvalidOperationException($"Not found: {words}");
    }

    static async Task<int> ScanAsync(Workbench bench, PartsTable table)
    {
        var (rows, offset) = (0, "");
        while (true)
        {
            var page = await bench.GetAsync($"{table.Path}?pageSize=1000{offset}");
            // Counting is not what is measured: a page is full, or the last.
            var end = Encoding.UTF8.GetString(page.AsSpan(Math.Max(0, page.Length - 1_000)));
            var at = end.IndexOf("\"offset\":\"", StringComparison.Ordinal);
            if (at < 0)
                return rows + JsonNode.Parse(page)!["records"]!.AsArray().Count;
            rows += 1000;
            offset = "&offset=" + Uri.EscapeDataString(end[(at + 10)..end.IndexOf('"', at + 10)]);
        }
    }
}
