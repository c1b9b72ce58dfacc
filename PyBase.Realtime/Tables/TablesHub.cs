using System.Diagnostics;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;
using PyBase.Core.Accounts;
using PyBase.Core.Ids;
using PyBase.Realtime.Presence;
using PyBase.Storage.Accounts;
using PyBase.Storage.Changes;
using PyBase.Storage.Operations;
using PyBase.Storage.Shards;

namespace PyBase.Realtime.Tables;

/// <summary>The one hub: listen to tables and bases.</summary>
[Authorize]
sealed class TablesHub(Feeds feeds, Presences presences, FeedReader reader, BaseAccess access, ShardSettings shards, ShardMap map, SocketCounts counts) : Hub
{
    /// <summary>More than a person opens, few enough that nobody fills a node.</summary>
    const int MaxSubscriptions = 200;

    Listener Listener => Listeners.Of(Context);

    /// <summary>What was missed since a version, then the live feed.</summary>
    public async Task<Subscribed> Subscribe(string id, long? since)
    {
        var user = Listener.User;
        var baseId = Id.Is(id, "app") ? id : Id.Is(id, "tbl") ? await reader.BaseOfAsync(id, Context.ConnectionAborted) : null;
        if (baseId is null || !user.Has(Scopes.ReadRecords) || !user.MayEnter(baseId) || await access.RoleInBaseAsync(user.Id, baseId, Context.ConnectionAborted) is not { } role)
            throw new HubException("not-found: There is no such table or base, or you may not see it.");
        // Known to be a member; the feed of the base is in the database that it lives in.
        if (shards.AreSeveral && await map.FindAsync(baseId, Context.ConnectionAborted) is { } shard && shard != shards.Here)
            throw new HubException($"elsewhere: Listen to this base at /api/bases/{baseId}/hubs/tables.");
        if (shards.AreSeveral && await reader.HasMovedAsync(baseId, Context.ConnectionAborted))
            throw new HubException("base-moves: The base is on its way to another database; subscribe again in a moment.");
        if (!Listener.TryAdd(id, MaxSubscriptions))
            throw new HubException($"too-many-subscriptions: A connection listens to at most {MaxSubscriptions} tables.");
        Listener.Enter(baseId, role);
        var answer = await feeds.SubscribeAsync(baseId, id, Listener, since, Context.ConnectionAborted);
        if (id != baseId)
            presences.Show(id);
        return answer;
    }

    /// <summary>No more of it.</summary>
    public async Task Unsubscribe(string id)
    {
        if (id is null || !Listener.Has(id))
            return;
        presences.Set(Listener, id, null);
        await feeds.LeaveAsync(id, Listener);
    }

    /// <summary>Where the caller is in a table that it listens to; null: nowhere.</summary>
    public void SetPresence(string tableId, Place? place)
    {
        if (!Id.Is(tableId, "tbl") || !Listener.Has(tableId))
            throw new HubException("not-subscribed: Presence is for tables that the connection listens to.");
        if (place is { IsValid: false })
            throw new HubException("invalid-presence: viewId, recordId and fieldId are ids or null.");
        presences.Set(Listener, tableId, place);
    }

    /// <inheritdoc/>
    public override async Task OnDisconnectedAsync(Exception? exception)
    {
        var age = Stopwatch.GetElapsedTime(Listener.Since);
        if (!Farewell.Awaits(Context.GetHttpContext(), age, Listener.IsLeaving))
            counts.Ended(age, isBroken: exception is not null);
        foreach (var id in Listener.End())
        {
            presences.Set(Listener, id, null);
            await feeds.LeaveAsync(id, Listener);
        }
    }
}
