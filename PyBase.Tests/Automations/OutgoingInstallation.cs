using Npgsql;
using PyBase.Tests.Support;

namespace PyBase.Tests.Automations;

/// <summary>An installation that may call this machine, with another system and a mail server there.</summary>
public sealed class OutgoingInstallation(Servers servers) : Installation
{
    StandaloneProcess? process;
    TestDatabase? database;

    public HttpSink Sink { get; private set; } = null!;

    public SmtpSink Mails { get; } = new();

    public override IReadOnlyList<Uri> Apis => [process!.Address];

    public override IReadOnlyList<Uri> Hubs => [process!.Address];

    public override string Files => Path.Combine(process!.Data, "files");

    public override async ValueTask InitializeAsync()
    {
        Sink = await HttpSink.StartAsync();
        database = await (await servers.PostgresAsync()).CreateDatabaseAsync();
        process = await StandaloneProcess.StartAsync(new Dictionary<string, string>(Settings)
        {
            ["ConnectionStrings:pybase"] = database.ConnectionString, ["Files:AllowPrivateAddresses"] = "true", ["Automations:LookEvery"] = "00:00:01", ["Notifications:LookEvery"] = "00:00:01", ["Webhooks:RetryAfter"] = "00:00:00.050", ["Public:Url"] = "https://pybase.example.com",
            ["Smtp:Host"] = "127.0.0.1", ["Smtp:Port"] = $"{Mails.Port}", ["Smtp:From"] = "PyBase <pybase@example.com>",
        });
    }

    /// <summary>For what a test cannot wait for.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var data = NpgsqlDataSource.Create(database!.ConnectionString);
        await using var command = data.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>What the database answers.</summary>
    public async Task<object?> ScalarAsync(string sql)
    {
        await using var data = NpgsqlDataSource.Create(database!.ConnectionString);
        await using var command = data.CreateCommand(sql);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Asks until the answer is true.</summary>
    public async Task UntilAsync(string sql)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (await ScalarAsync(sql) is not true)
            await Task.Delay(20, patience.Token);
    }

    /// <summary>Everything but the database dies at once, and is started again on what is left.</summary>
    public async Task DieAsync()
    {
        await process!.KillAsync();
        await process.StartAgainAsync(TestContext.Current.CancellationToken);
    }

    public override async ValueTask DisposeAsync()
    {
        if (process is not null)
            await process.DisposeAsync();
        if (database is not null)
            await database.DisposeAsync();
        await Mails.DisposeAsync();
        await Sink.DisposeAsync();
    }
}

[CollectionDefinition(Name)]
public sealed class OnOutgoing : ICollectionFixture<OutgoingInstallation>
{
    public const string Name = "on an installation that calls others";
}
