#if ASPIRE_CLIENTS
using Microsoft.Extensions.Hosting;
using PyBase.Storage.Catalog;

namespace PyBase.Storage.Connections;

/// <summary>
/// The same registrations by Aspire's client packages (<c>-p:AspireClients=true</c>). Their health checks stay off, ours say more
/// (without Redis a process is degraded, not unhealthy), and so does what MassTransit brings itself.
/// </summary>
public static partial class ConnectionExtensions
{
    // Retries: Aspire keeps any strategy derived from NpgsqlRetryingExecutionStrategy, so UseCatalog decides here too.
    static void AddCatalogTelemetry(IHostApplicationBuilder builder) =>
        builder.EnrichNpgsqlDbContext<CatalogContext>(settings => settings.DisableHealthChecks = true);

    static void AddRedis(IHostApplicationBuilder builder) =>
        builder.AddRedisClient("cache",
            settings =>
            {
                settings.DisableHealthChecks = true;
                // A span for each cached value says little and costs much.
                settings.DisableTracing = true;
            },
            options => RedisOptions(options, builder.Environment.ApplicationName));

    static void AddBrokerFactory(IHostApplicationBuilder builder) =>
        builder.AddRabbitMQClient("messaging",
            settings => settings.DisableHealthChecks = settings.DisableTracing = true,
            factory => factory.ClientProvidedName = builder.Environment.ApplicationName);
}
#endif
