using PyBase.Tests.Support;

namespace PyBase.Tests.Chaos;

/// <summary>Two processes of each role on servers of their own, which are there to be killed.</summary>
public sealed class ChaosInstallation(Servers servers) : IAsyncLifetime
{
    public Cluster Cluster { get; private set; } = null!;

    internal SmtpSink Sink { get; } = new();

    public async ValueTask InitializeAsync() => Cluster = await Cluster.StartAsync(servers, new()
    {
        Api = 2, Realtime = 2, Workers = 2, OwnServers = true,
        Settings = new Dictionary<string, string>
        {
            ["Accounts:SignUp"] = "open", ["Public:Url"] = "https://pybase.example.org", ["Logging:LogLevel:Npgsql"] = "Warning",
            ["Smtp:Host"] = "127.0.0.1", ["Smtp:Port"] = $"{Sink.Port}", ["Smtp:From"] = "PyBase <pybase@example.org>", ["Smtp:RetryAfter"] = "00:00:00.5",
        },
    });

    public async ValueTask DisposeAsync()
    {
        if (Cluster is not null)
            await Cluster.DisposeAsync();
        await Sink.DisposeAsync();
    }
}

[CollectionDefinition(Name)]
public sealed class InChaos : ICollectionFixture<ChaosInstallation>
{
    public const string Name = "in chaos";
}
