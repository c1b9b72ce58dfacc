using PyBase.Standalone.Embedded;
using PyBase.Tests.Support;

namespace PyBase.Tests.Shards;

/// <summary>
/// Two shards: each a PostgreSQL of its own with processes of its own, on one Redis. People know the first Api alone; of two new bases one goes to each.
/// </summary>
public sealed class Sharded(Servers servers) : IAsyncLifetime
{
    public const string Second = "s2";

    static readonly Dictionary<string, string> s_logical = new() { ["wal_level"] = "logical" };

    public PostgresNode FirstDatabase { get; private set; } = null!;

    public PostgresNode SecondDatabase { get; private set; } = null!;

    public Cluster First { get; private set; } = null!;

    public Cluster Other { get; private set; } = null!;

    /// <summary>Where people go.</summary>
    public Uri Address => First.Api[0].Address;

    public async ValueTask InitializeAsync()
    {
        Require.Server("rabbitmq-server");
        var cancellation = TestContext.Current.CancellationToken;
        var databases = await Task.WhenAll(PostgresNode.StartAsync("shard-main", s_logical, cancellation), PostgresNode.StartAsync("shard-s2", s_logical, cancellation));
        (FirstDatabase, SecondDatabase) = (databases[0], databases[1]);
        var (first, second) = (LoopbackPort.Free(), LoopbackPort.Free());
        var shards = new Dictionary<string, string>
        {
            ["Shards:main"] = FirstDatabase.ConnectionString, ["Shards:main:Url"] = $"http://127.0.0.1:{first}",
            [$"Shards:{Second}"] = SecondDatabase.ConnectionString, [$"Shards:{Second}:Url"] = $"http://127.0.0.1:{second}", [$"Shards:{Second}:TakesNewBases"] = "true",
            // Its own store, so that a move takes files along.
            [$"Shards:{Second}:Files:Path"] = TestRun.NewFolder("files-s2"),
            ["Accounts:SignUp"] = "open", ["Passwords:Iterations"] = "10000",
        };
        First = await Cluster.StartAsync(servers, new() { ApiPort = first, Settings = new Dictionary<string, string>(shards) { ["ConnectionStrings:pybase"] = FirstDatabase.ConnectionString } }, cancellation);
        Other = await Cluster.StartAsync(servers, new()
        {
            ApiPort = second,
            Settings = new Dictionary<string, string>(shards)
            {
                ["ConnectionStrings:pybase"] = SecondDatabase.ConnectionString, ["ConnectionStrings:cache"] = First.Settings["ConnectionStrings:cache"],
                ["Files:Path"] = shards[$"Shards:{Second}:Files:Path"], ["Shard"] = Second,
            },
        }, cancellation);
    }

    /// <summary>The command of the administrator, in a process of the first shard.</summary>
    public PyBaseProcess Mover(string baseId, string to) => new("PyBase.Api", "mover", ["--move-base", baseId, "--to", to], First.Settings);

    public async ValueTask DisposeAsync()
    {
        foreach (IAsyncDisposable? part in (IAsyncDisposable?[])[Other, First, SecondDatabase, FirstDatabase])
            if (part is not null)
                await part.DisposeAsync();
    }
}
