using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PyBase.Storage.Connections;
using PyBase.Storage.Jobs;
using PyBase.Storage.Scaling;

namespace PyBase.Storage.Bus;

/// <summary>A queue that this process works on, and how many of its jobs at once.</summary>
public sealed record QueueShare(string Name, int Concurrency)
{
    /// <summary>As far as the limit can be raised while the process runs: the broker gives no more at once.</summary>
    public int Ceiling => Concurrency * 4;
}

/// <summary>What of the bus others have to know.</summary>
/// <param name="IsInMemory">It forgets its messages when the process ends.</param>
sealed record BusOptions(bool IsInMemory);

/// <summary>The message bus: RabbitMQ when <c>ConnectionStrings:messaging</c> is set, else in memory (jobs are in PostgreSQL, so nothing is lost).</summary>
public static class BusExtensions
{
    /// <summary>Consumes these queues with <typeparamref name="TConsumer"/> and runs the outbox' dispatcher.</summary>
    public static void AddBus<TConsumer>(this IHostApplicationBuilder builder, IReadOnlyList<QueueShare> queues) where TConsumer : class, IConsumer<RunJob>
    {
        var broker = builder.Configuration.GetConnectionString("messaging") is { Length: > 0 } given ? BrokerAddress.Parse(given) : null;
        builder.Services.AddSingleton(new BusOptions(IsInMemory: broker is null));
        builder.Services.AddSingleton<JobClaims>();
        foreach (var queue in queues)
            builder.Services.AddSingleton(queue);
        builder.Services.AddHostedService<LimitsWatch>();
        builder.Services.AddHostedService<OutboxDispatcher>();
        builder.Services.AddMassTransit(bus =>
        {
            // Nothing leaves the building that its owner did not ask for.
            bus.DisableUsageTelemetry();
            bus.AddConsumer<TConsumer>();
            bus.AddConsumer<LimitsConsumer>();
            bus.ConfigureHealthCheckOptions(health => health.Tags.Add("bus"));
            if (broker is null)
                bus.UsingInMemory((context, memory) =>
                {
                    foreach (var queue in queues)
                        memory.ReceiveEndpoint(queue.Name, endpoint => Configure(endpoint, context, queue));
                    // One for each process, gone with it.
                    memory.ReceiveEndpoint(new TemporaryEndpointDefinition(), endpoint => endpoint.ConfigureConsumer<LimitsConsumer>(context));
                });
            else
                bus.UsingRabbitMq((context, rabbit) =>
                {
                    rabbit.Host(broker.First, host =>
                    {
                        // In turn, whenever a connection is lost.
                        if (broker.Nodes.Count > 1)
                            host.UseCluster(cluster =>
                            {
                                foreach (var node in broker.Nodes)
                                    cluster.Node(node);
                            });
                    });
                    foreach (var queue in queues)
                        rabbit.ReceiveEndpoint(queue.Name, endpoint =>
                        {
                            endpoint.SetQuorumQueue();
                            Configure(endpoint, context, queue);
                        });
                    rabbit.ReceiveEndpoint(new TemporaryEndpointDefinition(), endpoint => endpoint.ConfigureConsumer<LimitsConsumer>(context));
                });

            void Configure(IReceiveEndpointConfigurator endpoint, IBusRegistrationContext context, QueueShare queue)
            {
                // Both are fixed while it runs; QueueGates holds back what is above the limit of the moment.
                endpoint.PrefetchCount = queue.Ceiling;
                endpoint.ConcurrentMessageLimit = queue.Ceiling;
                endpoint.ConfigureConsumeTopology = false;
                endpoint.ConfigureConsumer<TConsumer>(context);
            }
        });
        // Consumers give their jobs back when the process is told to stop; this is for one that hangs.
        builder.Services.Configure<MassTransitHostOptions>(host => host.StopTimeout = TimeSpan.FromSeconds(10));
    }
}
