using System.Buffers;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PyBase.Benchmarks.Tables;

/// <summary>All rows of a table as a stream, against the same rows read and written as JSON by hand; words.</summary>
static class Reads
{
    public static async IAsyncEnumerable<Line> RunAsync(Workbench bench, PartsTable table, int rows)
    {
        var size = rows.ToString("#,0", CultureInfo.InvariantCulture);
        var floor = await Clock.MedianAsync(_ => FloorAsync(bench, table, rows));
        var (before, used) = (bench.Memory, bench.Processors);
        var most = 0L;
        var streamed = await Clock.MedianAsync(async _ =>
        {
            if (await StreamAsync(bench, table, () => most = Math.Max(most, bench.Memory)) != rows)
                throw new InvalidOperationException("The stream has not all rows.");
        });
        var (raw, rate) = (rows / floor * 1000, rows / streamed * 1000);
        yield return new($"read all of {size} × 20 as a stream; memory it takes", "≥ 100,000 rows/s, flat", Line.Each(raw, "rows"), $"{Line.Each(rate, "rows")}, {(most - before) >> 20} MB", rate / raw, rate >= 100_000 && most - before < 100 << 20,
            $"of 1,000 rows {(bench.Processors - used).Each(6 * rows / 1_000)}");

        var found = await Clock.MedianAsync(n => FindAsync(bench, table, $"part%20{rows / 9 * (n + 1) % rows + 1000}"));
        var list = await Clock.MedianAsync(n => bench.GetAsync($"{table.Path}?search=supplier%20{n + 101}"));
        yield return new($"text search in {size} × 20: in the base; as a page of the table", "< 100 ms", "", $"{Line.Milliseconds(found)}; {Line.Milliseconds(list)}", null, found < 100 && list < 100);
    }

    /// <summary>Lines of the stream without the last, which has to say that they are all.</summary>
    static async Task<int> StreamAsync(Workbench bench, PartsTable table, Action look)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, table.Path) { Headers = { Accept = { new MediaTypeWithQualityHeaderValue("application/x-ndjson") } } };
        using var response = await bench.Person.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await using var body = await response.EnsureSuccessStatusCode().Content.ReadAsStreamAsync();
        var (buffer, lines, end, reads) = (new byte[256 << 10], 0, "", 0);
        for (int length; (length = await body.ReadAsync(buffer)) > 0;)
        {
            lines += buffer.AsSpan(0, length).Count((byte)'\n');
            end = (end + Encoding.UTF8.GetString(buffer.AsSpan(Math.Max(0, length - 200), Math.Min(length, 200))))[^Math.Min(200, length)..];
            if (reads++ % 50 == 0)
                look();
        }
        return end.Contains("\"isComplete\":true", StringComparison.Ordinal) ? lines - 1 : throw new InvalidOperationException($"The stream was cut: {end}");
    }

    static async Task FloorAsync(Workbench bench, PartsTable table, int rows)
    {
        await using var command = bench.Data.CreateCommand($"select _id, _created, {table.Columns} from {table.Sql} order by _number");
        await using var row = await command.ExecuteReaderAsync();
        var buffer = new ArrayBufferWriter<byte>(64 << 10);
        await using var json = new Utf8JsonWriter(buffer, Floor.Options);
        var count = 0;
        for (; await row.ReadAsync(); count++)
        {
            Floor.WriteRow(json, row);
            await json.FlushAsync();
            json.Reset();
            if (buffer.WrittenCount > 60_000)
                buffer.ResetWrittenCount();
        }
        if (count != rows)
            throw new InvalidOperationException("The floor has not all rows.");
    }

    static async Task FindAsync(Workbench bench, PartsTable table, string words)
    {
        var results = (await bench.AskAsync(HttpMethod.Get, $"/api/bases/{bench.BaseId}/search?q={words}"))["results"]!.AsArray();
        if (!results.Any(r => (string?)r!["tableId"] == table.Id))
            throw new InvalidOperationException($"Not found: {words}");
    }
}
