using k8s;
using k8s.Models;

namespace PyBase.Tests.Deployment;

/// <summary>KEDA's object, as far as it is used here: https://keda.sh/docs/latest/reference/scaledobject-spec/</summary>
public sealed class ScaledObject : IKubernetesObject<V1ObjectMeta>
{
    public string ApiVersion { get; set; } = "";
    public string Kind { get; set; } = "";
    public V1ObjectMeta Metadata { get; set; } = new();
    public ScaledSpec Spec { get; set; } = new();
}

public sealed class ScaledSpec
{
    public ScaledTarget ScaleTargetRef { get; set; } = new();
    public int MinReplicaCount { get; set; }
    public int MaxReplicaCount { get; set; }
    public int PollingInterval { get; set; }
    public int CooldownPeriod { get; set; }
    public List<ScaledTrigger> Triggers { get; set; } = [];
}

public sealed class ScaledTarget
{
    public string Name { get; set; } = "";
}

public sealed class ScaledTrigger
{
    public string Type { get; set; } = "";
    public Dictionary<string, string> Metadata { get; set; } = [];
}
