using System.Globalization;
using PyBase.Benchmarks.Tables;
using PyBase.Tests.Support;

namespace PyBase.Benchmarks.Load;

/// <summary>Seconds of processor time that each part of a cluster has used so far, and this program, which is its clients.</summary>
sealed record Usage(double Api, double Realtime, double Workers, double Postgres, double Client)
{
    public static Usage Of(Cluster cluster) => new(
        cluster.Api.Sum(p => Processors.Of(p.Id)), cluster.Realtime.Sum(p => Processors.Of(p.Id)), cluster.Workers.Sum(p => Processors.Of(p.Id)),
        Processors.WithChildren(cluster.Postgres.ProcessId ?? 0), Environment.CpuUsage.TotalTime.TotalSeconds);

    double Sum => Api + Realtime + Workers + Postgres + Client;

    /// <summary>What the servers used: all but the clients.</summary>
    public double Servers => Sum - Client;

    public static Usage operator -(Usage now, Usage before) =>
        new(now.Api - before.Api, now.Realtime - before.Realtime, now.Workers - before.Workers, now.Postgres - before.Postgres, now.Client - before.Client);

    /// <summary>Whose the time was.</summary>
    public override string ToString()
    {
        (string Who, double Seconds)[] parts = [("Api", Api), ("Realtime", Realtime), ("Workers", Workers), ("PostgreSQL", Postgres), ("the clients", Client)];
        return string.Join(", ", parts.Where(part => part.Seconds >= 0.005 * Sum).Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Who} {part.Seconds / Sum:P0}")));
    }

    /// <summary>Cores in use on average.</summary>
    public string Cores(TimeSpan span) => string.Create(CultureInfo.InvariantCulture, $"{Sum / span.TotalSeconds:0.0} of {Environment.ProcessorCount} cores: {this}");
}
