using System.Diagnostics;
using System.Text.Json.Nodes;
using Npgsql;
using PyBase.Tests.Support;

namespace PyBase.Tests.Jobs;

/// <summary>Workers fail, stop and are told to under a running installation; each test leaves it whole for the next.</summary>
[Collection(OnCluster.Name)]
public sealed class FaultTests(DistributedInstallation installation)
{
    static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    Cluster Cluster => installation.Cluster;

    [Fact]
    public async Task A_worker_that_slept_through_its_lease_writes_nothing_more()
    {
        await using var writing = await WritingAsync();
        var sleeper = writing.Worker;

        await sleeper.SignalAsync("STOP");
        await writing.OpenAsync();
        JsonNode ended;
        try
        {
            ended = await writing.EndAsync();
        }
        finally
        {
            await sleeper.SignalAsync("CONT");
        }
        // It answers, and so has seen that it lost the job, or is about to.
        Assert.True(await sleeper.IsHealthyAsync(Cancelled));
        await Task.Delay(500, Cancelled);

        Assert.Equal("succeeded", (string)ended["state"]!);
        Assert.NotEqual(sleeper.Id, WritingJob.WorkerOf(Cluster, ended).Id);
        Assert.Equal(Gearbox.Rows, await PartsAndLinesAsync(writing));
        Assert.Equal(ended.ToJsonString(), (await writing.Person.GetAsync($"/api/jobs/{writing.Id}")).ToJsonString());
    }

    [Fact]
    public async Task A_worker_that_is_told_to_stop_hands_its_job_over_at_once()
    {
        await using var writing = await WritingAsync();
        var leaving = writing.Worker;
        var began = Stopwatch.GetTimestamp();
        await leaving.StopAsync();
        Assert.InRange(Stopwatch.GetElapsedTime(began).TotalSeconds, 0, 5);
        await writing.OpenAsync();

        var ended = await writing.EndAsync();
        Assert.Equal(("succeeded", 1), ((string)ended["state"]!, ended["attempts"]!.GetValue<int>()));
        Assert.Equal(Gearbox.Rows, await PartsAndLinesAsync(writing));
        await leaving.StartAsync(Cancelled);
    }

    [Fact]
    public async Task What_is_cancelled_while_it_writes_leaves_no_tables()
    {
        await using var writing = await WritingAsync();
        await writing.Person.PostAsync($"/api/jobs/{writing.Id}/cancel", new { });
        await writing.OpenAsync();
        Assert.Equal("cancelled", (string)(await writing.EndAsync())["state"]!);
        Assert.Empty(await writing.RowsAsync());

        await writing.Person.PostAsync($"/api/jobs/{writing.Id}/retry", new { });
        Assert.Equal("succeeded", (string)(await writing.EndAsync())["state"]!);
    }

    [Fact]
    public async Task A_table_removed_under_the_import_ends_it_with_the_reason_and_without_the_other_table()
    {
        await using var writing = await WritingAsync();
        await using var data = NpgsqlDataSource.Create(Cluster.ConnectionString);
        var worker = writing.Worker;
        await worker.KillAsync();
        await using (var command = data.CreateCommand($"update pybase.jobs set checkpoint = jsonb_set(checkpoint, '{{tables,1,id}}', '\"tblGone\"') where id = '{writing.Id}'"))
            await command.ExecuteNonQueryAsync(Cancelled);
        await writing.KillWorkerAsync();

        var ended = await writing.EndAsync();
        await worker.StartAsync(Cancelled);
        Assert.Equal("failed", (string)ended["state"]!);
        Assert.NotEqual("internal-error", (string)ended["error"]!["code"]!);
        Assert.Equal("gearboxes assembly", Assert.Single(await writing.RowsAsync()).Key);
    }

    [Fact]
    public async Task A_job_that_ends_its_workers_is_parked_with_the_reason()
    {
        using var person = await installation.SignUpAsync();
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
    public async Task A_drop_behind_a_thousand_messages_is_read()
    {
        using var person = await installation.SignUpAsync();
        var baseId = await person.CreateBaseAsync();
        var ended = await person.EndOfAsync(await person.DropAsync(baseId, "x.stp", "no STEP"u8.ToArray()));
        await using var data = NpgsqlDataSource.Create(Cluster.ConnectionString);
        await using (var fill = data.CreateCommand($"insert into pybase.outbox (job, queue, due) select '{(string)ended["id"]!}', 'cad-extraction', now() from generate_series(1, 1000)"))
            await fill.ExecuteNonQueryAsync(Cancelled);
        var behind = await person.DropAsync(baseId, Samples.Path("gearbox.stp"));
        Assert.Equal("succeeded", (string)(await person.EndOfAsync(behind))["state"]!);
        await using var count = data.CreateCommand($"select count(*) from pybase.outbox where job = '{(string)ended["id"]!}'");
        // The dispatcher that sent the last of them may not have said so yet.
        await Wait.UntilAsync(() => count.ExecuteScalarAsync(Cancelled), left => left is 0L);
    }

    Task<WritingJob> WritingAsync() => WritingJob.StartAsync(Cluster, Gearbox.DropAsync);

    /// <summary>The rows of the two tables that say what the file is; others tell of shapes.</summary>
    static async Task<int> PartsAndLinesAsync(WritingJob writing) =>
        (await writing.RowsAsync()).Where(t => t.Key.EndsWith(" parts", StringComparison.Ordinal) || t.Key.EndsWith(" assembly", StringComparison.Ordinal)).Sum(t => t.Value);
}
