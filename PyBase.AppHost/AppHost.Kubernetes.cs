using Aspire.Hosting.Kubernetes;
using Aspire.Hosting.Kubernetes.Resources;
using PyBase.Core.Scaling;

namespace PyBase.AppHost;

/// <summary><c>aspire publish -- --target kubernetes</c>: a Helm chart. Needs a storage class with ReadWriteMany for the file store, and KEDA with <c>--autoscale on</c>.</summary>
static class KubernetesExtensions
{
    const string FilesClaim = "pybase-files";

    const string Name = "kubernetes";

    public static void AddKubernetes(this IDistributedApplicationBuilder builder) =>
        builder.AddKubernetesEnvironment(Name)
            .WithHelm(helm => helm.WithChartName("pybase").WithReleaseName("pybase").WithNamespace("pybase"))
            .WithProperties(kubernetes => kubernetes.DefaultImagePullPolicy = "IfNotPresent");

    /// <summary>A PVC: without it a data volume is an emptyDir, gone with its pod.</summary>
    public static IResourceBuilder<T> PublishWithPersistentVolume<T>(this IResourceBuilder<T> server, string volume, string size)
        where T : ContainerResource =>
        server.WithPersistentVolume(server.ApplicationBuilder.Environment().AddPersistentVolume(volume).WithCapacity(size));

    /// <summary>
    /// One address, the hub straight to realtime. Sticky by cookie: a hub connection that negotiates makes two requests, and both
    /// have to reach the same pod.
    /// </summary>
    public static void PublishWithIngress(this IResourceBuilder<ProjectResource> api, IResourceBuilder<ProjectResource> realtime) =>
        api.ApplicationBuilder.Environment().AddIngress("edge")
            // External in this target only: elsewhere the API forwards to it.
            .WithPath("/hubs", realtime.WithExternalHttpEndpoints().GetEndpoint("http"))
            .WithPath("/", api.GetEndpoint("http"))
            .WithIngressAnnotation("nginx.ingress.kubernetes.io/affinity", "cookie")
            .WithIngressAnnotation("nginx.ingress.kubernetes.io/proxy-body-size", "1g")
            .WithIngressAnnotation("nginx.ingress.kubernetes.io/proxy-read-timeout", "3600");

    static IResourceBuilder<KubernetesEnvironmentResource> Environment(this IDistributedApplicationBuilder builder) =>
        builder.CreateResourceBuilder(builder.Resources.OfType<KubernetesEnvironmentResource>().Single());

    public static IResourceBuilder<ProjectResource> PublishAsKubernetesJob(this IResourceBuilder<ProjectResource> service) =>
        service.PublishAsKubernetesService(kubernetes =>
        {
            var pod = kubernetes.Workload!.PodTemplate;
            pod.Spec.RestartPolicy = "OnFailure";
            // A job cannot be changed, so each release has its own; the old ones go by themselves.
            var job = new MigrationJob { Spec = new() { Template = pod } };
            job.Metadata.Name = $"{service.Resource.Name}-{{{{ .Release.Revision }}}}";
            job.Metadata.Labels = kubernetes.Workload.Metadata.Labels;
            kubernetes.Workload = job;
            kubernetes.Service = null;
        });

    public static IResourceBuilder<ProjectResource> PublishWithKubernetesFiles(this IResourceBuilder<ProjectResource> service) =>
        service.PublishAsKubernetesService(kubernetes =>
        {
            var pod = kubernetes.Workload!.PodTemplate.Spec;
            // 1654 is .NET's user "app".
            pod.SecurityContext ??= new();
            pod.SecurityContext.FsGroup = 1654;
            pod.SecurityContext.FsGroupChangePolicy = "OnRootMismatch";
            pod.Volumes.Add(new() { Name = "files", PersistentVolumeClaim = new() { ClaimName = FilesClaim } });
            pod.Containers[0].VolumeMounts.Add(new() { Name = "files", MountPath = PublishingExtensions.FilesPath });
            // One claim for all, in the part of the chart that there is always one of.
            if (service.Resource.Name == "api")
                kubernetes.AdditionalResources.Add(SharedClaim());
        });

    public static IResourceBuilder<ProjectResource> PublishWithKubernetesLoadScaling(
        this IResourceBuilder<ProjectResource> service, int replicas, AppHostOptions options) =>
        service.PublishAsKubernetesService(kubernetes =>
        {
            kubernetes.SizeAndProbe(options.Tier);
            if (options.Autoscaling is not Autoscaling.On)
                return;
            kubernetes.LeaveReplicasToTheAutoscaler();
            var scaler = new HorizontalPodAutoscalerV2();
            scaler.Metadata.Name = $"{service.Resource.Name}-hpa";
            scaler.Spec = new()
            {
                // Nested objects that are not used would be written as {}, which the API server refuses.
                Behavior = null!,
                MinReplicas = replicas,
                MaxReplicas = replicas * 2,
                ScaleTargetRef = new() { ApiVersion = "apps/v1", Kind = "Deployment", Name = kubernetes.Workload!.Metadata.Name, Metadata = null! },
                Metrics =
                {
                    new()
                    {
                        Type = "Resource",
                        Resource = new() { Name = "cpu", Target = new() { Type = "Utilization", AverageUtilization = 70 } },
                        ContainerResource = null!, External = null!, Object = null!, Pods = null!,
                    },
                },
            };
            kubernetes.AdditionalResources.Add(scaler);
        });

    public static IResourceBuilder<ProjectResource> PublishWithKubernetesQueueScaling(
        this IResourceBuilder<ProjectResource> service, WorkerPool pool, AppHostOptions options) =>
        service.PublishAsKubernetesService(kubernetes =>
        {
            kubernetes.SizeAndProbe(options.Tier);
            if (options.Autoscaling is not Autoscaling.Off)
                kubernetes.LeaveReplicasToTheAutoscaler();
            if (options.Autoscaling is Autoscaling.On)
                kubernetes.AdditionalResources.Add(new KedaScaledObject(pool, kubernetes.Workload!.Metadata.Name));
        });

    static void SizeAndProbe(this KubernetesResource kubernetes, Tier tier)
    {
        var container = kubernetes.Workload!.PodTemplate.Spec.Containers[0];
        kubernetes.Workload.PodTemplate.Spec.TerminationGracePeriodSeconds = PublishingExtensions.GraceSeconds;
        // A quarter is asked for, so that small clusters hold small installations; the guide's figure is the limit.
        container.Resources = new();
        container.Resources.Requests["cpu"] = $"{(tier.Replica.Cpus * 250).Text()}m";
        container.Resources.Requests["memory"] = $"{(tier.Replica.MemoryGiB * 256).Text()}Mi";
        container.Resources.Limits["memory"] = $"{tier.Replica.MemoryGiB.Text()}Gi";
        // Written in lower case, which the API server refuses: https://github.com/microsoft/aspire/issues/18271. Goes when that is closed.
        foreach (var probe in new[] { container.ReadinessProbe, container.LivenessProbe })
        {
            if (probe?.HttpGet is { Scheme: { } scheme } get)
                get.Scheme = scheme.ToUpperInvariant();
        }
    }

    /// <summary>Else every helm upgrade would set them back.</summary>
    static void LeaveReplicasToTheAutoscaler(this KubernetesResource kubernetes)
    {
        if (kubernetes.Workload is Deployment deployment)
            deployment.Spec.Replicas = null;
    }

    static PersistentVolumeClaim SharedClaim()
    {
        var claim = new PersistentVolumeClaim();
        claim.Metadata.Name = FilesClaim;
        claim.Spec = new()
        {
            AccessModes = { "ReadWriteMany" },
            Resources = new() { Requests = { ["storage"] = "50Gi" } },
            DataSource = null!, DataSourceRef = null!, Selector = null!,
        };
        return claim;
    }
}
