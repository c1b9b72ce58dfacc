#if !ASPIRE_CLIENTS
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using RabbitMQ.Client;
using StackExchange.Redis;

namespace PyBase.Storage.Connections;

/// <summary>What Aspire's client packages do, done with the libraries they wrap.</summary>
public static partial class ConnectionExtensions
{
    static void AddCatalogTelemetry(IHostApplicationBuilder builder) =>
        builder.Services.AddOpenTelemetry()
            .WithTracing(traces => traces.AddNpgsql())
            .WithMetrics(metrics => metrics.AddMeter("Npgsql"));

    static void AddRedis(IHostApplicationBuilder builder) =>
        builder.Services.AddSingleton<IConnectionMultiplexer>(services =>
        {
            var options = RedisOptions(ConfigurationOptions.Parse(Required(services, "cache")), builder.Environment.ApplicationName);
            options.LoggerFactory = services.GetService<ILoggerFactory>();
            return ConnectionMultiplexer.Connect(options);
        });

    // Opens nothing: MassTransit has its own connection; this is for looking at queues and purging them.
    static void AddBrokerFactory(IHostApplicationBuilder builder) =>
        builder.Services.AddSingleton<IConnectionFactory>(services => new ConnectionFactory
        {
            Uri = BrokerAddress.Parse(Required(services, "messaging")).First,
            ClientProvidedName = builder.Environment.ApplicationName,
        });
}
#endif
