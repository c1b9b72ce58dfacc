using System.Diagnostics;
using System.Globalization;
using PyBase.Tests.Support;

namespace PyBase.Tests.Chaos;

/// <summary>Writers, subscribers, jobs and a spy at work while everything fails around them, or what <paramref name="harm"/> does instead; then the check.</summary>
sealed class ChaosRun(Cluster cluster, SmtpSink sink, ChaosPlan plan, Func<Faults, Task>? harm = null)
{
    static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async Task<Verdict> RunAsync()
    {
        using var journal = new Journal(TestRun.LogFile("chaos-journal"));
        var (verdict, shown, desk) = (new Verdict(), new Shown(), await Desk.OpenAsync(cluster));
        await using var check = new Check(desk, journal, verdict);
        Writer[] writers = [.. Enumerable.Range(0, plan.Writers).Select(n => new Writer(desk, n, plan.Seed, journal))];
        JobClient[] clients = [.. JobClient.Kinds.Select((kind, n) => new JobClient(desk, kind, n, journal))];
        Subscriber[] subscribers = [.. Enumerable.Range(0, plan.Subscribers).Select(n => new Subscriber(desk, n, plan.Seed, shown))];
        var (spy, faults) = (new Spy(desk, journal), new Faults(cluster, journal));
        await Task.WhenAll(writers.Select(w => w.PrepareAsync()));
        await check.RememberAsync();
        await Task.WhenAll(subscribers.Select(s => s.StartAsync()));
        await using var ear = await desk.Viewer.ConnectAsync(cluster.Realtime[0].Address);
        await using var heard = await TableMirror.OpenAsync(desk.Viewer, desk.Base, desk["Parts"], ear, spy.Hear);

        var began = Stopwatch.GetTimestamp();
        using var stop = new CancellationTokenSource();
        Task[] busy = [.. writers.Select(w => w.RunAsync(plan.PerSecond, stop.Token)), .. clients.Select(c => c.RunAsync(plan.JobEvery, stop.Token)), spy.RunAsync(stop.Token)];
        try
        {
            await (harm is null ? FailAsync(faults, began) : harm(faults));
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(busy);
        }
        var lasted = Stopwatch.GetElapsedTime(began);

        await faults.HealAsync(Cancelled);
        AskedJob[] asked = [.. clients.SelectMany(c => c.Asked)];
        await check.JobsAsync(asked, await MailsAsync(asked));
        await check.ReadAsync(Cancelled);
        check.Writes([.. writers.SelectMany(w => w.Rows)], asked.Where(j => j.Kind == "import").Select(j => j.Mark).ToHashSet());
        await check.SubscribersAsync(subscribers, shown);
        await check.LogAsync(shown);
        await check.ComputedAsync();
        verdict.Count(5, "answers and messages to a viewer", spy.Reads);
        verdict.Count(5, "writes that a viewer tried", spy.Attempts);
        verdict.Count(0, "faults", faults.Inflicted);
        verdict.Count(0, "seconds", (long)lasted.TotalSeconds);
        verdict.Count(0, "requests that write, a second", (long)((journal.Count(Outcome.Acknowledged, Requests) + journal.Count(Outcome.Refused, Requests) + journal.Count(Outcome.Unanswered, Requests)) / lasted.TotalSeconds));
        return verdict;
    }

    static readonly string[] Requests = ["create", "update", "link", "delete", "bad create"];

    async Task FailAsync(Faults faults, long began)
    {
        if (plan.Faults == 0)
        {
            var (processes, servers) = Faults.Few();
            await Task.WhenAll(ManyAsync(processes), ManyAsync(servers));
            return;
        }
        for (var round = 0; faults.Inflicted < plan.Faults || Stopwatch.GetElapsedTime(began) < plan.Least; round++)
        {
            var (processes, servers) = Faults.Round(plan.Seed, round);
            await Task.WhenAll(ManyAsync(processes), ManyAsync(servers));
        }

        async Task ManyAsync(Fault[] some)
        {
            foreach (var fault in some)
                await faults.InflictAsync(fault, Cancelled);
        }
    }

    /// <summary>The ids of the mails to each address, when each who was invited has one, or nobody waits any longer.</summary>
    async Task<IReadOnlyDictionary<string, string[]>> MailsAsync(AskedJob[] asked)
    {
        var mails = new List<(string To, string Id)>();
        var wanted = asked.Where(j => j.Kind == "invitation").Select(j => string.Create(CultureInfo.InvariantCulture, $"{j.Mark}@example.org")).ToHashSet();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (!patience.IsCancellationRequested && !wanted.IsSubsetOf(mails.Select(m => m.To)))
        {
            mails.AddRange(sink.Rest().Select(mail => (mail.To.Mailboxes.First().Address, mail.MessageId!)));
            await Task.Delay(50, Cancelled);
        }
        return mails.GroupBy(m => m.To).ToDictionary(m => m.Key, m => m.Select(mail => mail.Id).ToArray());
    }
}
