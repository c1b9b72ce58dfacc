using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using PyBase.Storage.Catalog;
using PyBase.Storage.Shards;
using StackExchange.Redis;

namespace PyBase.Storage.Connections;

/// <summary>
/// What every role needs of PostgreSQL and Redis, from <c>ConnectionStrings:pybase</c>, <c>pybaseDirect</c>, <c>pybaseStandby</c> and <c>cache</c>.
/// The driver settings are the same however the clients are registered: by Aspire's packages or by the plain libraries
/// (<c>docs/decisions/0002-client-packages-by-switch.md</c>).
/// </summary>
public static partial class ConnectionExtensions
{
    /// <summary>Key of the <see cref="NpgsqlDataSource"/> that goes past PgBouncer: migrations, LISTEN, CREATE INDEX CONCURRENTLY, session locks.</summary>
    public const string Direct = "direct";

    /// <summary>
    /// Registers <see cref="NpgsqlDataSource"/> (and one keyed <see cref="Direct"/>), <see cref="CatalogContext"/> with its factory,
    /// <c>IConnectionMultiplexer</c>, RabbitMQ's <c>IConnectionFactory</c>, health checks, and Data Protection with its keys in the catalog.
    /// Nothing connects yet. Calling it again changes nothing.
    /// </summary>
    public static TBuilder AddConnections<TBuilder>(this TBuilder builder) where TBuilder : IHostApplicationBuilder
    {
        if (builder.Services.Any(service => service.ServiceType == typeof(RequiredConnections)))
            return builder;
        builder.Services.AddSingleton<RequiredConnections>();
        builder.Services.AddHostedService(services => services.GetRequiredService<RequiredConnections>());

        var application = builder.Environment.ApplicationName;
        builder.Services.AddSingleton(services => PostgresConnections.Pooled(services, application));
        builder.Services.AddOptions<DatabaseOptions>().BindConfiguration("Database");
        builder.Services.AddSingleton(services => new Standby(
            PostgresConnections.Standby(services, application), services.GetRequiredService<IOptions<DatabaseOptions>>().Value, services.GetService<TimeProvider>() ?? TimeProvider.System,
            services.GetRequiredService<ILogger<Standby>>()));
        builder.Services.AddKeyedSingleton(Direct, (services, _) => PostgresConnections.Direct(services, application));
        builder.Services.AddPooledDbContextFactory<CatalogContext>(
            (services, options) => options.UseCatalog(services.GetRequiredService<NpgsqlDataSource>()));
        AddCatalogTelemetry(builder);
        AddRedis(builder);
        AddBrokerFactory(builder);

        builder.Services.AddHealthChecks()
            .AddCheck<PostgresHealth>("postgres")
            .AddCheck<SchemaHealth>("schema")
            .AddCheck<RedisHealth>("redis");
        builder.Services.TryAddSingleton<ShardSettings>();
        builder.Services.TryAddSingleton<ShardDatabases>();
        builder.Services.TryAddSingleton<Borrowing>();
        var protection = builder.Services.AddDataProtection().SetApplicationName("PyBase").PersistKeysToDbContext<CatalogContext>();
        if (!new ShardSettings(builder.Configuration).IsMain)
            protection.DisableAutomaticKeyGeneration();
        return builder;
    }

    /// <summary>The options of <see cref="CatalogContext"/>, at run time, in migrations and in tests alike.</summary>
    public static DbContextOptionsBuilder UseCatalog(this DbContextOptionsBuilder options, NpgsqlDataSource database) =>
        options.UseNpgsql(database, npgsql => npgsql
                .MigrationsHistoryTable("__migrations", "catalog")
                .ExecutionStrategy(dependencies => new RetryOutsideTransactions(dependencies)))
            .UseSnakeCaseNamingConvention();

    /// <summary>A process starts without Redis, and finds it when it comes.</summary>
    static ConfigurationOptions RedisOptions(ConfigurationOptions options, string application)
    {
        options.AbortOnConnectFail = false;
        // The library counts INFO, which the metrics are read from, as administration.
        options.AllowAdmin = true;
        options.ClientName ??= application.Replace(' ', '-');
        return options;
    }

    /// <summary>The connection string, or a sentence that says which setting is missing.</summary>
    internal static string Required(IServiceProvider services, string name) =>
        services.GetRequiredService<IConfiguration>().GetConnectionString(name) is { Length: > 0 } value
            ? value
            : throw new InvalidOperationException(
                $"The connection string '{name}' is missing: set ConnectionStrings:{name} (environment: ConnectionStrings__{name}), or start PyBase.Standalone, which brings its own.");
}

/// <summary>Stops the start with one sentence when a connection string is missing, before anything else tries to use it.</summary>
sealed class RequiredConnections(IServiceProvider services) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        ConnectionExtensions.Required(services, "pybase");
        ConnectionExtensions.Required(services, "cache");
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
