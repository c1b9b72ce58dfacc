using System.Globalization;

namespace PyBase.Core.Scaling;

/// <summary>What PyBase's own autoscaler is told of a tier's workers; the bounds are those that KEDA has.</summary>
public static class ScalingPools
{
    /// <summary>A pool grows to so many times its size.</summary>
    public const int Growth = 4;

    /// <summary>The settings <c>Autoscaler:Pools</c>. Deployments have the names that the chart gives them, and need no setting.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Settings(Tier tier) => tier.Workers.SelectMany(pool => (KeyValuePair<string, string>[])
    [
        new($"Autoscaler:Pools:{pool.Name}:Queues", string.Join(',', pool.Queues)),
        new($"Autoscaler:Pools:{pool.Name}:Min", pool.Processes.ToString(CultureInfo.InvariantCulture)),
        new($"Autoscaler:Pools:{pool.Name}:Max", (pool.Processes * Growth).ToString(CultureInfo.InvariantCulture)),
    ]);
}
