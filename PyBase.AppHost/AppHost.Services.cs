using System.Globalization;
using PyBase.Core.Scaling;

namespace PyBase.AppHost;

/// <summary>What the services have in common.</summary>
static class ServiceExtensions
{
    /// <summary>A value from configuration or the environment (<c>Parameters:name</c>), or one made up once and kept in the user secrets.</summary>
    public static IResourceBuilder<ParameterResource> AddSecret(this IDistributedApplicationBuilder builder, string name) =>
        builder.AddParameter(name, new GenerateParameterDefault { MinLength = 32, Special = false }, secret: true, persist: true);

    /// <summary>
    /// Addresses are said here and not in the launch settings of a project: the migrations have none though they are the API's
    /// project, and what is published has no https endpoint that no container listens on.
    /// </summary>
    public static void WithoutLaunchProfile(ProjectResourceOptions project) =>
        (project.ExcludeLaunchProfile, project.ExcludeKestrelEndpoints) = (true, true);

    /// <summary>The database, through a pool cut so that all processes together stay inside max_connections.</summary>
    public static IResourceBuilder<ProjectResource> WithDatabase(this IResourceBuilder<ProjectResource> service, Server database, PoolSize pool)
    {
        service.WithReference(database.Connection).WaitFor(database.Ready);
        return database.Extendable
            ? service.WithEnvironment("ConnectionStrings__pybase", ReferenceExpression.Create(
                $"{database.Connection.Resource};Minimum Pool Size={pool.Minimum.Text()};Maximum Pool Size={pool.Maximum.Text()}"))
            : service;
    }

    public static IResourceBuilder<ProjectResource> WithServers(this IResourceBuilder<ProjectResource> service, Servers servers, Tier tier) =>
        service.WithDatabase(servers.Database, tier.Pool)
            .WithReference(servers.Cache.Connection).WaitFor(servers.Cache.Ready)
            .WithReference(servers.Messaging.Connection).WaitFor(servers.Messaging.Ready);

    /// <summary>
    /// Every process sees the same files: a folder of this machine while running, a shared volume when published
    /// (see <see cref="PublishingExtensions"/>).
    /// </summary>
    public static IResourceBuilder<ProjectResource> WithFileStore(this IResourceBuilder<ProjectResource> service, AppHostOptions options) =>
        service.ApplicationBuilder.ExecutionContext.IsRunMode
            ? service.WithEnvironment("Files__Path", Path.Combine(options.Data, "files"))
            : service.WithEnvironment("Files__Path", PublishingExtensions.FilesPath).PublishWithSharedFiles(options);

    /// <summary>
    /// A probe is the health check of the run too, one for each path: so no WithHttpHealthCheck beside it, and no startup probe
    /// on a path that another probe has. The endpoint is named, as a synthetic https one would be taken first.
    /// </summary>
    public static IResourceBuilder<ProjectResource> WithProbes(this IResourceBuilder<ProjectResource> service) =>
        service
            .WithHttpProbe(ProbeType.Readiness, "/health", periodSeconds: 5, timeoutSeconds: 5, endpointName: "http")
            .WithHttpProbe(ProbeType.Liveness, "/alive", initialDelaySeconds: 15, periodSeconds: 10, failureThreshold: 6, endpointName: "http");

    /// <summary>Reference expressions take no numbers.</summary>
    public static string Text(this int number) => number.ToString(CultureInfo.InvariantCulture);
}
