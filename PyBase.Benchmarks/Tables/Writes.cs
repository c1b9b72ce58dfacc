using System.Globalization;
using System.Text.Json.Nodes;

namespace PyBase.Benchmarks.Tables;

/// <summary>Records written through the API against COPY of the same rows; single cells by many at once.</summary>
static class Writes
{
    public static async IAsyncEnumerable<Line> RunAsync(Workbench bench, PartsTable table, TimeSpan span)
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

        var used = bench.Processors;
        var edits = await Clock.RateAsync(16, span, n => bench.SendAsync(HttpMethod.Patch, $"{table.Path}/{ids[n % ids.Length]}", $$$"""{"fields":{"Weight":{{{n}}}}}"""));
        var where = (bench.Processors - used).Each(edits.Rounds);
        var raw = await Clock.RateAsync(16, span, n => bench.ExecuteAsync($"update {table.Sql} set \"{table["Weight"]}\" = {n.ToString(CultureInfo.InvariantCulture)} where _id = '{ids[n % ids.Length]}'"));
        yield return new("single-cell edits, 16 writers, one table", "≥ 500/s", $"bare UPDATE {Line.Each(raw.PerSecond, "edits")}", $"{Line.Each(edits.PerSecond, "edits")}, p95 {Line.Milliseconds(edits.P95)}",
            edits.PerSecond / raw.PerSecond, edits.PerSecond >= 500, where);
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
}
