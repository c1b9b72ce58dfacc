using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;
using PyBase.Core.Accounts;
using PyBase.Core.Ids;
using PyBase.Storage.Accounts;
using PyBase.Storage.Changes;

namespace PyBase.Realtime.Tables;

/// <summary>What <see cref="TablesHub.Subscribe"/> answers.</summary>
/// <param name="Version">The version that the caller has after applying <paramref name="Changes"/>, or after loading again.</param>
/// <param name="Reload">Too much has happened: load again.</param>
/// <param name="Changes">What was missed.</param>
sealed record Subscribed(long Version, bool Reload, IReadOnlyList<JsonElement> Changes);

/// <summary>The one hub: listen to tables and bases.</summary>
[Authorize]
sealed class TablesHub(Feeds feeds, FeedReader reader, BaseAccess access) : Hub
{
    /// <summary>More than a person opens, few enough that nobody fills a node.</summary>
    const int MaxSubscriptions = 200;

    HashSet<string> Subscriptions => (HashSet<string>)(Context.Items["subscriptions"] ??= new HashSet<string>());

    /// <summary>What was missed since a version, then the live feed.</summary>
    public async Task<Subscribed> Subscribe(string id, long? since)
    {
        var user = Context.User!.CurrentUser();
        var baseId = Id.Is(id, "app") ? id : Id.Is(id, "tbl") ? await reader.BaseOfAsync(id, Context.ConnectionAborted) : null;
        if (baseId is null || await access.RoleInBaseAsync(user.Id, baseId, Context.ConnectionAborted) is null || !user.Has(Scopes.ReadRecords))
            throw new HubException("not-found: There is no such table or base, or you may not see it.");
        if (Subscriptions.Count >= MaxSubscriptions && !Subscriptions.Contains(id))
            throw new HubException($"too-many-subscriptions: A connection listens to at most {MaxSubscriptions} tables.");
        Subscriptions.Add(id);
        return await feeds.SubscribeAsync(baseId, id, Context.ConnectionId, since, Context.ConnectionAborted);
    }

    /// <summary>No more of it.</summary>
    public async Task Unsubscribe(string id)
    {
        if (Subscriptions.Remove(id))
            await feeds.UnsubscribeAsync(id, Context.ConnectionId);
    }

    /// <inheritdoc/>
    public override async Task OnDisconnectedAsync(Exception? exception)
    {
        foreach (var id in Subscriptions)
            await feeds.UnsubscribeAsync(id, Context.ConnectionId);
    }
}
