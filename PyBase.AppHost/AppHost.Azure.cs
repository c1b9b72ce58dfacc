#if AZURE
using Azure.Provisioning.AppContainers;
using PyBase.Core.Scaling;

namespace PyBase.AppHost;

/// <summary>
/// Azure Container Apps with managed PostgreSQL and Redis: <c>Azure=true azd up</c>, as the environment is the only way past azd to
/// MSBuild. Compiled only then: the packages are many, and nobody else needs them.
/// </summary>
static class AzureExtensions
{
    public static void AddContainerApps(this IDistributedApplicationBuilder builder) =>
        builder.AddAzureContainerAppEnvironment("aca").WithAzdResourceNaming();

    /// <summary>With passwords, as everywhere else: the clients know no Entra ID. Azure sells no RabbitMQ, so that stays a container.</summary>
    public static Servers AddAzureServers(this IDistributedApplicationBuilder builder)
    {
        var database = builder.AddAzurePostgresFlexibleServer("postgres").WithPasswordAuthentication().AddDatabase("pybase");
        var cache = builder.AddAzureManagedRedis("cache").WithAccessKeyAuthentication();
        var messaging = builder.AddRabbitMQ("messaging").WithDataVolume("pybase-messaging");
        return new(new(database, database, Extendable: false), new(cache, cache), new(messaging, messaging));
    }

    public static IResourceBuilder<ProjectResource> PublishAsContainerAppJob(this IResourceBuilder<ProjectResource> service) =>
        service.PublishAsAzureContainerAppJob();

    public static IResourceBuilder<ProjectResource> PublishWithContainerAppGrace(this IResourceBuilder<ProjectResource> service) =>
        service.PublishAsAzureContainerApp((_, app) => app.Template.TerminationGracePeriodSeconds = PublishingExtensions.GraceSeconds);

    /// <summary>https://learn.microsoft.com/azure/container-apps/scale-app, https://keda.sh/docs/latest/scalers/rabbitmq-queue/</summary>
    public static IResourceBuilder<ProjectResource> PublishWithContainerAppQueueScaling(this IResourceBuilder<ProjectResource> service, WorkerPool pool) =>
        service.PublishAsAzureContainerApp((_, app) =>
        {
            app.Template.TerminationGracePeriodSeconds = PublishingExtensions.GraceSeconds;
            app.Template.Scale.MinReplicas = pool.Processes;
            app.Template.Scale.MaxReplicas = pool.Processes * ScalingPools.Growth;
            foreach (var queue in pool.Queues)
            {
                app.Template.Scale.Rules.Add(new ContainerAppScaleRule
                {
                    Name = queue,
                    Custom = new ContainerAppCustomScaleRule
                    {
                        CustomScaleRuleType = "rabbitmq",
                        Metadata = { ["protocol"] = "amqp", ["queueName"] = queue, ["mode"] = "QueueLength", ["value"] = "100" },
                        Auth = { new ContainerAppScaleRuleAuth { SecretRef = "connectionstrings--messaging", TriggerParameter = "host" } },
                    },
                });
            }
        });
}
#endif
