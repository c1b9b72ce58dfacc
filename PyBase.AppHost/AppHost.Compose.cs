using Aspire.Hosting.Docker.Resources.ComposeNodes;
using Aspire.Hosting.Docker.Resources.ServiceNodes;
using PyBase.Core.Scaling;

namespace PyBase.AppHost;

/// <summary><c>aspire publish -- --target compose</c>: docker-compose.yaml and its .env.</summary>
static class ComposeExtensions
{
    const string FilesVolume = "pybase-files";
    const string FilesOwner = "files-owner";

    public static void AddCompose(this IDistributedApplicationBuilder builder) =>
        builder.AddDockerComposeEnvironment("compose")
            .WithDashboard(dashboard => dashboard.WithHostPort(18888))
            .ConfigureComposeFile(file =>
            {
                file.Name = "pybase";
                file.Volumes.TryAdd(FilesVolume, new Volume { Name = FilesVolume, Driver = "local" });
                // The images run as .NET's user "app" (1654), and a new volume belongs to root.
                file.AddService(new Service
                {
                    Name = FilesOwner,
                    Image = "docker.io/library/busybox:1.37",
                    Command = ["chown", "1654:1654", PublishingExtensions.FilesPath],
                    Volumes = [Files()],
                    Restart = "no",
                });
            });

    public static IResourceBuilder<ProjectResource> PublishAsComposeJob(this IResourceBuilder<ProjectResource> service) =>
        service.PublishAsDockerComposeService((_, compose) => compose.Restart = "on-failure");

    public static IResourceBuilder<ProjectResource> PublishWithComposeFiles(this IResourceBuilder<ProjectResource> service) =>
        service.PublishAsDockerComposeService((_, compose) =>
        {
            compose.AddVolume(Files());
            compose.DependsOn[FilesOwner] = new() { Condition = "service_completed_successfully" };
        });

    /// <summary>Compose does not know WithReplicas.</summary>
    public static IResourceBuilder<ProjectResource> PublishWithComposeReplicas(this IResourceBuilder<ProjectResource> service, int replicas, Tier tier) =>
        service.PublishAsDockerComposeService((_, compose) =>
        {
            compose.Restart = "unless-stopped";
            compose.StopGracePeriod = $"{PublishingExtensions.GraceSeconds.Text()}s";
            compose.Deploy = new()
            {
                Replicas = replicas,
                Resources = new()
                {
                    Limits = new()
                    {
                        Cpus = tier.Replica.Cpus.Text(),
                        Memory = $"{tier.Replica.MemoryGiB.Text()}G",
                    },
                },
            };
        });

    /// <summary>
    /// A fixed port instead of an ephemeral one. With several replicas a range of that many, one for each: Compose brings no load
    /// balancer, deploy/ has configurations for nginx and HAProxy.
    /// </summary>
    public static void PublishAtPort(this IResourceBuilder<ProjectResource> service, int port) =>
        service.PublishAsDockerComposeService((_, compose) =>
        {
            var last = port + Math.Max(1, compose.Deploy?.Replicas ?? 1) - 1;
            var published = last == port ? $"{port}" : $"{port}-{last}";
            compose.Ports = [.. compose.Ports.Select(mapping => $"{published}:{mapping[(mapping.LastIndexOf(':') + 1)..]}").Distinct()];
        });

    static Volume Files() => new() { Name = FilesVolume, Type = "volume", Source = FilesVolume, Target = PublishingExtensions.FilesPath };
}
