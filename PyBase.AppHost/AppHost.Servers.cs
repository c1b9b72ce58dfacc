using PyBase.Core.Scaling;

namespace PyBase.AppHost;

/// <summary>A server: what to connect with, and what to wait for.</summary>
/// <param name="Extendable">False where the connection string is a secret of a vault, to which nothing can be added.</param>
sealed record Server(IResourceBuilder<IResourceWithConnectionString> Connection, IResourceBuilder<IResource> Ready, bool Extendable = true);

/// <summary>Named as the connection strings are: pybase, cache, messaging.</summary>
sealed record Servers(Server Database, Server Cache, Server Messaging);

static class ServerExtensions
{
    public static Servers AddServers(this IDistributedApplicationBuilder builder, AppHostOptions options) =>
        options.Executables ? builder.AddInstalledServers(options)
#if AZURE
        : options.PublishesManifest ? builder.AddAzureServers()
#endif
        : builder.AddServerContainers(options);

    static Servers AddServerContainers(this IDistributedApplicationBuilder builder, AppHostOptions options)
    {
        var postgres = builder.AddPostgres("postgres", password: builder.AddSecret("postgres-password"))
            // While running Aspire makes the database; what is published starts without it.
            .WithEnvironment("POSTGRES_DB", "pybase")
            .WithArgs([.. ServerSettings.Postgres(options.Tier).SelectMany(setting => (string[])["-c", $"{setting.Key}={setting.Value}"])]);
        var cache = builder.AddRedis("cache").WithSettings(ServerSettings.Redis(options.Tier));
        var messaging = builder.AddRabbitMQ("messaging").WithManagementPlugin();

        if (options.Volumes)
        {
            postgres.WithDataVolume("pybase-postgres").WithLifetime(ContainerLifetime.Persistent).PublishDurable("pybase-postgres", "20Gi", options);
            cache.WithDataVolume("pybase-cache").WithLifetime(ContainerLifetime.Persistent).PublishDurable("pybase-cache", "4Gi", options);
            messaging.WithDataVolume("pybase-messaging").WithLifetime(ContainerLifetime.Persistent).PublishDurable("pybase-messaging", "8Gi", options);
        }
        var database = postgres.AddDatabase("pybase");
        return new(new(database, database), new(cache, cache), new(messaging, messaging));
    }

    /// <summary>Aspire passes a list while running, and one line for <c>sh -c</c> when publishing.</summary>
    static IResourceBuilder<RedisResource> WithSettings(this IResourceBuilder<RedisResource> redis, IReadOnlyList<KeyValuePair<string, string>> settings) =>
        redis.WithArgs(context =>
        {
            var words = settings.SelectMany(setting => (string[])["--" + setting.Key, setting.Value]);
            if (context.ExecutionContext.IsPublishMode)
                context.Args[^1] = $"{context.Args[^1]} {string.Join(' ', words)}";
            else
                foreach (var word in words)
                    context.Args.Add(word);
        });
}
