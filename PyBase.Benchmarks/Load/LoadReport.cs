using System.Globalization;
using System.Text;
using System.Text.Json;
using PyBase.Benchmarks.Tables;
using PyBase.Tests.Support;

namespace PyBase.Benchmarks.Load;

/// <summary>The newest run of each part is kept beside the build, so that a part can be measured by itself; the documents are made of all of them.</summary>
static class LoadReport
{
    sealed record Run(string Part, string Command, DateTimeOffset Time, string Load, LoadLine? Line, IReadOnlyList<Step>? Steps, IReadOnlyList<Cost>? Costs);

    static string Folder => Directory.CreateDirectory(Path.Combine(Repository.Root, "artifacts", "benchmarks", "load")).FullName;

    public static void Keep(string part, string command, string load, LoadLine? line, IReadOnlyList<Step>? steps = null, IReadOnlyList<Cost>? costs = null)
    {
        File.WriteAllText(Path.Combine(Folder, $"{part}.json"), JsonSerializer.Serialize(new Run(part, command, TimeProvider.System.GetUtcNow(), load, line, steps, costs)));
        Run[] runs = [.. Directory.GetFiles(Folder, "*.json").Select(f => JsonSerializer.Deserialize<Run>(File.ReadAllText(f))!).OrderBy(r => Array.IndexOf(LoadBenchmarks.Parts, r.Part))];
        if (line is not null)
            DocumentPart.Write("reliability.md", "load", Lines([.. runs.Where(r => r.Line is not null)]));
        else
            File.WriteAllText(Path.Combine(Repository.Root, "docs", "benchmarks", "scaling.md"), Requests(runs.Single(r => r.Steps is not null)));
    }

    static string Lines(Run[] runs)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Report.Machine}; clients, PyBase and its servers on the one machine.\n\n| load | bar | measured | met |\n|---|---|---|---|\n");
        foreach (var run in runs)
            text.Append(run.Line).Append('\n');
        text.Append("\nWhere the time went:\n\n");
        foreach (var run in runs.Where(r => r.Line!.Where.Length > 0))
            text.Append(CultureInfo.InvariantCulture, $"- {run.Line!.Work}: {run.Line.Where}.\n");
        Commands(text, runs);
        return text.ToString();
    }

    static string Requests(Run run)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            # Requests on 1, 2 and 4 Api processes

            Written by `eng/load.sh requests`. {Report.Machine}; client, Api processes and PostgreSQL on the one machine.

            Arrivals are open-loop: their times are settled beforehand (independent of each other, the same in each run) and wait for no answer, and each answer's time counts from when
            its request was due. So a server that stops for a second is charged for everybody who came in that second. Of ten requests six read a page of 100 × 20 from another place each, three one
            record, and one edits a cell; they go to the processes in turn. The rate grows until the 95th percentile is beyond 250 ms or requests pile up.

            | Api processes | asked/s | answered/s | median | p95 | p99 | processor time each, Api and PostgreSQL | |
            |---|---|---|---|---|---|---|---|

            """);
        foreach (var step in run.Steps!)
            text.Append(step).Append('\n');
        text.Append("\n## What more processes bring\n\n| Api processes | carried/s | against one | processor time each, at that rate | whose it was |\n|---|---|---|---|---|\n");
        var best = run.Steps!.Where(s => s.IsCarried).GroupBy(s => s.Apis).Select(s => s.MaxBy(step => step.Done)!).ToList();
        foreach (var step in best)
            text.Append(CultureInfo.InvariantCulture, $"| {step.Apis} | {step.Done:0} | {step.Done / best[0].Done:0.00} | {step.ServersEach:0.0} ms | {step.Where} |\n");
        text.Append(CultureInfo.InvariantCulture, $"""

            With {Environment.ProcessorCount} cores for everything, one process already uses what the client and PostgreSQL leave: further ones can win nothing here, and what there is to see is what
            they cost. A process has no state that the others need, so on machines of their own the rate is cores divided by processor time each, until PostgreSQL's share is one machine's.

            ## What a request costs

            One Api process, 100 requests a second, so that the machine is idle most of the time.

            | request | median | p99 | Api | PostgreSQL |
            |---|---|---|---|---|

            """);
        foreach (var cost in run.Costs!)
            text.Append(cost).Append('\n');
        text.Append("\nThe second line is what the ETag saves: the version is looked up, the page is not. There is no routing of reads to a standby yet, so nothing is to be told of it.\n");
        Commands(text, [run]);
        return text.ToString();
    }

    static void Commands(StringBuilder text, Run[] runs)
    {
        text.Append("\n| command | day | load of the machine before |\n|---|---|---|\n");
        foreach (var run in runs)
            text.Append(CultureInfo.InvariantCulture, $"| `{run.Command}` | {run.Time:yyyy-MM-dd HH:mm} UTC | {run.Load} |\n");
    }
}
