using System.Globalization;

namespace PyBase.Benchmarks.Tables;

/// <summary><c>dotnet run -c Release --project PyBase.Benchmarks -- tables [--rows 100000] [--quick] [--only pages|writes|computing]</c></summary>
static class TableBenchmarks
{
    public static async Task RunAsync(string[] options)
    {
        var isQuick = options.Contains("--quick");
        var rows = After(options, "--rows") is { } given ? int.Parse(given, CultureInfo.InvariantCulture) : isQuick ? 10_000 : 100_000;
        var only = After(options, "--only");
        var span = TimeSpan.FromSeconds(isQuick ? 0.5 : 2);
        var small = Math.Min(rows, 100_000);
        await using var bench = await Workbench.StartAsync();
        Console.WriteLine($"load at the start: {Load}\n");
        Console.WriteLine("| work | bar | floor | measured | ratio | met |\n|---|---|---|---|---|---|");
        if (only is null or "pages")
        {
            var table = await bench.CreateTableAsync("Pages");
            await table.FillAsync(rows, isSearchable: false);
            await ShowAsync(Pages.RunAsync(bench, table, rows, span));
        }
        if (only is null or "writes")
        {
            var table = await bench.CreateTableAsync("Parts");
            await table.FillAsync(small, isSearchable: true);
            await ShowAsync(Writes.RunAsync(bench, table, small, span));
        }
        if (only is null or "computing")
            await ShowAsync(Computing.RunAsync(bench, small, isQuick));
        Console.WriteLine($"\nload at the end: {Load}");
    }

    static async Task ShowAsync(IAsyncEnumerable<Line> lines)
    {
        await foreach (var line in lines)
            Console.WriteLine(line);
    }

    static string? After(string[] options, string name) => Array.IndexOf(options, name) is >= 0 and var at && at + 1 < options.Length ? options[at + 1] : null;

    static string Load => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";
}
