using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Npgsql;
using PyBase.Storage.Catalog;
using PyBase.Storage.Connections;
using Xunit;

namespace PyBase.Tests.Connections;

public sealed class ConnectionRegistrationTests
{
    const string Nobody = "Host=127.0.0.1;Port=1;Username=u;Password=p;Database=pybase;Max Auto Prepare=20;Timeout=1";

    [Fact]
    public async Task A_missing_connection_string_stops_the_start_with_a_sentence()
    {
        using var host = Host(pybase: null, cache: "127.0.0.1:1").Build();

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => host.StartAsync(TestContext.Current.CancellationToken));

        Assert.Contains("The connection string 'pybase' is missing", error.Message);
        Assert.Contains("ConnectionStrings__pybase", error.Message);
    }

    [Fact]
    public void Pooled_connections_are_safe_behind_PgBouncer_and_direct_ones_are_cleaned()
    {
        var builder = Host(Nobody, "127.0.0.1:1");
        // Only who has a PgBouncer needs another way to the server.
        builder.Configuration["ConnectionStrings:pybaseDirect"] = Nobody;
        using var host = builder.Build();

        var pooled = new NpgsqlConnectionStringBuilder(host.Services.GetRequiredService<NpgsqlDataSource>().ConnectionString);
        var direct = new NpgsqlConnectionStringBuilder(host.Services.GetRequiredKeyedService<NpgsqlDataSource>(ConnectionExtensions.Direct).ConnectionString);

        Assert.Equal((0, true, 600, 1), (pooled.MaxAutoPrepare, pooled.NoResetOnClose, pooled.ConnectionLifetime, pooled.Timeout));
        Assert.False(direct.NoResetOnClose);
        Assert.NotEqual(pooled.ApplicationName, direct.ApplicationName);
    }

    [Fact]
    public void Without_PgBouncer_statements_that_come_again_are_prepared_and_the_pool_is_the_process_s_share()
    {
        var builder = Host(Nobody, "127.0.0.1:1");
        (builder.Configuration["Database:Processes"], builder.Configuration["Database:MaxConnections"]) = ("6", "130");
        using var host = builder.Build();

        var pooled = new NpgsqlConnectionStringBuilder(host.Services.GetRequiredService<NpgsqlDataSource>().ConnectionString);

        Assert.InRange(pooled.MaxAutoPrepare, 1, 1_000);
        Assert.Equal(20, pooled.MaxPoolSize);
    }

    [Fact]
    public void What_the_connection_string_says_itself_stays()
    {
        using var host = Host(Nobody + ";Connection Lifetime=3600;Application Name=somebody", "127.0.0.1:1").Build();

        var pooled = new NpgsqlConnectionStringBuilder(host.Services.GetRequiredService<NpgsqlDataSource>().ConnectionString);

        Assert.Equal((3600, "somebody"), (pooled.ConnectionLifetime, pooled.ApplicationName));
    }

    [Fact]
    public async Task The_catalog_comes_from_the_scope_and_from_the_factory()
    {
        using var host = Host(Nobody, "127.0.0.1:1").Build();
        await using var scope = host.Services.CreateAsyncScope();

        var scoped = scope.ServiceProvider.GetRequiredService<CatalogContext>();
        await using var made = await scope.ServiceProvider.GetRequiredService<IDbContextFactory<CatalogContext>>()
            .CreateDbContextAsync(TestContext.Current.CancellationToken);

        Assert.NotSame(scoped, made);
        Assert.True(scoped.Database.CreateExecutionStrategy().RetriesOnFailure);
    }

    [Fact]
    public async Task Without_PostgreSQL_a_process_is_unhealthy_and_without_Redis_degraded()
    {
        using var host = Host(Nobody, "127.0.0.1:1,connectTimeout=200,asyncTimeout=200").Build();

        var report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HealthStatus.Unhealthy, report.Entries["postgres"].Status);
        Assert.Equal(HealthStatus.Degraded, report.Entries["redis"].Status);
    }

    static HostApplicationBuilder Host(string? pybase, string? cache)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "PyBase.Tests" });
        builder.Configuration["ConnectionStrings:pybase"] = pybase;
        builder.Configuration["ConnectionStrings:cache"] = cache;
        return builder.AddConnections().AddConnections();
    }
}
