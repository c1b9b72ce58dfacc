using System.Collections.Concurrent;
using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR;
using Npgsql;
using PyBase.Storage.Changes;
using PyBase.Storage.Jobs;

namespace PyBase.Realtime.Tables;

/// <summary>
/// The feeds of this node. Writers tell of a change through Redis; every two seconds one query asks for the versions of all open feeds, so that a lost
/// signal costs two seconds and nothing else.
/// </summary>
sealed class Feeds(ChangeSignals signals, FeedReader reader, JobStore jobs, IHubContext<TablesHub> hub, TimeProvider clock, ILogger<Feeds> logger) : BackgroundService
{
    static readonly TimeSpan Poll = TimeSpan.FromSeconds(2);
    static readonly ActivitySource Source = new("PyBase.Realtime");

    readonly ConcurrentDictionary<string, Feed> feeds = new();
    // One entry for each thing to look at: signals that come while it is being looked at become one more look.
    readonly ConcurrentDictionary<string, string?> due = new();
    readonly Channel<bool> wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public async Task<Subscribed> SubscribeAsync(string baseId, string id, string connection, long? since, CancellationToken cancellation)
    {
        while (true)
        {
            var feed = feeds.GetOrAdd(id, _ => new Feed(baseId, id, reader, hub));
            if (await feed.JoinAsync(connection, since, cancellation) is { } answer)
                return answer;
            feeds.TryRemove(new(id, feed));
        }
    }

    public async Task UnsubscribeAsync(string id, string connection)
    {
        if (feeds.TryGetValue(id, out var feed) && await feed.LeaveAsync(connection))
            feeds.TryRemove(new(id, feed));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var listening = await signals.ListenAsync(Receive);
        var looking = LookAsync(stoppingToken);
        using var timer = new PeriodicTimer(Poll, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await CompareAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // The node stops.
        }
        await looking;
    }

    void Receive(ChangeSignal signal)
    {
        foreach (var table in signal.Versions.Keys)
            Look(table, signal.Trace);
        if (signal.Number > 0)
            Look(signal.Base, signal.Trace);
        if (signal.Job is not null && feeds.ContainsKey(signal.Base))
            Mark(signal.Job, signal.Trace);
    }

    void Look(string id, string? trace)
    {
        if (feeds.ContainsKey(id))
            Mark(id, trace);
    }

    void Mark(string id, string? trace)
    {
        due[id] = trace;
        wake.Writer.TryWrite(true);
    }

    async Task LookAsync(CancellationToken cancellation)
    {
        try
        {
            await foreach (var _ in wake.Reader.ReadAllAsync(cancellation))
                await Parallel.ForEachAsync(due.Keys, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = cancellation }, async (id, token) =>
                {
                    if (due.TryRemove(id, out var trace))
                        await PushAsync(id, trace, token);
                });
        }
        catch (OperationCanceledException)
        {
            // The node stops.
        }
    }

    async Task PushAsync(string id, string? trace, CancellationToken cancellation)
    {
        using var activity = Source.StartActivity("push changes", ActivityKind.Internal, trace);
        activity?.SetTag("pybase.feed", id);
        try
        {
            if (feeds.TryGetValue(id, out var feed))
                await feed.PumpAsync(cancellation);
            else if (await jobs.FindAsync(id, cancellation) is { } job)
                await hub.Clients.Group(job.Base).SendAsync("JobChanged", job, cancellation);
        }
        catch (Exception problem) when (problem is NpgsqlException or TimeoutException)
        {
            logger.LogWarning(problem, "Changes of {Feed} cannot be read; trying again at the next look", id);
        }
    }

    async Task CompareAsync(CancellationToken cancellation)
    {
        if (feeds.IsEmpty)
            return;
        try
        {
            foreach (var (id, head) in await reader.HeadsAsync([.. feeds.Keys], cancellation))
                if (feeds.TryGetValue(id, out var feed) && head > feed.Version)
                    Mark(id, null);
        }
        catch (Exception problem) when (problem is NpgsqlException or TimeoutException)
        {
            logger.LogWarning(problem, "Versions cannot be compared; trying again");
        }
    }
}
