using System.Text;
using PyBase.Tests.Support;

namespace PyBase.Tests.Jobs;

/// <summary>A worker that is told to stop while the database is away has jobs in hand that it could not even begin.</summary>
public sealed class StoppedWorkerTests(Servers servers)
{
    static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Its_jobs_go_back_to_the_broker_and_are_done_by_another()
    {
        Require.Server("rabbitmq-server");
        await using var database = await PostgresNode.StartAsync("stopped-worker", new Dictionary<string, string>(), Cancelled);
        await using var cluster = await Cluster.StartAsync(servers, new()
        {
            Realtime = 0, Workers = 1, Settings = new Dictionary<string, string> { ["ConnectionStrings:pybase"] = database.ConnectionString, ["Accounts:SignUp"] = "open", ["Passwords:Iterations"] = "10000" },
        }, Cancelled);
        // It sends messages and takes none of these; the first takes them and sleeps.
        await cluster.AddWorkerAsync("exports", Cancelled);
        using var person = await Person.SignUpAsync(cluster.Api[0].Address);
        var id = await person.CreateBaseAsync(new { name = "Parts", fields = new object[] { new { name = "Name", type = "singleLineText" } } });
        var worker = cluster.Workers[0];
        await worker.SignalAsync("STOP");
        var job = await person.ImportAsync(id, "parts.csv", Encoding.UTF8.GetBytes("Name\nbolt\n"));
        await Wait.UntilAsync(async () => (string)(await database.ScalarAsync("select coalesce(string_agg(concat_ws(' ', queue, due - now(), attempts, error), '; '), '') from pybase.outbox where queue = 'imports'", Cancelled))!, waiting => waiting.Length == 0);

        await database.KillAsync();
        await worker.SignalAsync("CONT");
        await Wait.UntilAsync(() => Task.FromResult(worker.Log.Contains("cannot be claimed", StringComparison.Ordinal)));
        await worker.SignalAsync("TERM");
        await worker.WaitForExitAsync(Cancelled);
        await database.StartAgainAsync(Cancelled);
        await worker.StartAsync(Cancelled);

        // Not only when the sweep finds it forgotten, ten minutes later.
        Assert.Equal("succeeded", (string?)(await person.EndOfAsync(job, TimeSpan.FromSeconds(60)))["state"]);
    }
}
