using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using PyBase.Api.Accounts;
using PyBase.Api.Audit;
using PyBase.Core.Accounts;
using PyBase.Api.Operations;
using PyBase.Storage;
using PyBase.Storage.Accounts;
using PyBase.Storage.Connections;
using PyBase.Storage.Postgres;
using PyBase.Tests.Support;

namespace PyBase.Tests.Accounts;

/// <summary>A process that serves accounts, on a real PostgreSQL and a real port.</summary>
sealed class AccountsHost : IAsyncDisposable
{
    const string Nowhere = "127.0.0.1:1,abortConnect=false,connectTimeout=100,syncTimeout=100";
    static readonly Lazy<string> Files = new(() => TestRun.NewFolder("accounts"));

    readonly WebApplication app;
    readonly bool ownsDatabase;
    readonly ConcurrentBag<Person> visitors = [];

    AccountsHost(WebApplication app, TestDatabase database, bool ownsDatabase, MovableClock clock, LogLines log) =>
        (this.app, Database, this.ownsDatabase, Clock, Log) = (app, database, ownsDatabase, clock, log);

    public TestDatabase Database { get; }

    public MovableClock Clock { get; }

    public LogLines Log { get; }

    public IServiceProvider Services => app.Services;

    public NpgsqlDataSource Sql => app.Services.GetRequiredService<NpgsqlDataSource>();

    /// <param name="database">Of another host, to be its sibling; without it an empty catalog.</param>
    /// <param name="settings">As <c>Accounts:SignUp=open</c>.</param>
    public static async Task<AccountsHost> StartAsync(Servers servers, TestDatabase? database = null, params string[] settings)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var mine = database is null;
        database ??= await (await servers.PostgresAsync()).CopyDatabaseAsync("accounts", MigrateAsync, cancellation);
        var (clock, log) = (new MovableClock(), new LogLines());

        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(settings.Select(s => s.Split('=', 2)).ToDictionary(pair => pair[0], pair => (string?)pair[1]));
        builder.Configuration["ConnectionStrings:pybase"] = database.ConnectionString;
        builder.Configuration["ConnectionStrings:cache"] = Nowhere;
        builder.Configuration["Files:Path"] = Files.Value;
        builder.WebHost.UseUrls(builder.Configuration["Listen"] ?? "http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(log);
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.AddServiceDefaults();
        builder.AddConnections();
        builder.Services.AddAccounts();
        var works = builder.Configuration.GetValue<bool>("Worker");
        if (works)
            builder.AddPyBaseWorkers();
        var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapAccounts();
        app.MapAudit();
        if (works)
            app.MapOperations();
        app.MapGet("/v0/records", (HttpContext http) => http.User.CurrentUser().Id).RequireScope(Scopes.ReadRecords);
        app.MapPost("/v0/records", (HttpContext http) => http.User.CurrentUser().Id).RequireScope(Scopes.WriteRecords);
        await app.StartAsync(cancellation);
        return new(app, database, mine, clock, log);
    }

    /// <summary>Somebody with a browser of their own. Without <paramref name="client"/> the browser does not send the header PyBase-Client.</summary>
    public Person Visitor(bool client = true)
    {
        var visitor = new Person(new Uri(app.Urls.First().Replace("0.0.0.0", "127.0.0.1")), client);
        visitors.Add(visitor);
        return visitor;
    }

    /// <summary>Signed up, for a test that begins later.</summary>
    public async Task<Person> SignUpAsync(string email, string? invitation = null)
    {
        var person = Visitor();
        var answer = await person.PostAsync("/api/auth/sign-up", new { email, password = Person.Password, name = email.Split('@')[0], invitation });
        Assert.Equal(201, answer.Status);
        person.Id = answer.Text("user.id");
        person.Workspace = answer.Text("workspace.id");
        return person;
    }

    /// <summary>Asks until the answer is true.</summary>
    public Task UntilAsync(string sql) => Wait.UntilAsync(() => ScalarAsync(sql), seen => seen is true, looked: sql);

    public async Task<object?> ScalarAsync(string sql)
    {
        await using var command = Sql.CreateCommand(sql);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var visitor in visitors)
            visitor.Dispose();
        await app.DisposeAsync();
        if (ownsDatabase)
            await Database.DisposeAsync();
    }

    static async Task MigrateAsync(string connectionString, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration["ConnectionStrings:pybase"] = connectionString;
        builder.Configuration["ConnectionStrings:cache"] = Nowhere;
        builder.Logging.ClearProviders();
        builder.AddStorage();
        await using var migrating = builder.Build();
        await migrating.Services.GetRequiredService<DatabaseUpgrade>().RunAsync(cancellation);
    }
}
