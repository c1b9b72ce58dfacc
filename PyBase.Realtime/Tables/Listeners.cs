using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using PyBase.Storage.Operations;

namespace PyBase.Realtime.Tables;

/// <summary>Gives each connection its <see cref="Listener"/>: SignalR shows the connection itself, which takes messages that are spelled once for all, only here.</summary>
sealed class Listeners(SocketCounts counts, ILogger<DefaultHubLifetimeManager<TablesHub>> logger) : DefaultHubLifetimeManager<TablesHub>(logger)
{
    public static Listener Of(HubCallerContext context) => (Listener)context.Items[typeof(Listener)]!;

    readonly ConcurrentDictionary<string, Listener> open = new();

    /// <summary>Everybody who is connected to this node at this moment.</summary>
    public IEnumerable<Listener> Open => open.Values;

    /// <summary>How many they are.</summary>
    public int Count => open.Count;

    public override Task OnConnectedAsync(HubConnectionContext connection)
    {
        var listener = new Listener(connection);
        connection.Items[typeof(Listener)] = listener;
        open[listener.Id] = listener;
        counts.Opened();
        return base.OnConnectedAsync(connection);
    }

    public override Task OnDisconnectedAsync(HubConnectionContext connection)
    {
        open.TryRemove(connection.ConnectionId, out _);
        return base.OnDisconnectedAsync(connection);
    }
}
