using PyBase.AppHost;
using PyBase.Core.Scaling;

// PyBase as a distributed application. dotnet run --project PyBase.AppHost -- --tier small|medium|large|enterprise
var builder = DistributedApplication.CreateBuilder(args);
var options = AppHostOptions.Read(builder);
var tier = options.Tier;
builder.AddPublisher(options);

// Secrets: asked for or generated, kept in the user secrets. The address is that of the load balancer.
var operationsToken = builder.AddSecret("operations-token");
var metricsToken = builder.AddSecret("metrics-token");
var address = builder.ExecutionContext.IsPublishMode ? builder.AddParameter("public-url") : null;

// Servers: PostgreSQL, Redis and RabbitMQ, in containers or from installed binaries (--mode executables)
var servers = builder.AddServers(options);

// Services, from the inside out
var migrations = builder.AddProject<Projects.PyBase_Api>("migrations", ServiceExtensions.WithoutLaunchProfile)
    .WithArgs("--migrate")
    .WithDatabase(servers.Database, Tier.ReservedPool)
    .PublishAsOneTimeJob(options);

foreach (var pool in tier.Workers)
{
    builder.AddProject<Projects.PyBase_Workers>(pool.Name, ServiceExtensions.WithoutLaunchProfile)
        .WithHttpEndpoint()
        .WithServers(servers, tier).WithFileStore(options)
        .WaitForCompletion(migrations)
        .WithEnvironment("Workers__Queues", string.Join(',', pool.Queues))
        .WithEnvironment("Workers__Concurrency", tier.Concurrency.Text())
        .WithEnvironment("Metrics__Token", metricsToken)
        .WithProbes()
        .WithReplicas(pool.Processes)
        .PublishAtAddress(address).PublishScaledByPyBase(options)
        .PublishScaledByQueues(pool, options);
}

var realtime = builder.AddProject<Projects.PyBase_Realtime>("realtime", ServiceExtensions.WithoutLaunchProfile)
    .WithHttpEndpoint()
    .WithServers(servers, tier).WithFileStore(options)
    .WaitForCompletion(migrations)
    .WithEnvironment("Metrics__Token", metricsToken)
    .WithProbes()
    .WithReplicas(tier.Realtime)
    .PublishAtAddress(address).PublishDraining(options)
    .PublishScaledByLoad(tier.Realtime, options);

var api = builder.AddProject<Projects.PyBase_Api>("api", ServiceExtensions.WithoutLaunchProfile)
    .WithHttpEndpoint()
    .WithServers(servers, tier).WithFileStore(options)
    .WithReference(realtime).WaitForCompletion(migrations)
    .WithEnvironment("Operations__Token", operationsToken)
    .WithEnvironment("Metrics__Token", metricsToken)
    .WithProbes()
    .WithReplicas(tier.Api)
    .PublishAtAddress(address).PublishDraining(options)
    .WithExternalHttpEndpoints()
    .WithSampleBaseCommand(operationsToken)
    .WithDrainQueueCommand(operationsToken)
    .PublishScaledByLoad(tier.Api, options);

#if !RUN_ONLY
// The edge: Vite while developing, the same files inside the API's image when published
if (options.Web)
{
    var web = builder.AddViteApp("web", "../PyBase.Web")
        .WithReference(api).WaitFor(api)
        .WithExternalHttpEndpoints();
    api.PublishWithContainerFiles(web, "./wwwroot");
}
#endif

api.PublishBehindOneAddress(realtime, options);
builder.Build().Run();
