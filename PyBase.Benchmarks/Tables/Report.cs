using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace PyBase.Benchmarks.Tables;

/// <summary>
/// <c>docs/benchmarks/tables.md</c>: made of the newest run of each part, which are kept beside the build, so that a part can be measured by itself.
/// </summary>
static class Report
{
    /// <summary>Bars that other parts are to measure; each has its place in the report until it does.</summary>
    static readonly Line[] Missing =
    [
        new("import CSV 100,000 × 20, ready to query", "≥ 40,000 rows/s", "", "not measured yet", null, null),
        new("undo of 1,000 deletes", "< 200 ms", "", "not measured yet", null, null),
        new("restore of 50,000", "< 5 s", "", "not measured yet", null, null),
    ];

    sealed record Run(string Part, int Rows, string Command, DateTimeOffset Time, string Load, string Postgres, IReadOnlyList<Line> Lines);

    public static void Keep(string part, int rows, string command, string load, string postgres, IReadOnlyList<Line> lines)
    {
        var root = Root();
        var kept = Directory.CreateDirectory(Path.Combine(root, "artifacts", "benchmarks", "tables")).FullName;
        File.WriteAllText(Path.Combine(kept, $"{part}-{rows}.json"), JsonSerializer.Serialize(new Run(part, rows, command, TimeProvider.System.GetUtcNow(), load, postgres, lines)));
        Run[] runs = [.. Directory.GetFiles(kept, "*.json").Select(f => JsonSerializer.Deserialize<Run>(File.ReadAllText(f))!).OrderBy(r => Array.IndexOf(TableBenchmarks.Parts, r.Part)).ThenBy(r => r.Rows)];
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(root, "docs", "benchmarks")).FullName, "tables.md"), Write(runs));
    }

    static string Write(Run[] runs)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            # Tables

            Written by `dotnet run -c Release --project PyBase.Benchmarks -- tables --report`, as a whole or part by part (`--only {string.Join('|', TableBenchmarks.Parts)}`, `--rows 1000000`).
            {Machine}, PostgreSQL {runs[0].Postgres}; client, PyBase and database on the one machine.
            The floor is the same rows by Npgsql and Utf8JsonWriter, without HTTP, or by COPY, in the same run; rates are over HTTP. Each page is another place or another value. Medians of five.
            NocoDB 0.301.3 is measured by `eng/measure-peer.sh` on the same machine, just before where the bar says so.

            | work | bar | floor | measured | ratio | met |
            |---|---|---|---|---|---|

            """);
        foreach (var line in runs.SelectMany(r => r.Lines).Concat(Missing.Where(m => runs.All(r => r.Lines.All(l => l.Bar != m.Bar)))))
            text.Append(line).Append('\n');
        text.Append("\n## What limits the next factor of two\n\n");
        foreach (var line in runs.SelectMany(r => r.Lines).Where(l => l.Where is not null))
            text.Append(CultureInfo.InvariantCulture, $"- {line.Work}: {line.Where}.\n");
        text.Append("\n## Runs\n\n| part | command | day | load of the machine before and after |\n|---|---|---|---|\n");
        foreach (var run in runs)
            text.Append(CultureInfo.InvariantCulture, $"| {run.Part} | `{run.Command}` | {run.Time:yyyy-MM-dd HH:mm} UTC | {run.Load} |\n");
        return text.ToString();
    }

    /// <summary>What was measured on.</summary>
    public static string Machine => string.Create(CultureInfo.InvariantCulture, $"{Processor()}, {Environment.ProcessorCount} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30} GB, .NET {Environment.Version}");

    static string Processor() => File.Exists("/proc/cpuinfo") && File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal)) is { } name
        ? name[(name.IndexOf(':') + 2)..] : RuntimeInformation.ProcessArchitecture.ToString();

    static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "PyBase.sln")))
            folder = folder.Parent;
        return folder.FullName;
    }
}
