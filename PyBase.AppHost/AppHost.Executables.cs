using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace PyBase.AppHost;

/// <summary>
/// PostgreSQL, Redis and RabbitMQ from the binaries of this machine, on loopback, each started by a script under
/// <c>eng/servers</c> that also stops it. Same names and connection strings as the containers.
/// </summary>
static class ExecutableExtensions
{
    public static Servers AddInstalledServers(this IDistributedApplicationBuilder builder, AppHostOptions options)
    {
        var (postgresPort, redisPort, amqpPort, managementPort) = (FreePort(), FreePort(), FreePort(), FreePort());

        var postgresPassword = builder.AddSecret("postgres-password");
        var pybase = builder.AddConnectionString("pybase", ReferenceExpression.Create(
            $"Host=127.0.0.1;Port={postgresPort.Text()};Username=postgres;Password={postgresPassword};Database=pybase"));
        var postgres = builder.AddServerScript("postgres", options, postgresPort, "tcp")
            .WithEnvironment("SERVER_PASSWORD", postgresPassword)
            .WithEnvironment("SERVER_DATABASE", "pybase")
            .WithEnvironment("SERVER_MAX_CONNECTIONS", options.Tier.MaxConnections.Text())
            .WithReadiness(async stop =>
            {
                await using var connection = new NpgsqlConnection(await pybase.Resource.ConnectionStringExpression.GetValueAsync(stop));
                await connection.OpenAsync(stop);
            });

        var cachePassword = builder.AddSecret("cache-password");
        var redis = builder.AddServerScript("redis", options, redisPort, "redis")
            .WithEnvironment("SERVER_PASSWORD", cachePassword)
            .WithReadiness(stop => ConnectAsync(redisPort, stop));
        var cache = builder.AddConnectionString("cache", ReferenceExpression.Create($"127.0.0.1:{redisPort.Text()},password={cachePassword}"));

        var messagingPassword = builder.AddSecret("messaging-password");
        var rabbitmq = builder.AddServerScript("rabbitmq", options, amqpPort, "amqp")
            .WithEnvironment("SERVER_PASSWORD", messagingPassword)
            .WithHttpEndpoint(managementPort, name: "management", env: "SERVER_MANAGEMENT_PORT", isProxied: false)
            .WithReadiness(stop => ConnectAsync(amqpPort, stop));
        var messaging = builder.AddConnectionString("messaging", ReferenceExpression.Create(
            $"amqp://pybase:{messagingPassword}@127.0.0.1:{amqpPort.Text()}"));

        return new(new(pybase, postgres), new(cache, redis), new(messaging, rabbitmq));
    }

    static IResourceBuilder<ExecutableResource> AddServerScript(
        this IDistributedApplicationBuilder builder, string name, AppHostOptions options, int port, string scheme) =>
        builder.AddExecutable(name, "/bin/sh", builder.AppHostDirectory, Path.Combine("..", "eng", "servers", name + ".sh"))
            .WithEnvironment("SERVER_DATA", Path.Combine(options.Data, name))
            .WithEnvironment("SERVER_KEEP", options.Volumes ? "yes" : "no")
            // Not proxied: the server itself listens on the port that the connection string names.
            .WithEndpoint(port, scheme: scheme, name: "tcp", env: "SERVER_PORT", isProxied: false);

    static IResourceBuilder<ExecutableResource> WithReadiness(this IResourceBuilder<ExecutableResource> server, Func<CancellationToken, Task> connect)
    {
        var key = server.Resource.Name + "-ready";
        server.ApplicationBuilder.Services.AddHealthChecks().AddAsyncCheck(key, async stop =>
        {
            try
            {
                await connect(stop);
                return HealthCheckResult.Healthy();
            }
            catch (Exception exception) when (exception is SocketException or NpgsqlException or TimeoutException)
            {
                return HealthCheckResult.Unhealthy(exception.Message);
            }
        });
        return server.WithHealthCheck(key);
    }

    static async Task ConnectAsync(int port, CancellationToken stop)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, stop);
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
