using System.Globalization;

namespace PyBase.Benchmarks.Tables;

/// <summary><c>dotnet run -c Release --project PyBase.Benchmarks -- tables [--rows 100000] [--quick] [--only pages|reads|writes|imports|computing] [--peer 42.7,13.7] [--report]</c></summary>
static class TableBenchmarks
{
    /// <summary>In the order of the report.</summary>
    public static readonly string[] Parts = ["pages", "reads", "writes", "imports", "computing"];

    public static async Task RunAsync(string[] options)
    {
        var isQuick = options.Contains("--quick");
        var rows = After(options, "--rows") is { } given ? int.Parse(given, CultureInfo.InvariantCulture) : isQuick ? 10_000 : 100_000;
        var peer = Peer.Read(After(options, "--peer"));
        var span = TimeSpan.FromSeconds(isQuick ? 0.5 : 2);
        foreach (var part in Parts.Where(p => After(options, "--only") is not { } only || only == p))
        {
            await using var bench = await Workbench.StartAsync();
            var (before, lines) = (Load, new List<Line>());
            Console.WriteLine($"{part}, load {before}\n");
            Console.WriteLine("| work | bar | floor | measured | ratio | met |\n|---|---|---|---|---|---|");
            await foreach (var line in RunAsync(part, bench, rows, span, isQuick, peer))
            {
                Console.WriteLine(line);
                lines.Add(line);
            }
            Console.WriteLine();
            foreach (var line in lines.Where(l => l.Where is not null))
                Console.WriteLine($"{line.Work}: {line.Where}");
            Console.WriteLine($"load {Load}\n");
            if (options.Contains("--report"))
                Report.Keep(part, rows, $"tables --only {part} --rows {rows}{(isQuick ? " --quick" : "")}{(part == "pages" && peer.IsOfThisRun ? $" --peer {After(options, "--peer")}" : "")}", $"{before}, {Load}", await bench.ScalarAsync<string>("show server_version"), lines);
        }
    }

    static async IAsyncEnumerable<Line> RunAsync(string part, Workbench bench, int rows, TimeSpan span, bool isQuick, Peer peer)
    {
        var small = Math.Min(rows, 100_000);
        if (part is "computing" or "imports")
        {
            await foreach (var line in part == "imports" ? Imports.RunAsync(bench, small) : Computing.RunAsync(bench, small, isQuick))
                yield return line;
            if (part == "imports")
                await foreach (var line in Restores.RunAsync(bench, Math.Min(small, 50_000)))
                    yield return line;
            yield break;
        }
        var table = await bench.CreateTableAsync("Parts");
        var filled = part == "writes" ? small : rows;
        var took = await Clock.OnceAsync(() => table.FillAsync(filled, isSearchable: part is not "pages"));
        Console.WriteLine($"filled with {filled} rows in {took / 1000:0.0} s");
        await foreach (var line in part switch
        {
            "pages" => Pages.RunAsync(bench, table, rows, span, peer),
            "reads" => Reads.RunAsync(bench, table, rows),
            _ => Writes.RunAsync(bench, table, span),
        })
            yield return line;
    }

    static string? After(string[] options, string name) => Array.IndexOf(options, name) is >= 0 and var at && at + 1 < options.Length ? options[at + 1] : null;

    public static string Load => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";
}
