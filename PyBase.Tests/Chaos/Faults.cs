using System.Diagnostics;
using PyBase.Tests.Support;

namespace PyBase.Tests.Chaos;

/// <summary>Something that is done to a process or server: <c>kill</c>, <c>pause</c> or <c>restart</c>, for a while.</summary>
sealed record Fault(string Target, string Action, TimeSpan Length);

/// <summary>Kills, pauses and restarts what the system consists of. Processes and servers have a hand each, so that they fail together too.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "A semaphore without a wait handle holds nothing.")]
sealed class Faults(Cluster cluster, Journal journal)
{
    const string Everything = "everything";

    readonly SemaphoreSlim processes = new(1, 1);
    int inflicted;

    public int Inflicted => Volatile.Read(ref inflicted);

    /// <summary>Each kind of fault once, of each process and each server, in an order that follows from the seed.</summary>
    public static (Fault[] Processes, Fault[] Servers) Round(int seed, int round)
    {
        var dice = new Random(seed * 100 + round);
        Fault[] ofProcesses = [.. ((string[])["api-0", "api-1", "realtime-0", "realtime-1", "workers-0", "workers-1"]).SelectMany(target => ((string[])["kill", "pause", "restart"])
            // A worker sometimes sleeps through its lease.
            .Select(action => new Fault(target, action, TimeSpan.FromSeconds(action == "pause" && target[0] == 'w' && dice.Next(2) == 0 ? 10 : dice.NextDouble() * 2))))];
        Fault[] ofServers = [.. ((string[])["postgres", "redis", "rabbitmq"]).SelectMany(target => ((string[])["kill", "pause"]).Select(action => new Fault(target, action, TimeSpan.FromSeconds(0.2 + dice.NextDouble() * 2)))),
            new Fault(Everything, "kill", TimeSpan.FromSeconds(dice.NextDouble()))];
        dice.Shuffle(ofProcesses);
        dice.Shuffle(ofServers);
        return (ofProcesses, ofServers);
    }

    /// <summary>What a short run has time for: nodes and servers die, one of each sort sleeps, and everything dies at once.</summary>
    public static (Fault[] Processes, Fault[] Servers) Few() =>
    (
        [new("api-0", "kill", TimeSpan.FromSeconds(0.3)), new("realtime-1", "kill", TimeSpan.FromSeconds(0.5)), new("api-1", "pause", TimeSpan.FromSeconds(1))],
        [new("redis", "kill", TimeSpan.FromSeconds(0.5)), new("postgres", "pause", TimeSpan.FromSeconds(1)), new("postgres", "kill", TimeSpan.Zero), new(Everything, "kill", TimeSpan.Zero)]
    );

    public async Task InflictAsync(Fault fault, CancellationToken cancellation)
    {
        journal.Note("chaos", $"{fault.Action} {fault.Target}", Outcome.Acknowledged, fault.Length);
        var isServer = Server(fault.Target);
        if (!isServer || fault.Target == Everything)
            await processes.WaitAsync(cancellation);
        try
        {
            if (fault.Target == Everything)
                await KillEverythingAsync(fault.Length, cancellation);
            else if (isServer)
                await HitServerAsync(fault, cancellation);
            else
                await HitAsync(All.Single(p => p.Name == fault.Target), fault, cancellation);
            Interlocked.Increment(ref inflicted);
        }
        finally
        {
            if (!isServer || fault.Target == Everything)
                processes.Release();
        }
    }

    /// <summary>Waits until everything answers that it is well.</summary>
    public async Task HealAsync(CancellationToken cancellation)
    {
        var began = Stopwatch.GetTimestamp();
        while (!(await Task.WhenAll(All.Select(p => p.IsHealthyAsync(cancellation)))).All(healthy => healthy))
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(60), $"Not well again: {string.Join(", ", All.Where(p => !p.Running).Select(p => p.Name))}");
            await Task.Delay(100, cancellation);
        }
    }

    IEnumerable<PyBaseProcess> All => cluster.Api.Concat(cluster.Realtime).Concat(cluster.Workers);

    static bool Server(string target) => target is "postgres" or "redis" or "rabbitmq" or Everything;

    async Task HitAsync(PyBaseProcess process, Fault fault, CancellationToken cancellation)
    {
        if (!process.Running)
            journal.Odd.Enqueue($"{process.Name} has ended by itself");
        switch (fault.Action)
        {
            case "pause":
                await process.SignalAsync("STOP");
                await Task.Delay(fault.Length, cancellation);
                await process.SignalAsync("CONT");
                return;
            case "kill":
                await process.KillAsync();
                await Task.Delay(fault.Length, cancellation);
                break;
            default:
                await process.StopAsync();
                break;
        }
        await process.StartAsync(cancellation);
    }

    async Task HitServerAsync(Fault fault, CancellationToken cancellation)
    {
        Func<string, Task> signal = fault.Target switch { "postgres" => cluster.Postgres.SignalAsync, "redis" => cluster.Redis.SignalAsync, _ => cluster.RabbitMq.SignalAsync };
        if (fault.Action == "pause")
        {
            await signal("STOP");
            await Task.Delay(fault.Length, cancellation);
            await signal("CONT");
            return;
        }
        if (fault.Target == "postgres")
        {
            cluster.Postgres.Kill();
            await cluster.Postgres.WaitUntilReadyAsync(cancellation);
            return;
        }
        await (fault.Target == "redis" ? cluster.Redis.KillAsync() : cluster.RabbitMq.KillAsync());
        await Task.Delay(fault.Length, cancellation);
        await (fault.Target == "redis" ? cluster.Redis.StartAgainAsync(cancellation) : cluster.RabbitMq.StartAgainAsync(cancellation));
    }

    async Task KillEverythingAsync(TimeSpan length, CancellationToken cancellation)
    {
        cluster.Postgres.Kill();
        await Task.WhenAll([.. All.Select(p => p.KillAsync()), cluster.Redis.KillAsync(), cluster.RabbitMq.KillAsync()]);
        await Task.Delay(length, cancellation);
        // The broker is last, and jobs are asked for before it is there.
        var broker = cluster.RabbitMq.StartAgainAsync(cancellation);
        await Task.WhenAll(cluster.Redis.StartAgainAsync(cancellation), cluster.Postgres.WaitUntilReadyAsync(cancellation));
        await Task.WhenAll(All.Select(p => p.StartAsync(cancellation)));
        await broker;
    }
}
