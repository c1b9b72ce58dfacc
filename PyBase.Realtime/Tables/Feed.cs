using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using PyBase.Storage.Changes;

namespace PyBase.Realtime.Tables;

/// <summary>
/// One table or base that somebody on this node listens to. All its listeners have been told everything up to <see cref="Version"/>; telling and joining
/// take turns, so each of them gets each version once.
/// </summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "A semaphore without a wait handle holds nothing.")]
sealed class Feed(string baseId, string id, FeedReader reader, IHubContext<TablesHub> hub)
{
    /// <summary>A listener that missed more versions than this loads again.</summary>
    const int MaxMissed = 1_000;

    readonly SemaphoreSlim turn = new(1, 1);
    readonly HashSet<string> connections = [];
    long? version;
    bool closed;

    public string BaseId => baseId;

    public string Id => id;

    public long Version => version ?? 0;

    bool IsBase => id == baseId;

    /// <summary>
    /// Adds a listener: everybody is brought up to date first, then the newcomer gets what it missed. Null when the last listener has just left and the
    /// feed is closed.
    /// </summary>
    public async Task<Subscribed?> JoinAsync(string connection, long? since, CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            if (closed)
                return null;
            if (version is null)
                version = (await reader.HeadsAsync([id], cancellation)).GetValueOrDefault(id);
            else
                await TellAsync(evenIfNothing: true, cancellation);
            var answer = since is { } known ? await MissedAsync(known, cancellation) : new Subscribed(Version, false, []);
            connections.Add(connection);
            await hub.Groups.AddToGroupAsync(connection, id, cancellation);
            return answer;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Takes a listener away; true when it was the last, and the feed is closed.</summary>
    public async Task<bool> LeaveAsync(string connection)
    {
        await turn.WaitAsync();
        try
        {
            connections.Remove(connection);
            await hub.Groups.RemoveFromGroupAsync(connection, id);
            return closed = connections.Count == 0;
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
            if (version is not null && connections.Count > 0)
                await TellAsync(evenIfNothing: false, cancellation);
        }
        finally
        {
            turn.Release();
        }
    }

    async Task TellAsync(bool evenIfNothing, CancellationToken cancellation)
    {
        foreach (var message in await ReadAsync(Version, cancellation))
        {
            // Most transactions of a base are not about the base itself; they are told together with the next that is.
            if (IsBase && message.Changes.GetArrayLength() == 0 && !evenIfNothing)
                return;
            await hub.Clients.Group(id).SendAsync("Changes", message, cancellation);
            version = message.Version;
        }
    }

    async Task<Subscribed> MissedAsync(long since, CancellationToken cancellation)
    {
        if (since == Version)
            return new Subscribed(Version, false, []);
        if (since > Version || since < 0 || Version - since > MaxMissed)
            return new Subscribed(Version, true, []);
        var missed = (await ReadAsync(since, cancellation)).TakeWhile(m => m.Version <= Version).ToList();
        JsonElement[] changes = [.. missed.SelectMany(m => m.Changes.EnumerateArray())];
        var told = missed.Count == 0 ? since : missed[^1].Version;
        return told == Version && !changes.Any(c => c.GetProperty("kind").GetString() == Core.Changes.ChangeKinds.ManyChanged)
            ? new Subscribed(Version, false, changes)
            : new Subscribed(Version, true, []);
    }

    async Task<IReadOnlyList<FeedMessage>> ReadAsync(long since, CancellationToken cancellation)
    {
        if (!IsBase)
            return await reader.ReadTableAsync(baseId, id, since, cancellation);
        return await reader.ReadBaseAsync(id, since, cancellation) is { } message ? [message] : [];
    }
}
