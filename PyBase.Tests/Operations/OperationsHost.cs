using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using PyBase.Storage;
using PyBase.Storage.Postgres;
using PyBase.Tests.Support;

namespace PyBase.Tests.Operations;

/// <summary>Everything in one process, on a real PostgreSQL, Redis and port, that says of itself several times a second how it is.</summary>
sealed class OperationsHost : IAsyncDisposable
{
    public const string Token = "a-token-of-the-operators";
    public const int Connections = 30;

    readonly WebApplication app;
    readonly bool isSibling;

    OperationsHost(WebApplication app, TestDatabase database, RedisServer redis, bool isSibling)
    {
        (this.app, Database, Redis, this.isSibling) = (app, database, redis, isSibling);
        Address = new(app.Urls.First());
        Operator = new() { BaseAddress = Address, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", Token) } };
    }

    public TestDatabase Database { get; }

    public RedisServer Redis { get; }

    public Uri Address { get; }

    /// <summary>Whoever holds <c>Operations:Token</c>.</summary>
    public HttpClient Operator { get; }

    public IServiceProvider Services => app.Services;

    public NpgsqlDataSource Sql => Services.GetRequiredService<NpgsqlDataSource>();

    /// <param name="sibling">A process of the same installation.</param>
    /// <param name="settings">As <c>Autoscaler:Mode=concurrency</c>.</param>
    public static async Task<OperationsHost> StartAsync(Servers servers, OperationsHost? sibling, params string[] settings)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var database = sibling?.Database ?? await (await servers.PostgresAsync()).CopyDatabaseAsync("operations", MigrateAsync, cancellation);
        var redis = sibling?.Redis ?? await RedisServer.StartAsync(cancellation);
        var builder = Builder(database.ConnectionString, redis.ConnectionString);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Accounts:SignUp"] = "open", ["Operations:Token"] = Token, ["Operations:SampleEvery"] = "00:00:00.2", ["Operations:MemoryLimit"] = "64", ["Autoscaler:Every"] = "00:00:00.2",
            ["Files:Path"] = TestRun.NewFolder("operations"),
            // However busy the machine is: how the policy takes it is ScalingPolicyTests'.
            ["Autoscaler:Rule:BusyCpu"] = "2",
        });
        builder.Configuration.AddInMemoryCollection(settings.Select(s => s.Split('=', 2)).ToDictionary(pair => pair[0], pair => (string?)pair[1]));
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddServiceDefaults();
        builder.AddPyBaseApi().AddPyBaseRealtime().AddPyBaseWorkers();
        var app = builder.Build();
        app.MapPyBaseApi(forwardHubs: false).MapPyBaseRealtime().MapPyBaseWorkers();
        await app.StartAsync(cancellation);
        return new(app, database, redis, sibling is not null);
    }

    public async Task<JsonNode> LookAsync() => JsonNode.Parse(await Operator.GetStringAsync("/api/operations", TestContext.Current.CancellationToken))!;

    /// <summary>Looks until it is so.</summary>
    public Task<JsonNode> UntilAsync(Func<JsonNode, bool> wanted, [CallerArgumentExpression(nameof(wanted))] string said = "") => Wait.UntilAsync(LookAsync, wanted, wanted: said);

    /// <summary>The advice of that code, once it is given, and with these words among what was measured.</summary>
    public async Task<JsonNode> AdviceAsync(string code, string saying = "")
    {
        return Find(await UntilAsync(seen => Find(seen) is not null, $"advice {code} {saying}"))!;

        JsonNode? Find(JsonNode seen) => seen["advice"]!.AsArray().FirstOrDefault(a => (string)a!["code"]! == code && ((string)a["measured"]!).Contains(saying, StringComparison.Ordinal));
    }

    /// <summary>What was said before is of another test.</summary>
    public Task ForgetAsync() => ExecuteAsync("delete from pybase.process_samples");

    public async Task ExecuteAsync(string sql)
    {
        await using var command = Sql.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    public async Task<object?> ScalarAsync(string sql)
    {
        await using var command = Sql.CreateCommand(sql);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        Operator.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
        if (isSibling)
            return;
        await Redis.DisposeAsync();
        await Database.DisposeAsync();
    }

    static WebApplicationBuilder Builder(string postgres, string redis)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = "PyBase.Standalone" });
        builder.Configuration["ConnectionStrings:pybase"] = new NpgsqlConnectionStringBuilder(postgres) { MaxPoolSize = Connections }.ConnectionString;
        builder.Configuration["ConnectionStrings:cache"] = redis;
        builder.Logging.ClearProviders().AddConsole().SetMinimumLevel(LogLevel.Warning);
        return builder;
    }

    static async Task MigrateAsync(string connectionString, CancellationToken cancellation)
    {
        var builder = Builder(connectionString, "127.0.0.1:1,abortConnect=false,connectTimeout=100");
        builder.AddStorage();
        await using var migrating = builder.Build();
        await migrating.Services.GetRequiredService<DatabaseUpgrade>().RunAsync(cancellation);
    }
}
