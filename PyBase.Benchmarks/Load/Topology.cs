using System.Diagnostics;
using System.Globalization;
using PyBase.Benchmarks.Tables;
using PyBase.Tests.Support;

namespace PyBase.Benchmarks.Load;

/// <summary>What a number of Api processes carry at one rate of arrivals.</summary>
sealed record Step(int Apis, double Offered, double Done, double Median, double P95, double P99, double ServersEach, string Where)
{
    /// <summary>Nobody had to wait for long, and nothing piled up.</summary>
    public bool IsCarried => P95 < 250 && Done >= 0.95 * Offered;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"| {Apis} | {Offered:0} | {Done:0} | {Median:0} ms | {P95:0} ms | {P99:0} ms | {ServersEach:0.0} ms | {(IsCarried ? "" : "more than it carries")} |");
}

/// <summary>What one kind of request costs.</summary>
sealed record Cost(string Request, double Median, double P99, double Api, double Postgres)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"| {Request} | {Median:0.0} ms | {P99:0.0} ms | {Api:0.00} ms | {Postgres:0.00} ms |");
}

/// <summary>Requests that come when they come, spread over 1, 2 or 4 Api processes on one PostgreSQL.</summary>
sealed class Topology(Cluster cluster, LoadBase at) : IAsyncDisposable
{
    const double First = 100;
    const double Growth = 1.4;
    const double MaxOffered = 5_000;
    const int Seed = 7;

    public static async Task<Topology> StartAsync(Servers servers, int apis)
    {
        var cluster = await Cluster.StartAsync(servers, LoadBenchmarks.Options with { Api = apis, Realtime = 0, Workers = 0 });
        return new Topology(cluster, await LoadBase.MakeAsync(cluster));
    }

    /// <summary>More and more, until it is more than they carry.</summary>
    public async IAsyncEnumerable<Step> ClimbAsync(TimeSpan span)
    {
        await Schedule.RunAsync(Schedule.Random(First, span * 2, Seed), (number, _) => at.MixedAsync(number));
        for (var offered = First; offered < MaxOffered; offered *= Growth)
        {
            double[] arrivals = [.. Schedule.Random(offered, span, Seed)];
            var (before, began) = (Usage.Of(cluster), Stopwatch.GetTimestamp());
            var times = await Schedule.RunAsync(arrivals, (number, _) => at.MixedAsync(number));
            var (took, used) = (Stopwatch.GetElapsedTime(began), Usage.Of(cluster) - before);
            var step = new Step(cluster.Api.Count, arrivals.Length / span.TotalSeconds, times.Count / Math.Max(took.TotalSeconds, span.TotalSeconds),
                Clock.Percentile(times, 0.5), Clock.Percentile(times, 0.95), Clock.Percentile(times, 0.99), used.Servers / times.Count * 1000, used.Cores(took));
            yield return step;
            if (!step.IsCarried)
                yield break;
        }
    }

    /// <summary>Each kind of request by itself, at a rate that leaves the machine idle most of the time.</summary>
    public async IAsyncEnumerable<Cost> CostsAsync(TimeSpan span)
    {
        foreach (var (name, ask) in at.Requests)
        {
            await Schedule.RunAsync(Schedule.Random(First, span / 2, Seed), (number, _) => ask(number));
            var before = Usage.Of(cluster);
            var times = await Schedule.RunAsync(Schedule.Random(First, span, Seed + 1), (number, _) => ask(number));
            var used = Usage.Of(cluster) - before;
            yield return new Cost(name, Clock.Percentile(times, 0.5), Clock.Percentile(times, 0.99), used.Api / times.Count * 1000, used.Postgres / times.Count * 1000);
        }
    }

    public ValueTask DisposeAsync()
    {
        at.Dispose();
        return cluster.DisposeAsync();
    }
}
