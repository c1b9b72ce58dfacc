using System.Globalization;
using System.Text.Json;
using PyBase.Core.Scaling;
using PyBase.Tests.Support;

namespace PyBase.Benchmarks.Scaling;

/// <summary><c>dotnet run -c Release --project PyBase.Benchmarks -- scaling-plots docs/images</c>: the pictures of docs/scaling.md, and its tables on the screen.</summary>
static class ScalingPlots
{
    const string Fixed = "#94a3b8", Keda = "#ea580c", Policy = "#2563eb", Database = "#0d9488";

    public static void Run(string folder)
    {
        Directory.CreateDirectory(folder);
        Console.WriteLine("| scenario | scaler | wait, median | wait, p95 | most workers | worker hours | changes |\n|---|---|---|---|---|---|---|");
        foreach (var scenario in Scenario.All)
            WhatIfPlot(folder, scenario);
        Console.WriteLine();
        Console.WriteLine("| users | tier | api | requests/s | median | p95 | p99 | api busy | database busy | a month |\n|---|---|---|---|---|---|---|---|---|---|");
        PlanPlot(folder);
    }

    static void WhatIfPlot(string folder, Scenario scenario)
    {
        (string Name, string Colour, WhatIfOutcome Outcome)[] all =
            [("fixed pool", Fixed, WhatIfCases.Fixed(scenario)), ("KEDA", Keda, WhatIfCases.Keda(scenario)), ("PyBase", Policy, WhatIfCases.Policy(scenario))];
        foreach (var (name, _, outcome) in all)
            Line($"| {scenario.Name} | {name} | {outcome.WaitMedian:0} s | {outcome.WaitP95:0} s | {outcome.MostWorkers} | {outcome.WorkerHours:0.0} | {outcome.Changes} |");
        var (unit, seconds) = scenario.Length > TimeSpan.FromHours(3) ? ("hours", 3600.0) : ("minutes", 60.0);
        PlotPanel Panel(string title, string y, Func<WhatIfPoint, double> of) =>
            new(title, y, unit, [.. all.Select(a => new PlotLine(a.Name, a.Colour, Thin([.. a.Outcome.Points.Select(p => (p.Second / seconds, of(p)))])))]);
        var file = Path.Combine(folder, $"scaling-{scenario.Name.Replace(' ', '-')}.svg");
        File.WriteAllText(file, SvgPlot.Write($"What if: {scenario.Name}", [Panel("Jobs that wait", "jobs", p => p.Depth), Panel("Workers", "workers", p => p.Workers)]));
    }

    static void PlanPlot(string folder)
    {
        // The file itself: it may have been measured after this program was built.
        var costs = JsonSerializer.Deserialize<RequestCosts>(File.ReadAllText(Path.Combine(Repository.Root, "PyBase.Core", "Scaling", "costs.json")), RequestCosts.Json)!;
        var (p95, api, database, money) = (new List<(double, double)>(), new List<(double, double)>(), new List<(double, double)>(), new List<(double, double)>());
        foreach (var users in new[] { 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000 })
        {
            var workload = new Workload(users);
            var plan = CapacityPlanner.Plan(workload, costs, Prices.Listed, new()).Value;
            var replicas = plan.Count("api");
            var outcome = LoadSimulation.Run(workload, costs, replicas, (int)plan.Load.Single(l => l.Part == "api").Of / replicas, (int)plan.Load.Single(l => l.Part == "postgres").Of, seconds: Math.Clamp(200_000.0 / users, 30, 600));
            Line($"| {users:N0} | {plan.Tier} | {replicas} | {workload.Reads + workload.Edits:0.#} | {outcome.Median:0.0} ms | {outcome.P95:0.0} ms | {outcome.P99:0.0} ms | {outcome.ApiShare:P1} | {outcome.DatabaseShare:P1} | {plan.PerMonth:N0} to {plan.PerMonthMost:N0} |");
            p95.Add((users, outcome.P95));
            api.Add((users, Math.Max(outcome.ApiShare, 1e-4) * 100));
            database.Add((users, Math.Max(outcome.DatabaseShare, 1e-4) * 100));
            money.Add((users, plan.PerMonth));
        }
        File.WriteAllText(Path.Combine(folder, "scaling-plan.svg"), SvgPlot.Write("Plans for 50 to 50,000 users under open-loop load",
        [
            new("Answers, 95th percentile (queueing and cost of the request)", "ms", "users", [new("p95", Policy, p95)], IsLog: true),
            new("How busy the planned cores are; the dashed line is where the guide scales up", "%", "users", [new("api", Policy, api), new("database", Database, database)], IsLog: true, Limit: 70),
            new("Cost a month", "USD", "users", [new("from", Keda, money)], IsLog: true),
        ]));
    }

    static List<(double X, double Y)> Thin(List<(double X, double Y)> points) => points.Count <= 1_500 ? points : [.. points.Where((_, n) => n % (points.Count / 1_000) == 0)];

    static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
