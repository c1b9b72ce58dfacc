namespace PyBase.Tests.Support;

/// <summary>PyBase as people run it, in either shape. What holds for one holds for the other, so a suite is written once and run in both.</summary>
public abstract class Installation : IAsyncLifetime
{
    /// <summary>Anybody may sign up, so that each test is somebody of its own.</summary>
    protected static Dictionary<string, string> Settings => new() { ["Accounts:SignUp"] = "open", ["Passwords:Iterations"] = "10000", ["Logging:LogLevel:Npgsql"] = "Warning", ["Indexes:Pause"] = "00:00:01", ["Indexes:Rows"] = "3000", ["Operations:Token"] = OperationsToken, ["Operations:SampleEvery"] = "00:00:01" };

    /// <summary>Of whoever runs the installation.</summary>
    public const string OperationsToken = "a-token-of-the-operators";

    /// <summary>Addresses of the processes that serve HTTP.</summary>
    public abstract IReadOnlyList<Uri> Apis { get; }

    /// <summary>Addresses where the hub is: past the Api where it is a process of its own, and through it.</summary>
    public abstract IReadOnlyList<Uri> Hubs { get; }

    /// <summary>The file store's folder.</summary>
    public abstract string Files { get; }

    /// <summary>A newcomer with a workspace, who uses the given Api.</summary>
    public Task<Person> SignUpAsync(int api = 0) => Person.SignUpAsync(Apis[api % Apis.Count]);

    public abstract ValueTask InitializeAsync();

    public abstract ValueTask DisposeAsync();
}

/// <summary>One process, nothing configured.</summary>
public sealed class StandaloneInstallation : Installation
{
    StandaloneProcess? process;

    public StandaloneProcess Process => process!;

    public override IReadOnlyList<Uri> Apis => [process!.Address];

    public override IReadOnlyList<Uri> Hubs => [process!.Address];

    public override string Files => Path.Combine(process!.Data, "files");

    public override async ValueTask InitializeAsync() => process = await StandaloneProcess.StartAsync(Settings);

    public override async ValueTask DisposeAsync()
    {
        if (process is not null)
            await process.DisposeAsync();
    }
}

/// <summary>Two processes of each role on PostgreSQL, Redis and RabbitMQ.</summary>
public sealed class DistributedInstallation(Servers servers) : Installation
{
    public Cluster Cluster { get; private set; } = null!;

    public override IReadOnlyList<Uri> Apis => [.. Cluster.Api.Select(p => p.Address)];

    public override IReadOnlyList<Uri> Hubs => [.. Cluster.Realtime.Concat(Cluster.Api).Select(p => p.Address)];

    public override string Files => Cluster.Files;

    // What stands in front of some tests says for whom it asks.
    public override async ValueTask InitializeAsync() => Cluster = await Cluster.StartAsync(servers, new ClusterOptions
    {
        Api = 2, Realtime = 2, Workers = 2, DrainFor = TimeSpan.FromSeconds(2), Settings = new Dictionary<string, string>(Settings) { ["ASPNETCORE_FORWARDEDHEADERS_ENABLED"] = "true" },
    });

    public override async ValueTask DisposeAsync()
    {
        if (Cluster is not null)
            await Cluster.DisposeAsync();
    }
}

[CollectionDefinition(Name)]
public sealed class OnStandalone : ICollectionFixture<StandaloneInstallation>
{
    public const string Name = "on Standalone";
}

/// <summary>Standalone again, for the pages: they take as long as everything else on it together.</summary>
[CollectionDefinition(Name)]
public sealed class InBrowser : ICollectionFixture<StandaloneInstallation>
{
    public const string Name = "in a browser";
}

[CollectionDefinition(Name)]
public sealed class OnCluster : ICollectionFixture<DistributedInstallation>
{
    public const string Name = "on a cluster";
}
