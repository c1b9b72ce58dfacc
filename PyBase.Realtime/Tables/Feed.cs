using System.Collections.Concurrent;
using System.Text.Json;
using PyBase.Core.Changes;
using PyBase.Core.Jobs;
using PyBase.Storage.Changes;

namespace PyBase.Realtime.Tables;

/// <summary>
/// One table or base that somebody on this node listens to. All its listeners have been told everything up to <see cref="Version"/>; telling, joining and
/// leaving take turns, so each of them gets each version once.
/// </summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "A semaphore without a wait handle holds nothing.")]
sealed class Feed(string baseId, string id, FeedReader reader)
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
            var answer = since is { } known ? await MissedAsync(known, cancellation) : new Subscribed(version, false, []);
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
    public async Task TellAsync(Job job, CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            Tell(Listener.Message("JobChanged", job));
        }
        finally
        {
            turn.Release();
        }
    }

    async Task TellAsync(bool evenIfNothing, CancellationToken cancellation)
    {
        foreach (var message in await ReadAsync(version, cancellation))
        {
            // Most transactions of a base are not about the base itself; they are told together with the next that is.
            if (IsBase && message.Changes.GetArrayLength() == 0 && !evenIfNothing)
                return;
            Interlocked.Exchange(ref version, message.Version);
            Tell(Listener.Message("Changes", message));
        }
    }

    void Tell(Microsoft.AspNetCore.SignalR.SerializedHubMessage message)
    {
        foreach (var listener in listeners.Values)
            listener.Tell(id, version, message);
    }

    async Task<Subscribed> MissedAsync(long since, CancellationToken cancellation)
    {
        if (since == version)
            return new Subscribed(version, false, []);
        if (since > version || since < 0 || version - since > MaxMissed)
            return new Subscribed(version, true, []);
        var missed = (await ReadAsync(since, cancellation)).TakeWhile(m => m.Version <= version).ToList();
        JsonElement[] changes = [.. missed.SelectMany(m => m.Changes.EnumerateArray())];
        var told = missed.Count == 0 ? since : missed[^1].Version;
        return told == version && !changes.Any(c => c.GetProperty("kind").GetString() == ChangeKinds.ManyChanged)
            ? new Subscribed(version, false, changes)
            : new Subscribed(version, true, []);
    }

    async Task<IReadOnlyList<FeedMessage>> ReadAsync(long since, CancellationToken cancellation)
    {
        if (!IsBase)
            return await reader.ReadTableAsync(baseId, id, since, cancellation);
        return await reader.ReadBaseAsync(id, since, cancellation) is { } message ? [message] : [];
    }
}
