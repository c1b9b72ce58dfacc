using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.SignalR;
using Npgsql;
using PyBase.Core.Ids;
using PyBase.Storage.Accounts;
using PyBase.Storage.Changes;
using PyBase.Storage.Jobs;
using PyBase.Storage.Schema;

namespace PyBase.Realtime.Tables;

/// <summary>
/// The feeds of this node. Writers tell of a change through Redis; every two seconds one query asks for the versions of all open feeds, so that a lost
/// signal costs two seconds and nothing else, and another one who may still listen.
/// </summary>
sealed class Feeds(ChangeSignals signals, FeedReader reader, JobStore jobs, BaseAccess access, SchemaStore schemas, TimeProvider clock, ILogger<Feeds> logger) : BackgroundService
{
    /// <summary>Looks at a time: they wait for PostgreSQL, and one table locked by a schema change shall not hold up the others.</summary>
    const int Workers = 8;
    static readonly TimeSpan Poll = TimeSpan.FromSeconds(2);

    /// <summary>A feed rests as long as its last look took, but no longer than this.</summary>
    static readonly TimeSpan MaxRest = TimeSpan.FromMilliseconds(100);
    static readonly ActivitySource Source = new("PyBase.Realtime");

    readonly ConcurrentDictionary<string, Feed> feeds = new();
    readonly Looks looks = new();
    bool signalsWereLost;

    public async Task<Subscribed> SubscribeAsync(string baseId, string id, Listener listener, long? since, CancellationToken cancellation)
    {
        var answered = false;
        try
        {
            while (true)
            {
                var feed = feeds.GetOrAdd(id, _ => new Feed(baseId, id, reader, schemas, clock));
                if (await feed.JoinAsync(listener, since, cancellation) is { } answer)
                {
                    answered = true;
                    return answer;
                }
                feeds.TryRemove(new(id, feed));
            }
        }
        finally
        {
            // The connection may have ended while this was under way, and nobody else would take it out of the feed.
            if (!answered || !listener.Has(id))
                await LeaveAsync(id, listener);
        }
    }

    public async Task LeaveAsync(string id, Listener listener)
    {
        listener.Remove(id);
        if (feeds.TryGetValue(id, out var feed) && await feed.LeaveAsync(listener))
            feeds.TryRemove(new(id, feed));
    }

    /// <summary>How many there are.</summary>
    public int Count => feeds.Count;

    /// <summary>Whether anybody on this node listens.</summary>
    public bool IsOpen(string id) => feeds.ContainsKey(id);

    /// <summary>Tells something that is no change and that nobody misses.</summary>
    /// <param name="id">The feed.</param>
    /// <param name="message">For all.</param>
    /// <param name="bare">For those from whom rules hide something of the base.</param>
    public void Tell(string id, SerializedHubMessage message, SerializedHubMessage bare)
    {
        if (feeds.TryGetValue(id, out var feed))
            foreach (var listener in feed.Listeners)
                listener.Tell(id, null, listener.ReaderOf(feed.BaseId) is { IsBound: false } || schemas.Known(feed.BaseId) is { HasRules: false } ? message : bare);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var looking = Enumerable.Range(0, Workers).Select(_ => LookAsync(stoppingToken)).ToArray();
        await using var listening = await signals.ListenAsync(Receive);
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
        await Task.WhenAll(looking);
    }

    void Receive(ChangeSignal signal)
    {
        foreach (var table in signal.Versions.Keys)
            Look(table, signal.Trace);
        if (signal.Number > 0)
            Look(signal.Base, signal.Trace);
        if (signal.Job is not null && feeds.ContainsKey(signal.Base))
            looks.Mark(signal.Job, signal.Trace);
    }

    void Look(string id, string? trace)
    {
        if (feeds.ContainsKey(id))
            looks.Mark(id, trace);
    }

    async Task LookAsync(CancellationToken cancellation)
    {
        try
        {
            await foreach (var id in looks.ReadAllAsync(cancellation))
            {
                var (trace, began) = (looks.Begin(id), clock.GetTimestamp());
                await PushAsync(id, trace, cancellation);
                _ = RestAsync(id, began, cancellation);
            }
        }
        catch (OperationCanceledException)
        {
            // The node stops.
        }
    }

    /// <summary>
    /// What comes faster than it can be told gathers meanwhile and is told as one: at most half of the time goes to one feed, however much is written and however
    /// many listen. What comes after a pause is told at once.
    /// </summary>
    async Task RestAsync(string id, long began, CancellationToken cancellation)
    {
        try
        {
            await SendingAsync();
            var took = clock.GetElapsedTime(began);
            await Task.Delay(took < MaxRest ? took : MaxRest, clock, cancellation);
        }
        catch (OperationCanceledException)
        {
            // The node stops.
        }
        finally
        {
            looks.End(id);
        }
    }

    /// <summary>
    /// Until the pool has come to what was in line before. Connections send from there, in a few steps; one that takes nothing leaves it at once, so nobody waits
    /// for slow ones.
    /// </summary>
    static async Task SendingAsync()
    {
        for (var step = 0; step < 3; step++)
        {
            var reached = new TaskCompletionSource();
            ThreadPool.UnsafeQueueUserWorkItem(static reached => reached.SetResult(), reached, preferLocal: false);
            await reached.Task;
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
            else if (Id.Is(id, "job") && await jobs.FindAsync(id, cancellation) is { } job && feeds.TryGetValue(job.Base, out var itsBase))
                await itsBase.TellAsync(job, await jobs.CreatorOfAsync(id, cancellation), cancellation);
        }
        catch (Exception problem) when (!cancellation.IsCancellationRequested)
        {
            // Whatever it is, it is one feed's, and the others go on.
            activity?.SetStatus(ActivityStatusCode.Error, problem.Message);
            if (problem is NpgsqlException or TimeoutException)
                logger.LogWarning(problem, "Changes of {Feed} cannot be read; trying again at the next look", id);
            else
                logger.LogError(problem, "Changes of {Feed} cannot be told; trying again at the next look", id);
        }
    }

    async Task CompareAsync(CancellationToken cancellation)
    {
        Feed[] open = [.. feeds.Values];
        if (open.Length == 0)
            return;
        try
        {
            var heads = await reader.HeadsAsync([.. open.Select(f => f.Id)], cancellation);
            foreach (var feed in open)
                if (!heads.TryGetValue(feed.Id, out var head))
                    await EndAsync(feed, await reader.HasMovedAsync(feed.BaseId, cancellation) ? "moved" : "deleted", _ => true, cancellation);
                else if (head > feed.Version)
                    looks.Mark(feed.Id, null);
            await CheckAccessAsync(open, cancellation);
            await FindJobsAsync(open, cancellation);
        }
        catch (Exception problem) when (!cancellation.IsCancellationRequested)
        {
            logger.LogWarning(problem, "Versions cannot be compared; trying again");
        }
    }

    /// <summary>Whoever was a member when they subscribed and is none now hears no more.</summary>
    async Task CheckAccessAsync(Feed[] open, CancellationToken cancellation)
    {
        HashSet<(string User, string Base)> asked = [.. open.SelectMany(feed => feed.Listeners.Select(listener => (listener.User.Id, feed.BaseId)))];
        var members = await access.MembersAmongAsync(asked, cancellation);
        foreach (var feed in open)
            foreach (var listener in feed.Listeners)
                if (members.TryGetValue((listener.User.Id, feed.BaseId), out var role) && listener.Enter(feed.BaseId, role))
                    foreach (var other in open.Where(f => f.BaseId == feed.BaseId))
                        listener.Miss(other.Id, other.Version);
        asked.ExceptWith(members.Keys);
        if (asked.Count == 0)
            return;
        foreach (var feed in open)
            await EndAsync(feed, "access", listener => asked.Contains((listener.User.Id, feed.BaseId)), cancellation);
    }

    async Task EndAsync(Feed feed, string reason, Func<Listener, bool> isMeant, CancellationToken cancellation)
    {
        if (await feed.EndAsync(reason, isMeant, cancellation))
            feeds.TryRemove(new(feed.Id, feed));
    }

    /// <summary>Jobs have no versions to compare: while signals may be lost, those that run or have just ended are told at each look.</summary>
    async Task FindJobsAsync(Feed[] open, CancellationToken cancellation)
    {
        var lost = !signals.AreHeard;
        if (lost || signalsWereLost)
            foreach (var job in await jobs.MovingAsync([.. open.Where(f => f.Id == f.BaseId).Select(f => f.Id)], Poll * 3, cancellation))
                looks.Mark(job, null);
        signalsWereLost = lost;
    }
}
