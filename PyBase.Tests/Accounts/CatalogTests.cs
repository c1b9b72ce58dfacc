using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PyBase.Storage;
using PyBase.Storage.Catalog;
using PyBase.Storage.Postgres;
using PyBase.Tests.Support;

namespace PyBase.Tests.Accounts;

public sealed class CatalogTests(Servers servers)
{
    [Fact]
    public async Task The_migrations_are_the_model()
    {
        await using var host = await AccountsHost.StartAsync(servers);
        await using var scope = host.Services.CreateAsyncScope();

        Assert.False(scope.ServiceProvider.GetRequiredService<CatalogContext>().Database.HasPendingModelChanges());
    }

    [Fact]
    public async Task Processes_that_start_together_have_one_key_for_cookies()
    {
        await using var database = await (await servers.PostgresAsync()).CreateDatabaseAsync(TestContext.Current.CancellationToken);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration["ConnectionStrings:pybase"] = database.ConnectionString;
        builder.Configuration["ConnectionStrings:cache"] = "127.0.0.1:1";
        builder.AddStorage();
        using var migrations = builder.Build();
        var upgrade = migrations.Services.GetRequiredService<DatabaseUpgrade>();
        await Task.WhenAll(upgrade.RunAsync(TestContext.Current.CancellationToken), upgrade.RunAsync(TestContext.Current.CancellationToken));

        var hosts = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => AccountsHost.StartAsync(servers, database))));
        var ada = await hosts[0].SignUpAsync("ada@example.com");

        Assert.Equal(1L, await hosts[0].ScalarAsync("select count(*) from catalog.data_protection_keys"));
        foreach (var host in hosts)
        {
            Assert.Equal(200, (await host.Visitor().TakeCookiesOf(ada).GetAsync("/api/auth/me")).Status);
            await host.DisposeAsync();
        }
    }
}
