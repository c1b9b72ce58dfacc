using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using PyBase.Core.Accounts;
using PyBase.Core.Permissions;
using PyBase.Storage.Accounts;

namespace PyBase.Realtime.Tables;

/// <summary>
/// A connection of this node, and what waits for it. SignalR ends a send to a group when its slowest member has read enough, so feeds do not send:
/// they leave messages here, and each connection takes its own at its own pace. Who falls behind loses messages and is told to load again.
/// </summary>
sealed class Listener(HubConnectionContext connection)
{
    /// <summary>Some seconds of a busy table. The messages themselves are shared by all who wait for them.</summary>
    public const int MaxWaiting = 256;

    readonly Lock sync = new();
    readonly Queue<SerializedHubMessage> waiting = [];
    // Feeds of which something was thrown away, with the version to load.
    readonly Dictionary<string, long> missed = [];
    readonly HashSet<string> subscriptions = [];
    bool sending;
    bool gone;
    volatile bool leaving;

    readonly ConcurrentDictionary<string, Reader> readers = new();

    public string Id => connection.ConnectionId;

    /// <summary>When it came, as a timestamp.</summary>
    public long Since { get; } = System.Diagnostics.Stopwatch.GetTimestamp();

    /// <summary>It ends because this node wants it to.</summary>
    public bool IsLeaving => leaving;

    public CurrentUser User { get; } = connection.User.CurrentUser();

    /// <summary>As rules of the base ask about the person; null before they have entered it.</summary>
    public Reader? ReaderOf(string baseId) => readers.GetValueOrDefault(baseId);

    /// <summary>What the person is in the base now; true when that was something else.</summary>
    public bool Enter(string baseId, Role role)
    {
        var (was, now) = (readers.GetValueOrDefault(baseId), new Reader(User.Id, User.Email, role));
        readers[baseId] = now;
        return was is not null && was != now;
    }

    public static SerializedHubMessage Message(string method, object argument) => new(new InvocationMessage(method, [argument]));

    /// <summary>False when there are as many as allowed already, or the connection has ended.</summary>
    public bool TryAdd(string feed, int limit)
    {
        lock (sync)
            return !gone && (subscriptions.Contains(feed) || subscriptions.Count < limit && subscriptions.Add(feed));
    }

    public bool Has(string feed)
    {
        lock (sync)
            return subscriptions.Contains(feed);
    }

    public bool Remove(string feed)
    {
        lock (sync)
        {
            missed.Remove(feed);
            return subscriptions.Remove(feed);
        }
    }

    /// <summary>The connection is over: nothing is taken any more. Returns what it listened to.</summary>
    public IReadOnlyList<string> End()
    {
        lock (sync)
        {
            gone = true;
            waiting.Clear();
            missed.Clear();
            string[] all = [.. subscriptions];
            subscriptions.Clear();
            return all;
        }
    }

    /// <summary>
    /// What it listens to ends here and goes on elsewhere: it is told, behind everything that waits for it, and asked to connect again. Returns the feeds.
    /// </summary>
    public IReadOnlyList<string> MoveOver()
    {
        string[] all;
        leaving = true;
        lock (sync)
        {
            if (gone)
                return [];
            all = [.. subscriptions];
            subscriptions.Clear();
            // Who has to load again has to do so there as well.
            foreach (var (feed, version) in missed)
                waiting.Enqueue(Message("Reload", new Reload(feed, version)));
            missed.Clear();
        }
        foreach (var feed in all)
            Tell(Message("Ended", new Ended(feed, "draining")));
        Tell(new SerializedHubMessage(new CloseMessage(error: null, allowReconnect: true)));
        return all;
    }

    /// <summary>Ends the connection itself.</summary>
    public void Abort()
    {
        leaving = true;
        connection.Abort();
    }

    /// <summary>Leaves a message of a feed that is then at <paramref name="version"/>; null for one that nobody misses.</summary>
    public void Tell(string feed, long? version, SerializedHubMessage message)
    {
        lock (sync)
        {
            if (gone || !subscriptions.Contains(feed))
                return;
            if (waiting.Count >= MaxWaiting || missed.ContainsKey(feed))
            {
                if (version is { } now)
                    missed[feed] = now;
                return;
            }
            waiting.Enqueue(message);
            if (sending)
                return;
            sending = true;
        }
        _ = SendAsync();
    }

    /// <summary>What it was told of a feed is not what it may see now: it loads again.</summary>
    public void Miss(string feed, long version)
    {
        lock (sync)
        {
            if (gone || !subscriptions.Contains(feed))
                return;
            missed[feed] = version;
            if (sending)
                return;
            sending = true;
        }
        _ = SendAsync();
    }

    /// <summary>The last message of a feed, which is never thrown away.</summary>
    public void Tell(Ended ended)
    {
        lock (sync)
            missed.Remove(ended.Id);
        Tell(Message("Ended", ended));
    }

    /// <summary>A message that belongs to no feed. Few of them come, so none is thrown away.</summary>
    public void Tell(SerializedHubMessage message)
    {
        lock (sync)
        {
            if (gone)
                return;
            waiting.Enqueue(message);
            if (sending)
                return;
            sending = true;
        }
        _ = SendAsync();
    }

    async Task SendAsync()
    {
        try
        {
            // Waits while the client does not read; a transport that takes nothing for seconds is closed by SignalR, which ends the waiting.
            while (Next() is { } message)
                await connection.WriteAsync(message);
        }
        catch
        {
            connection.Abort();
            throw;
        }
    }

    SerializedHubMessage? Next()
    {
        lock (sync)
        {
            if (waiting.TryDequeue(out var message))
                return message;
            foreach (var (feed, version) in missed)
            {
                missed.Remove(feed);
                FeedMetrics.Reloaded();
                return Message("Reload", new Reload(feed, version));
            }
            sending = false;
            return null;
        }
    }
}
