using System.Text;
using System.Text.Json.Nodes;
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

    static readonly object s_parts = new { name = "Parts", fields = new object[] { new { name = "name", type = "singleLineText" }, new { name = "count", type = "number", options = new { precision = 0 } } } };

    static readonly object s_notes = new { name = "Notes", fields = new object[] { new { name = "name", type = "singleLineText" }, new { name = "drawing", type = "multipleAttachments" } } };

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

    /// <summary>An empty base with parts and notes in that shard.</summary>
    public async Task<string> CreateAsync(Person person, string shard)
    {
        // One each, by turns; another test may have taken the turn.
        for (var tries = 0; tries < 4; tries++)
        {
            var id = await person.CreateBaseAsync(s_parts, s_notes);
            if ((string)(await FirstDatabase.ScalarAsync($"select shard from catalog.bases where id = '{id}'", TestContext.Current.CancellationToken))! == shard)
                return id;
        }
        throw new InvalidOperationException($"No base is made in {shard}.");
    }

    /// <summary>Moves a base to its end; what the command says.</summary>
    public async Task<string> MoveAsync(string id, string to)
    {
        await using var mover = Mover(id, to);
        mover.Launch();
        Assert.True(await mover.WaitForExitAsync(TestContext.Current.CancellationToken) == 0, mover.Log);
        return mover.Log.Split('\n').Last(line => line.Contains(id, StringComparison.Ordinal));
    }

    /// <summary>The id of the table of parts.</summary>
    public static async Task<string> PartsAsync(Person person, string id) => (string)(await person.GetAsync($"/v0/meta/bases/{id}/tables"))["tables"]![0]!["id"]!;

    /// <summary>Parts from a file of rows.</summary>
    public static async Task FillAsync(Person person, string id, string csv)
    {
        var job = await person.EndOfAsync(await person.ImportAsync(id, "parts.csv", Encoding.UTF8.GetBytes(csv), new JsonObject { ["target"] = new JsonObject { ["table"] = await PartsAsync(person, id) } }.ToJsonString()));
        Assert.True((string?)job["state"] == "succeeded", job.ToJsonString());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (IAsyncDisposable? part in (IAsyncDisposable?[])[Other, First, SecondDatabase, FirstDatabase])
            if (part is not null)
                await part.DisposeAsync();
    }
}
