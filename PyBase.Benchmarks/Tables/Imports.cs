using System.Globalization;
using System.Text;

namespace PyBase.Benchmarks.Tables;

/// <summary>A CSV file of 20 columns into a table of its own, from the upload to the moment at which its rows can be asked for, against COPY of the same rows.</summary>
static class Imports
{
    public static async IAsyncEnumerable<Line> RunAsync(Workbench bench, int rows)
    {
        var file = File(rows);
        var copy = await Clock.MedianAsync(_ => CopyAsync(bench, file), times: 3);
        var created = 0L;
        // With each of the first the compiler makes more of what it has seen.
        var took = await Clock.MedianAsync(async _ =>
        {
            var job = await bench.Person.EndOfAsync(await bench.Person.ImportAsync(bench.BaseId, "parts.csv", file), TimeSpan.FromMinutes(5), longestPause: 30);
            created = (string?)job["state"] == "succeeded" ? (long)job["result"]!["tables"]![0]!["created"]! : throw new InvalidOperationException(job.ToJsonString());
        }, warm: 3, settle: bench.SettleSearchAsync);
        if (created != rows)
            throw new InvalidOperationException($"{created} of {rows} rows are there.");
        var rate = rows / took * 1000;
        yield return new($"import CSV {rows.ToString("#,0", CultureInfo.InvariantCulture)} × 20 into a new table, ready to query", "≥ 40,000 rows/s", $"COPY {Line.Each(rows / copy * 1000, "rows")}", Line.Each(rate, "rows"), took / copy, rate >= 40_000);
    }

    static byte[] File(int rows)
    {
        var text = new StringBuilder("Name,Description,Quantity,Price,Weight,Checked,State,Kind,Since,Changed,Level,Seconds,Mail,Web,Phone,Code,Supplier,Length,Width,City\n");
        for (var r = 0; r < rows; r++)
            text.Append(CultureInfo.InvariantCulture, $"Part {r},\"Bracket for assembly, deburred and anodised\",{r % 100},{r % 997}.{r % 90 + 10},{r * 0.37:0.00},{(r % 2 == 0 ? "true" : "false")},{(r % 3 == 0 ? "open" : "closed")},{(r % 5 == 0 ? "bought" : "made")},")
                .Append(CultureInfo.InvariantCulture, $"2026-{r % 12 + 1:00}-{r % 28 + 1:00},2026-{r % 12 + 1:00}-{r % 28 + 1:00}T08:{r % 60:00}:00Z,{r % 9},{r % 3600},p{r % 1000}@example.org,https://example.org/{r},+41 44 {r % 900 + 100} {r % 90 + 10} {r % 80 + 10},C-{r:000000},Supplier {r % 300},{r % 1000},{r % 500},City {r % 80}\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    static async Task CopyAsync(Workbench bench, byte[] file)
    {
        await bench.ExecuteAsync("drop table if exists imported; create table imported (n bigint generated always as identity primary key, " + string.Join(", ", Enumerable.Range(0, 20).Select(c => $"c{c} text")) + ")");
        await using var connection = await bench.Data.OpenConnectionAsync();
        await using var copy = await connection.BeginTextImportAsync($"copy imported ({string.Join(", ", Enumerable.Range(0, 20).Select(c => $"c{c}"))}) from stdin (format csv, header)");
        await copy.WriteAsync(Encoding.UTF8.GetString(file));
    }
}
