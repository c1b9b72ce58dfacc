using PyBase.Core.Scaling;

namespace PyBase.Workers.Scaling;

/// <summary>Settings <c>Autoscaler</c>.</summary>
public sealed class AutoscalerOptions
{
    /// <summary>
    /// <c>kubernetes</c> changes the replicas of deployments, <c>concurrency</c> how many jobs the running processes do at once, <c>dry-run</c> only says what it would do.
    /// Where nothing is said: <c>kubernetes</c> inside of Kubernetes when there are pools, else <c>dry-run</c>.
    /// </summary>
    public string? Mode { get; set; }

    /// <summary>How often it looks.</summary>
    public TimeSpan Every { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The pools of workers: name → queues and deployment. Without them each queue is a pool of its own.</summary>
    public Dictionary<string, PoolOptions> Pools { get; } = [];

    /// <summary>Thresholds for all pools; the guide's by default.</summary>
    public ScalingRule Rule { get; set; } = new();

    /// <summary>Where Kubernetes answers; the cluster that the process runs in by default.</summary>
    public KubernetesOptions Kubernetes { get; set; } = new();
}

/// <summary>Workers that do the same.</summary>
public sealed class PoolOptions
{
    /// <summary>Names of queues, with commas.</summary>
    public string Queues { get; set; } = "";

    /// <summary>Name of the deployment; the pool's name with <c>-deployment</c>, as the published chart has it, by default.</summary>
    public string? Deployment { get; set; }

    /// <summary>Never fewer; <see cref="ScalingRule.Min"/> by default.</summary>
    public int? Min { get; set; }

    /// <summary>Never more; <see cref="ScalingRule.Max"/> by default.</summary>
    public int? Max { get; set; }
}

/// <summary>A Kubernetes API other than that of the cluster around the process.</summary>
public sealed class KubernetesOptions
{
    /// <summary>Its address.</summary>
    public string? Url { get; set; }

    /// <summary>A bearer token for it.</summary>
    public string? Token { get; set; }

    /// <summary>The namespace of the deployments.</summary>
    public string? Namespace { get; set; }
}
