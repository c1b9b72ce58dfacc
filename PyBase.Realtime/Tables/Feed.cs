using System.Collections.Concurrent;
using System.Text.Json;
using PyBase.Core.Changes;
using PyBase.Core.Jobs;
using PyBase.Core.Permissions;
using PyBase.Storage.Changes;
using PyBase.Storage.Schema;

namespace PyBase.Realtime.Tables;

/// <summary>
/// One table or base that somebody on this node listens to. All its listeners have been told everything up to <see cref="Version"/>; telling, joining and
/// leaving take turns, so each of them gets each version once.
/// </summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "A semaphore without a wait handle holds nothing.")]
sealed class Feed(string baseId, string id, FeedReader reader, SchemaStore schemas, TimeProvider clock)
{
    /// <summary>A listener that missed more versions than this loads again.</summary>
    const int MaxMissed = 1_000;

    readonly SemaphoreSlim turn = new(1, 1);
    readonly ConcurrentDictionary<string, Listener> listeners = new();
    long version = Unknown;
    bool closed;

    const long Unknown = -1;

    public string BaseId => baseId;

    public string Id => id;

    public long Version => Interlocked.Read(ref version);

    /// <summary>Who listens at this moment.</summary>
    public IEnumerable<Listener> Listeners => listeners.Values;

    bool IsBase => id == baseId;

    /// <summary>
    /// Adds a listener: everybody is brought up to date first, then the newcomer gets what it missed. Null when the last listener has just left and the
    /// feed is closed.
    /// </summary>
    public async Task<Subscribed?> JoinAsync(Listener listener, long? since, CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            if (closed)
                return null;
            if (version == Unknown)
                Interlocked.Exchange(ref version, (await reader.HeadsAsync([id], cancellation)).GetValueOrDefault(id));
            else
                await TellAsync(evenIfNothing: true, cancellation);
            var answer = since is { } known ? await MissedAsync(known, listener.ReaderOf(baseId), cancellation) : new Subscribed(version, false, []);
            listeners[listener.Id] = listener;
            return answer;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Takes a listener away; true when nobody is left, and the feed is closed.</summary>
    public async Task<bool> LeaveAsync(Listener listener)
    {
        await turn.WaitAsync();
        try
        {
            listeners.TryRemove(listener.Id, out _);
            return closed = listeners.IsEmpty;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Ends it for these listeners, or for all; true when nobody is left, and the feed is closed.</summary>
    public async Task<bool> EndAsync(string reason, Func<Listener, bool> isMeant, CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            foreach (var listener in listeners.Values.Where(isMeant))
            {
                listeners.TryRemove(listener.Id, out _);
                if (listener.Remove(id))
                    listener.Tell(new Ended(id, reason));
            }
            return closed = listeners.IsEmpty;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Tells the listeners what is new in the log.</summary>
    public async Task PumpAsync(CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            if (version != Unknown && !listeners.IsEmpty)
                await TellAsync(evenIfNothing: false, cancellation);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Tells the listeners of a base about a job.</summary>
    public async Task TellAsync(Job job, string? creator, CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            // Where rules hide something, what a job read and wrote is for whoever started it, and for those who are not bound.
            var hides = (await schemas.FindAsync(baseId, cancellation))?.HasRules is true;
            var message = Listener.Message("JobChanged", job);
            foreach (var listener in listeners.Values.Where(l => !hides || l.User.Id == creator || l.ReaderOf(baseId) is { IsBound: false }))
                listener.Tell(id, version, message);
        }
        finally
        {
            turn.Release();
        }
    }

    async Task TellAsync(bool evenIfNothing, CancellationToken cancellation)
    {
        var since = version;
        var news = await ReadAsync(since, long.MaxValue, null, cancellation);
        // Most transactions of a base are not about the base itself; they are told together with the next that is.
        if (news is null || (IsBase && news.Changes.GetArrayLength() == 0 && !evenIfNothing))
            return;
        var bound = new HashSet<Listener>();
        // The definitions with which this was read, or newer ones. Whoever sees the same hears the same, and it is read once for them.
        if (schemas.Known(baseId) is { HasRules: true } schema)
            foreach (var alike in listeners.Values.GroupBy(l => schema.For(l.ReaderOf(baseId)).Class).Where(g => g.Key.Length > 0).ToArray())
            {
                if (await ReadAsync(since, news.Version, alike.First().ReaderOf(baseId), cancellation) is { } seen)
                    Tell(seen, alike);
                bound.UnionWith(alike);
            }
        Tell(news, listeners.Values.Where(l => !bound.Contains(l)));
        Interlocked.Exchange(ref version, news.Version);
    }

    /// <summary>Spelled once for all of them.</summary>
    void Tell(FeedMessage news, IEnumerable<Listener> whom)
    {
        Listener[] all = [.. whom];
        var message = Listener.Message("Changes", news);
        foreach (var listener in all)
            listener.Tell(id, news.Version, message);
        FeedMetrics.Told(news.Time, clock.GetUtcNow(), all.Length);
    }

    async Task<Subscribed> MissedAsync(long since, Reader? who, CancellationToken cancellation)
    {
        if (since == version)
            return new Subscribed(version, false, []);
        if (since > version || since < 0 || version - since > MaxMissed)
            return new Subscribed(version, true, []);
        var missed = await ReadAsync(since, version, who, cancellation);
        return missed?.Version == version && !missed.Changes.EnumerateArray().Any(c => c.GetProperty("kind").GetString() == ChangeKinds.ManyChanged)
            ? new Subscribed(version, false, [.. missed.Changes.EnumerateArray()])
            : new Subscribed(version, true, []);
    }

    Task<FeedMessage?> ReadAsync(long since, long until, Reader? who, CancellationToken cancellation) =>
        IsBase ? reader.ReadBaseAsync(id, since, until, who, cancellation) : reader.ReadTableAsync(baseId, id, since, until, who, cancellation);
}
