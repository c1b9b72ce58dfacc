using System.Globalization;
using PyBase.Benchmarks.Tables;
using PyBase.Tests.Support;

namespace PyBase.Benchmarks.Load;

/// <summary>Many listeners, edits, jobs and requests on several processes of each role: <c>load PART [--seconds 60] [--count N] [--report]</c>, as <c>eng/load.sh</c> calls it.</summary>
static class LoadBenchmarks
{
    /// <summary>In the order of the report.</summary>
    public static readonly string[] Parts = ["tables", "wide", "busy", "idle", "burst", "requests"];

    /// <summary>Servers of its own with fsync on; nobody waits for the console.</summary>
    public static ClusterOptions Options => new()
    {
        Api = 2, Realtime = 2, Workers = 0, OwnServers = true,
        Settings = new Dictionary<string, string> { ["Accounts:SignUp"] = "open", ["Logging:LogLevel:Default"] = "Warning" },
    };

    public static async Task RunAsync(string part, string[] options)
    {
        var load = TableBenchmarks.Load;
        await using var servers = new Servers();
        if (part == "requests")
        {
            await RequestsAsync(servers, options, load);
            return;
        }
        await using var cluster = await Cluster.StartAsync(servers, Options with { Workers = part == "burst" ? 2 : 0 });
        var span = TimeSpan.FromSeconds(Number(options, "--seconds", 60));
        var line = await (part switch
        {
            "tables" => new LiveTables(20, 50, 50, 40, 200).RunAsync(cluster, span),
            "wide" => new LiveTables(1, 1_000, 5, 40, 200).RunAsync(cluster, span),
            "busy" => new LiveTables(1, 1_000, 50, double.PositiveInfinity, 1_000).RunAsync(cluster, span),
            "idle" => IdleConnections.RunAsync(cluster, Number(options, "--count", 10_000)),
            "burst" => Burst.RunAsync(cluster, Number(options, "--count", 5_000)),
            _ => throw new ArgumentException($"{part} is none of: {string.Join(", ", Parts)}."),
        });
        Console.WriteLine($"{line}\n{line.Where}");
        if (options.Contains("--report"))
            LoadReport.Keep(part, $"eng/load.sh {part}", load, line);
    }

    static async Task RequestsAsync(Servers servers, string[] options, string load)
    {
        var span = TimeSpan.FromSeconds(Number(options, "--seconds", 4));
        var (steps, costs) = (new List<Step>(), new List<Cost>());
        foreach (var apis in (int[])[1, 2, 4])
        {
            await using var topology = await Topology.StartAsync(servers, apis);
            if (apis == 1)
                await foreach (var cost in topology.CostsAsync(span))
                {
                    Console.WriteLine(cost);
                    costs.Add(cost);
                }
            await foreach (var step in topology.ClimbAsync(span))
            {
                Console.WriteLine(step);
                steps.Add(step);
            }
        }
        if (options.Contains("--report"))
            LoadReport.Keep("requests", "eng/load.sh requests", load, null, steps, costs);
    }

    static int Number(string[] options, string name, int otherwise) =>
        Array.IndexOf(options, name) is >= 0 and var at && at + 1 < options.Length ? int.Parse(options[at + 1], CultureInfo.InvariantCulture) : otherwise;
}
