using System.Diagnostics;
using System.Globalization;
using System.Text;
using PyBase.Tests.Support;

namespace PyBase.Tests.Chaos;

/// <summary>
/// A broker of three nodes loses the one that leads the queues, under writers, subscribers and jobs of every kind; then, when that has come back, the one that
/// leads now. Three brokers take longer to start than a run of all tests has time for: <c>eng/rehearse.sh broker</c>.
/// </summary>
public sealed class BrokerLossTests(Servers servers)
{
    static readonly ChaosPlan s_plan = ChaosPlan.Short with { JobEvery = TimeSpan.FromSeconds(2) };

    static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact(Explicit = true)]
    public async Task The_node_that_leads_is_killed_and_every_job_is_done_once()
    {
        var starting = Stopwatch.GetTimestamp();
        await using var broker = await RabbitMqCluster.StartAsync(Cancelled);
        var started = Stopwatch.GetElapsedTime(starting);
        await using var sink = new SmtpSink();
        await using var cluster = await Cluster.StartAsync(servers, new()
        {
            Api = 2, Realtime = 2, Workers = 2,
            Settings = new Dictionary<string, string>
            {
                ["ConnectionStrings:messaging"] = await broker.CreateVirtualHostAsync(Cancelled),
                ["Accounts:SignUp"] = "open", ["Public:Url"] = "https://pybase.example.org", ["Logging:LogLevel:Npgsql"] = "Warning",
                ["Smtp:Host"] = "127.0.0.1", ["Smtp:Port"] = $"{sink.Port}", ["Smtp:From"] = "PyBase <pybase@example.org>", ["Smtp:RetryAfter"] = "00:00:00.5",
            },
        }, Cancelled);
        using var person = await Person.SignUpAsync(cluster.Api[0].Address);
        var losses = new List<Loss>();
        var verdict = await new ChaosRun(cluster, sink, s_plan, async _ =>
        {
            for (var n = 0; n < 2; n++)
                losses.Add(await LoseAsync(broker, cluster, person));
        }).RunAsync();

        var report = Report(losses, verdict, started);
        await File.WriteAllTextAsync(Path.Combine(Repository.Root, "artifacts", "broker.md"), report, Cancelled);
        if (Environment.GetEnvironmentVariable("PYBASE_WRITE_DOCS") == "1")
            DocumentPart.Write("reliability.md", "broker", report);
        Assert.True(verdict.Wrong.Count == 0, string.Join('\n', verdict.Wrong.Take(40)));
        foreach (var invariant in Enumerable.Range(1, 6))
            Assert.NotEqual(0, verdict.Compared.Where(c => c.Invariant == invariant).Sum(c => c.Count));
    }

    /// <summary>What a loss cost in time, from the kill: the first job asked for afterwards was done, all queues had a leader and all their consumers, and, from its start, the node held all of them again.</summary>
    sealed record Loss(int Led, int Connected, int Queues, TimeSpan Done, TimeSpan Followed, TimeSpan Back);

    static async Task<Loss> LoseAsync(RabbitMqCluster broker, Cluster cluster, Person person)
    {
        var baseId = await person.CreateBaseAsync();
        await DoAsync(person, baseId);
        await UntilAsync(broker, queues => queues.All(queue => queue.Online.Count == 3 && queue.Consumers == cluster.Workers.Count), "every queue is on three nodes");
        var queues = await broker.QueuesAsync(Cancelled);
        var connected = await broker.ConnectedAsync(Cancelled);
        var leader = queues.GroupBy(queue => queue.Leader).MaxBy(led => led.Count())!.Key;
        var lost = broker.Nodes.Single(node => node.Name == leader);
        Assert.All(queues, queue => Assert.Equal(3, queue.Members.Count));

        await lost.KillAsync();
        var began = Stopwatch.GetTimestamp();
        await DoAsync(person, baseId);
        var done = Stopwatch.GetElapsedTime(began);
        await UntilAsync(broker, now => now.All(queue => queue.Leader != lost.Name && queue.Leader != "" && queue.Consumers == cluster.Workers.Count), "another leads, and all workers listen");
        var led = Stopwatch.GetElapsedTime(began);

        began = Stopwatch.GetTimestamp();
        await lost.StartAgainAsync(Cancelled);
        await UntilAsync(broker, now => now.All(queue => queue.Online.Contains(lost.Name)), "it holds every queue again");
        return new(queues.Count(queue => queue.Leader == leader), connected.Count(node => node == leader), queues.Count, done, led, Stopwatch.GetElapsedTime(began));
    }

    /// <summary>A job from its request to its end.</summary>
    static async Task DoAsync(Person person, string baseId)
    {
        var ended = await person.EndOfAsync(await person.ImportAsync(baseId, "rows.csv", "Name\nbolt\n"u8.ToArray()));
        Assert.Equal("succeeded", (string)ended["state"]!);
    }

    static async Task UntilAsync(RabbitMqCluster broker, Func<IReadOnlyList<QuorumQueue>, bool> holds, string what)
    {
        var began = Stopwatch.GetTimestamp();
        IReadOnlyList<QuorumQueue> now = [];
        while (now.Count == 0 || !holds(now))
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(90), $"Not so after 90 s: {what}.\n{string.Join('\n', now)}");
            await Task.Delay(50, Cancelled);
            try
            {
                now = await broker.QueuesAsync(Cancelled);
            }
            catch (HttpRequestException)
            {
                // Management of a node that has just seen another go answers 500 for a moment.
            }
        }
    }

    static string Report(List<Loss> losses, Verdict verdict, TimeSpan started)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"`eng/rehearse.sh broker --report`, {TimeProvider.System.GetUtcNow():yyyy-MM-dd}, {Environment.ProcessorCount} cores: {s_plan.Writers} writers, {s_plan.Subscribers} subscribers, {JobClient.Kinds.Length} kinds of jobs; ");
        text.Append(CultureInfo.InvariantCulture, $"{verdict.Compared.First(c => c.Invariant == 1).Count} acknowledged writes and {verdict.Compared.Where(c => c.Invariant == 6 && c.What.EndsWith(" jobs", StringComparison.Ordinal)).Sum(c => c.Count)} jobs compared, {verdict.Wrong.Count} wrong. The three nodes were up after {started.TotalSeconds:0} s.\n\n");
        text.Append("| killed | it led | connected to it | a job asked for then was done after | other leaders, all workers there after | started again, it held all queues after |\n|---|---|---|---|---|---|\n");
        foreach (var (n, loss) in losses.Index())
            text.Append(CultureInfo.InvariantCulture, $"| {(n == 0 ? "the leader" : "the next leader")} | {loss.Led} of {loss.Queues} queues | {loss.Connected} processes | {loss.Done.TotalSeconds:0.0} s | {loss.Followed.TotalSeconds:0.0} s | {loss.Back.TotalSeconds:0.0} s |\n");
        return text.ToString();
    }
}
