using k8s;
using k8s.Models;

namespace PyBase.Workers.Scaling;

/// <summary>Replicas of deployments, through their scale subresource: all that the role of the service account has to allow.</summary>
sealed class KubernetesReplicas(IKubernetes kubernetes, string ns) : IActuator
{
    public string Name => "kubernetes";

    public bool Acts => true;

    public bool BringsProcessors => true;

    public async Task<int?> CurrentAsync(ScaledPool pool, CancellationToken cancellation) =>
        (await kubernetes.AppsV1.ReadNamespacedDeploymentScaleAsync(pool.Deployment, ns, cancellationToken: cancellation)).Spec.Replicas;

    public async Task ApplyAsync(ScaledPool pool, int workers, CancellationToken cancellation) =>
        await kubernetes.AppsV1.PatchNamespacedDeploymentScaleAsync(new V1Patch($$$"""{"spec":{"replicas":{{{workers}}}}}""", V1Patch.PatchType.MergePatch), pool.Deployment, ns, cancellationToken: cancellation);

    /// <summary>Null outside of Kubernetes, unless an address is given.</summary>
    public static KubernetesReplicas? Find(KubernetesOptions options)
    {
        if (options.Url is { Length: > 0 } url)
            return new(new Kubernetes(new KubernetesClientConfiguration { Host = url, AccessToken = options.Token }), options.Namespace ?? "default");
        if (!KubernetesClientConfiguration.IsInCluster())
            return null;
        var around = KubernetesClientConfiguration.InClusterConfig();
        return new(new Kubernetes(around), options.Namespace ?? around.Namespace ?? "default");
    }
}
