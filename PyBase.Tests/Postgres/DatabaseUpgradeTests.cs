using System.Net;
using Npgsql;
using PyBase.Storage.Postgres;
using PyBase.Tests.Support;

namespace PyBase.Tests.Postgres;

public sealed class DatabaseUpgradeTests(Servers servers)
{
    static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_migrations_at_once_need_the_database_alone_and_health_tells_of_another_schema()
    {
        await using var database = await (await servers.PostgresAsync()).CreateDatabaseAsync(Cancelled);
        await using var data = NpgsqlDataSource.Create(database.ConnectionString);
        var settings = new Dictionary<string, string> { ["ConnectionStrings:pybase"] = database.ConnectionString };
        Assert.NotEmpty((await DatabaseUpgrade.CompareAsync(data, Cancelled)).Missing);

        await Task.WhenAll(Enumerable.Range(0, 2).Select(n => PyBaseProcess.RunAsync("PyBase.Api", $"migrate-{n}", ["--migrate"], settings, Cancelled)));
        var same = await DatabaseUpgrade.CompareAsync(data, Cancelled);
        Assert.Empty(same.Missing.Concat(same.Unknown));

        await using var api = new PyBaseProcess("PyBase.Api", "api", [], new Dictionary<string, string>(settings) { ["ConnectionStrings:cache"] = "127.0.0.1:1,abortConnect=false" });
        await api.StartAsync(Cancelled);
        await ExecuteAsync(data, "insert into pybase.schema_scripts (name) values ('999-later.sql')");
        Assert.Contains("999-later.sql", await HealthAsync(api, HttpStatusCode.OK), StringComparison.Ordinal);
        await ExecuteAsync(data, "delete from pybase.schema_scripts where name like '001%'");
        Assert.Contains("--migrate", await HealthAsync(api, HttpStatusCode.ServiceUnavailable), StringComparison.Ordinal);
    }

    static async Task<string> HealthAsync(PyBaseProcess process, HttpStatusCode expected)
    {
        using var health = await process.Client.GetAsync("/health", Cancelled);
        Assert.Equal(expected, health.StatusCode);
        return await health.Content.ReadAsStringAsync(Cancelled);
    }

    static async Task ExecuteAsync(NpgsqlDataSource data, string sql)
    {
        await using var command = data.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Cancelled);
    }
}
