using Aspire.Hosting.Kubernetes.Resources;
using PyBase.Core.Scaling;
using YamlDotNet.Serialization;

namespace PyBase.AppHost;

/// <summary>What Aspire has no class for: https://kubernetes.io/docs/concepts/workloads/controllers/job/</summary>
sealed class MigrationJob() : Workload("batch/v1", "Job")
{
    [YamlMember(Alias = "spec")]
    public MigrationJobSpec Spec { get; set; } = new();

    [YamlIgnore]
    public override PodTemplateSpecV1 PodTemplate => Spec.Template;
}

sealed class MigrationJobSpec
{
    /// <summary>The first tries may come before the database does.</summary>
    [YamlMember(Alias = "backoffLimit")]
    public int BackoffLimit { get; set; } = 20;

    [YamlMember(Alias = "ttlSecondsAfterFinished")]
    public int TtlSecondsAfterFinished { get; set; } = 86_400;

    [YamlMember(Alias = "template")]
    public PodTemplateSpecV1 Template { get; set; } = new();
}

/// <summary>https://keda.sh/docs/latest/scalers/rabbitmq-queue/</summary>
sealed class KedaScaledObject : BaseKubernetesResource
{
    public KedaScaledObject(WorkerPool pool, string deployment) : base("keda.sh/v1alpha1", "ScaledObject")
    {
        Metadata.Name = $"{pool.Name}-keda";
        Spec = new()
        {
            ScaleTargetRef = new() { Name = deployment },
            MinReplicaCount = pool.Processes,
            MaxReplicaCount = pool.Processes * ScalingPools.Growth,
            Triggers = [.. pool.Queues.Select(queue => new KedaTrigger { Metadata = new() { ["queueName"] = queue } })],
        };
    }

    [YamlMember(Alias = "spec")]
    public KedaSpec Spec { get; }
}

sealed class KedaSpec
{
    [YamlMember(Alias = "scaleTargetRef")]
    public required KedaTarget ScaleTargetRef { get; init; }

    [YamlMember(Alias = "minReplicaCount")]
    public required int MinReplicaCount { get; init; }

    [YamlMember(Alias = "maxReplicaCount")]
    public required int MaxReplicaCount { get; init; }

    [YamlMember(Alias = "cooldownPeriod")]
    public int CooldownPeriod { get; init; } = 300;

    [YamlMember(Alias = "triggers")]
    public required List<KedaTrigger> Triggers { get; init; }
}

sealed class KedaTarget
{
    [YamlMember(Alias = "name")]
    public required string Name { get; init; }
}

/// <summary>One more process for every 100 messages that wait: the scaling guide's threshold.</summary>
sealed class KedaTrigger
{
    readonly Dictionary<string, string> metadata = new()
    {
        ["protocol"] = "amqp",
        ["mode"] = "QueueLength",
        ["value"] = "100",
        ["hostFromEnv"] = "ConnectionStrings__messaging",
    };

    [YamlMember(Alias = "type")]
    public string Type { get; init; } = "rabbitmq";

    [YamlMember(Alias = "metadata")]
    public required Dictionary<string, string> Metadata
    {
        get => metadata;
        init
        {
            foreach (var (key, text) in value)
                metadata[key] = text;
        }
    }
}
