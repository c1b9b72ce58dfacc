using System.Globalization;
using PyBase.Core.Scaling;

namespace PyBase.AppHost;

/// <summary>Where a publish goes. A customisation for another environment than the one there is makes a publish fail, so all go through here.</summary>
enum PublishTarget
{
    /// <summary>A run, or the plain manifest that azd reads.</summary>
    Manifest,
    Compose,
    Kubernetes,
}

/// <summary>What a publish adds to the model; how, is in one file for each target.</summary>
static class PublishingExtensions
{
    /// <summary>Where the shared volume is mounted in every container.</summary>
    public const string FilesPath = "/var/lib/pybase/files";

    /// <summary>What every target waits for a process to end.</summary>
    public static int GraceSeconds => (int)Draining.Grace.TotalSeconds;

    /// <summary>Behind a balancer a process that is told to end serves on until nothing is sent to it any more.</summary>
    public static IResourceBuilder<ProjectResource> PublishDraining(this IResourceBuilder<ProjectResource> service, AppHostOptions options) =>
        service.ApplicationBuilder.ExecutionContext.IsPublishMode
            ? service.WithEnvironment("Server__DrainFor", (options.Target is PublishTarget.Compose ? Draining.BehindProxy : Draining.InCluster).ToString("c", CultureInfo.InvariantCulture))
            : service;

    /// <summary>What links in mails begin with, and whether cookies are for TLS alone: only whoever publishes knows it, so it is a parameter there.</summary>
    public static IResourceBuilder<ProjectResource> PublishAtAddress(this IResourceBuilder<ProjectResource> service, IResourceBuilder<ParameterResource>? address) =>
        address is null ? service : service.WithEnvironment("Public__Url", address);

    /// <summary>Each worker is told of all pools: any of them may be the one that scales.</summary>
    public static IResourceBuilder<ProjectResource> PublishScaledByPyBase(this IResourceBuilder<ProjectResource> service, AppHostOptions options)
    {
        if (options is { Target: PublishTarget.Kubernetes, Autoscaling: Autoscaling.PyBase })
            foreach (var (name, value) in ScalingPools.Settings(options.Tier))
                service.WithEnvironment(name.Replace(":", "__", StringComparison.Ordinal), value);
        return service;
    }

#if RUN_ONLY
    // Without the packages that publish: a run asks for none of them, and the plain manifest needs none.
    public static void AddPublisher(this IDistributedApplicationBuilder builder, AppHostOptions options)
    {
        if (options.Target is not PublishTarget.Manifest)
            throw new ArgumentException("This AppHost was built with RunOnly=true, without what publishes. Build it without.");
    }

    public static IResourceBuilder<ProjectResource> PublishAsOneTimeJob(this IResourceBuilder<ProjectResource> service, AppHostOptions options) => service;

    public static IResourceBuilder<ProjectResource> PublishWithSharedFiles(this IResourceBuilder<ProjectResource> service, AppHostOptions options) => service;

    public static IResourceBuilder<ProjectResource> PublishScaledByLoad(this IResourceBuilder<ProjectResource> service, int replicas, AppHostOptions options) => service;

    public static IResourceBuilder<ProjectResource> PublishScaledByQueues(this IResourceBuilder<ProjectResource> service, WorkerPool pool, AppHostOptions options) => service;

    public static void PublishBehindOneAddress(this IResourceBuilder<ProjectResource> api, IResourceBuilder<ProjectResource> realtime, AppHostOptions options) { }

    public static IResourceBuilder<T> PublishDurable<T>(this IResourceBuilder<T> server, string volume, string size, AppHostOptions options) where T : ContainerResource => server;
#else
    public static void AddPublisher(this IDistributedApplicationBuilder builder, AppHostOptions options)
    {
        if (options.Target is PublishTarget.Compose)
            builder.AddCompose();
        if (options.Target is PublishTarget.Kubernetes)
            builder.AddKubernetes();
#if AZURE
        if (options.PublishesManifest)
            builder.AddContainerApps();
#endif
    }

    /// <summary>Runs to its end once for each release.</summary>
    public static IResourceBuilder<ProjectResource> PublishAsOneTimeJob(this IResourceBuilder<ProjectResource> service, AppHostOptions options) => options switch
    {
        { Target: PublishTarget.Compose } => service.PublishAsComposeJob(),
        { Target: PublishTarget.Kubernetes } => service.PublishAsKubernetesJob(),
#if AZURE
        { PublishesManifest: true } => service.PublishAsContainerAppJob(),
#endif
        _ => service,
    };

    /// <summary>One volume, the same in every process.</summary>
    public static IResourceBuilder<ProjectResource> PublishWithSharedFiles(this IResourceBuilder<ProjectResource> service, AppHostOptions options) => options.Target switch
    {
        PublishTarget.Compose => service.PublishWithComposeFiles(),
        PublishTarget.Kubernetes => service.PublishWithKubernetesFiles(),
        _ => service,
    };

    /// <summary>Replicas by processor load, between the tier's number and twice as many.</summary>
    public static IResourceBuilder<ProjectResource> PublishScaledByLoad(
        this IResourceBuilder<ProjectResource> service, int replicas, AppHostOptions options) => options switch
    {
        { Target: PublishTarget.Compose } => service.PublishWithComposeReplicas(replicas, options.Tier),
        { Target: PublishTarget.Kubernetes } => service.PublishWithKubernetesLoadScaling(replicas, options),
#if AZURE
        { PublishesManifest: true } => service.PublishWithContainerAppGrace(),
#endif
        _ => service,
    };

    /// <summary>Replicas by what waits in the pool's queues.</summary>
    public static IResourceBuilder<ProjectResource> PublishScaledByQueues(
        this IResourceBuilder<ProjectResource> service, WorkerPool pool, AppHostOptions options) => options switch
    {
        { Target: PublishTarget.Compose } => service.PublishWithComposeReplicas(pool.Processes, options.Tier),
        { Target: PublishTarget.Kubernetes } => service.PublishWithKubernetesQueueScaling(pool, options),
#if AZURE
        { PublishesManifest: true } => service.PublishWithContainerAppQueueScaling(pool),
#endif
        _ => service,
    };

    /// <summary>A browser knows one address: the load balancer's.</summary>
    public static void PublishBehindOneAddress(
        this IResourceBuilder<ProjectResource> api, IResourceBuilder<ProjectResource> realtime, AppHostOptions options)
    {
        if (options.Target is PublishTarget.Compose)
            api.PublishAtPort(8000);
        if (options.Target is PublishTarget.Kubernetes)
            api.PublishWithIngress(realtime);
    }

    /// <summary>Servers that come back, on volumes that outlive them; each has the name of its container's data volume.</summary>
    public static IResourceBuilder<T> PublishDurable<T>(this IResourceBuilder<T> server, string volume, string size, AppHostOptions options)
        where T : ContainerResource => options.Target switch
    {
        PublishTarget.Compose => server.PublishAsDockerComposeService((_, compose) => compose.Restart = "unless-stopped"),
        PublishTarget.Kubernetes => server.PublishWithPersistentVolume(volume, size),
        _ => server,
    };
#endif
}
