using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Npgsql;
using PyBase.Tests.Support;

namespace PyBase.Tests.Jobs;

/// <summary>Servers and processes fail under a running installation, one after the other; each test leaves it whole for the next.</summary>
public sealed class FaultTests(FaultTests.Installed installed) : IClassFixture<FaultTests.Installed>
{
    static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    Cluster Cluster => installed.Cluster;

    [Fact]
    public async Task A_worker_that_slept_through_its_lease_writes_nothing_more()
    {
        var (person, baseId, dropped, copies) = await WritingAsync();
        using var _ = person;
        var running = await person.GetAsync($"/api/jobs/{(string)dropped["id"]!}");
        var sleeper = WorkerOf(running);

        await sleeper.SignalAsync("STOP");
        JsonNode ended;
        try
        {
            ended = await person.EndOfAsync(dropped, TimeSpan.FromSeconds(120));
        }
        finally
        {
            await sleeper.SignalAsync("CONT");
        }
        await Task.Delay(1_500, Cancelled);

        Assert.Equal("succeeded", (string)ended["state"]!);
        Assert.NotEqual(sleeper.Id, WorkerOf(ended).Id);
        Assert.Equal((2, 7 * copies), await CountAsync(person, baseId));
        Assert.Equal(ended.ToJsonString(), (await person.GetAsync($"/api/jobs/{(string)dropped["id"]!}")).ToJsonString());
        Assert.True(await sleeper.IsHealthyAsync(Cancelled));
    }

    [Fact]
    public async Task A_worker_that_is_told_to_stop_hands_its_job_over_at_once()
    {
        var (person, baseId, dropped, copies) = await WritingAsync();
        using var _ = person;
        var leaving = WorkerOf(await person.GetAsync($"/api/jobs/{(string)dropped["id"]!}"));
        var began = Stopwatch.GetTimestamp();
        await leaving.StopAsync();
        Assert.InRange(Stopwatch.GetElapsedTime(began).TotalSeconds, 0, 5);

        var ended = await person.EndOfAsync(dropped);
        Assert.Equal(("succeeded", 1), ((string)ended["state"]!, ended["attempts"]!.GetValue<int>()));
        Assert.Equal((2, 7 * copies), await CountAsync(person, baseId));
        await leaving.StartAsync(Cancelled);
    }

    [Fact]
    public async Task What_is_cancelled_while_it_writes_leaves_no_tables()
    {
        var (person, baseId, dropped, _) = await WritingAsync();
        using var __ = person;
        await person.PostAsync($"/api/jobs/{(string)dropped["id"]!}/cancel", new { });
        Assert.Equal("cancelled", (string)(await person.EndOfAsync(dropped))["state"]!);
        Assert.Empty((await person.GetAsync($"/v0/meta/bases/{baseId}/tables"))["tables"]!.AsArray());

        await person.PostAsync($"/api/jobs/{(string)dropped["id"]!}/retry", new { });
        Assert.Equal("succeeded", (string)(await person.EndOfAsync(dropped))["state"]!);
    }

    [Fact]
    public async Task A_table_removed_under_the_import_ends_it_with_the_reason_and_without_the_other_table()
    {
        var (person, baseId, dropped, _) = await WritingAsync();
        using var __ = person;
        var worker = WorkerOf(await person.GetAsync($"/api/jobs/{(string)dropped["id"]!}"));
        await worker.KillAsync();
        await using var data = NpgsqlDataSource.Create(Cluster.ConnectionString);
        await using (var command = data.CreateCommand($"update pybase.jobs set lease_until = now(), checkpoint = jsonb_set(checkpoint, '{{tables,1,id}}', '\"tblGone\"') where id = '{(string)dropped["id"]!}'"))
            await command.ExecuteNonQueryAsync(Cancelled);
        await worker.StartAsync(Cancelled);

        var ended = await person.EndOfAsync(dropped);
        Assert.Equal("failed", (string)ended["state"]!);
        Assert.NotEqual("internal-error", (string)ended["error"]!["code"]!);
        Assert.Equal((1, "gearboxes assembly"), await LeftAsync(person, baseId));
    }

    [Fact]
    public async Task A_job_that_ends_its_workers_is_parked_with_the_reason()
    {
        using var person = await Person.SignUpAsync(Cluster.Api[0].Address);
        var dropped = await person.EndOfAsync(await person.DropAsync(await person.CreateBaseAsync(), "x.stp", "no STEP"u8.ToArray()));
        await using var data = NpgsqlDataSource.Create(Cluster.ConnectionString);
        await using var command = data.CreateCommand($"update pybase.jobs set state = 'running', attempts = 5, lease_until = now(), owner = 'dead:1:x' where id = '{(string)dropped["id"]!}'");
        await command.ExecuteNonQueryAsync(Cancelled);

        var parked = await person.JobAsync(dropped, job => (string)job["state"]! == "parked");
        Assert.Equal("worker-died", (string)parked["error"]!["code"]!);
        await person.PostAsync($"/api/jobs/{(string)dropped["id"]!}/retry", new { });
        Assert.Equal("failed", (string)(await person.EndOfAsync(dropped))["state"]!);
    }

    [Fact]
    public async Task Thousands_of_messages_leave_and_a_drop_behind_them_is_read()
    {
        using var person = await Person.SignUpAsync(Cluster.Api[0].Address);
        var baseId = await person.CreateBaseAsync();
        var ended = await person.EndOfAsync(await person.DropAsync(baseId, "x.stp", "no STEP"u8.ToArray()));
        await using var data = NpgsqlDataSource.Create(Cluster.ConnectionString);
        await using (var fill = data.CreateCommand($"insert into pybase.outbox (job, queue, due) select '{(string)ended["id"]!}', 'cad-extraction', now() from generate_series(1, 3000)"))
            await fill.ExecuteNonQueryAsync(Cancelled);
        var began = Stopwatch.GetTimestamp();
        var behind = await person.DropAsync(baseId, Samples.Path("gearbox.stp"));
        await using var count = data.CreateCommand("select count(*) from pybase.outbox where queue = 'cad-extraction'");
        await InTimeAsync(async () => await count.ExecuteScalarAsync(Cancelled) is 0L, seconds: 90);
        TestContext.Current.TestOutputHelper?.WriteLine($"3,000 messages left in {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s");
        Assert.Equal("succeeded", (string)(await person.EndOfAsync(behind))["state"]!);
        TestContext.Current.TestOutputHelper?.WriteLine($"and were done with in {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s");
    }

    [Fact]
    public async Task Drops_wait_while_the_broker_is_away_and_Redis_is_not_missed()
    {
        using var person = await Person.SignUpAsync(Cluster.Api[0].Address);
        var baseId = await person.CreateBaseAsync();
        await Cluster.Redis.KillAsync();
        Assert.Equal("succeeded", (string)(await person.EndOfAsync(await person.DropAsync(baseId, Samples.Path("gearbox.stp"))))["state"]!);
        await Cluster.Redis.StartAgainAsync(Cancelled);

        await Cluster.RabbitMq.KillAsync();
        var waiting = new List<JsonNode>();
        for (var i = 0; i < 3; i++)
            waiting.Add(await person.DropAsync(baseId, Samples.Path("gearbox.stp")));
        await Task.Delay(500, Cancelled);
        Assert.All(await Task.WhenAll(waiting.Select(job => person.GetAsync($"/api/jobs/{(string)job["id"]!}"))), job => Assert.Equal("queued", (string)job["state"]!));
        await Cluster.RabbitMq.StartAgainAsync(Cancelled);
        foreach (var job in waiting)
            Assert.Equal("succeeded", (string)(await person.EndOfAsync(job))["state"]!);
    }

    [Fact]
    public async Task Every_process_finds_the_database_again()
    {
        var (person, baseId, dropped, copies) = await WritingAsync();
        using var _ = person;
        Cluster.Postgres.Kill();
        await Cluster.Postgres.WaitUntilReadyAsync(Cancelled);

        await InTimeAsync(async () => (await Task.WhenAll(Cluster.Api.Concat(Cluster.Workers).Concat(Cluster.Realtime).Select(p => p.IsHealthyAsync(Cancelled)))).All(healthy => healthy));
        Assert.Equal("succeeded", (string)(await person.EndOfAsync(dropped))["state"]!);
        Assert.Equal((2, 7 * copies), await CountAsync(person, baseId));
    }

    [Fact]
    public async Task A_user_whose_realtime_node_is_down_is_sent_to_another_and_told_when_there_is_none()
    {
        using var person = await Person.SignUpAsync(Cluster.Api[0].Address);
        // Whichever of the two is this person's.
        for (var node = 0; node < 2; node++)
        {
            await Cluster.Realtime[node].KillAsync();
            await using (var hub = await person.ConnectAsync(Cluster.Api[0].Address))
                Assert.Equal("Connected", hub.State.ToString());
            await Cluster.Realtime[node].StartAsync(Cancelled);
        }
        await Task.WhenAll(Cluster.Realtime.Select(node => node.KillAsync()));
        using var none = await person.Client.PostAsync("/hubs/tables/negotiate?negotiateVersion=1", null, Cancelled);
        Assert.Equal("realtime-unavailable", (string)(await Person.ReadAsync(none, HttpStatusCode.ServiceUnavailable))["code"]!);
        await Task.WhenAll(Cluster.Realtime.Select(node => node.StartAsync(Cancelled)));
    }

    /// <summary>A job of some seconds that has written a part of its rows.</summary>
    async Task<(Person Person, string Base, JsonNode Job, int Copies)> WritingAsync()
    {
        var person = await Person.SignUpAsync(Cluster.Api[0].Address);
        var baseId = await person.CreateBaseAsync();
        var dropped = await person.DropAsync(baseId, installed.Big);
        await person.JobAsync(dropped, job => ((string?)job["progress"]!["step"])?.StartsWith("writing", StringComparison.Ordinal) == true);
        return (person, baseId, dropped, installed.Copies);
    }

    PyBaseProcess WorkerOf(JsonNode job) =>
        Cluster.Workers.Single(w => w.Id == int.Parse(((string)job["worker"]!).Split(':')[1], System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>The tables of parts and of the assembly, and how many rows they have together.</summary>
    static async Task<(int Tables, int Rows)> CountAsync(Person person, string baseId)
    {
        var tables = (await person.GetAsync($"/v0/meta/bases/{baseId}/tables"))["tables"]!.AsArray()
            .Where(t => (string)t!["name"]! is var name && (name.EndsWith(" parts", StringComparison.Ordinal) || name.EndsWith(" assembly", StringComparison.Ordinal))).ToArray();
        var rows = 0;
        foreach (var table in tables)
            rows += (await person.ListAsync(baseId, (string)table!["id"]!, "&pageSize=1000")).Count;
        return (tables.Length, rows);
    }

    static async Task<(int Tables, string Name)> LeftAsync(Person person, string baseId)
    {
        var tables = (await person.GetAsync($"/v0/meta/bases/{baseId}/tables"))["tables"]!.AsArray();
        return (tables.Count, (string)tables[0]!["name"]!);
    }

    static async Task InTimeAsync(Func<Task<bool>> isSo, int seconds = 20)
    {
        for (var i = 0; !await isSo(); i++)
        {
            Assert.True(i < 10 * seconds, "not in time");
            await Task.Delay(100, Cancelled);
        }
    }

    public sealed class Installed(Servers servers) : IAsyncLifetime
    {
        public Cluster Cluster { get; private set; } = null!;

        public string Big { get; } = Path.Combine(TestRun.NewFolder("big"), "gearboxes.stp");

        public int Copies { get; private set; }

        public async ValueTask InitializeAsync()
        {
            Copies = await BigStep.WriteAsync(Samples.Path("gearbox.stp"), Big, megabytes: 4);
            Cluster = await Cluster.StartAsync(servers, new()
            {
                Workers = 2, Realtime = 2, OwnServers = true, Settings = new Dictionary<string, string> { ["Accounts:SignUp"] = "open" },
            });
        }

        public async ValueTask DisposeAsync()
        {
            if (Cluster is not null)
                await Cluster.DisposeAsync();
        }
    }
}
