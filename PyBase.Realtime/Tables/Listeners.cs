using Microsoft.AspNetCore.SignalR;

namespace PyBase.Realtime.Tables;

/// <summary>Gives each connection its <see cref="Listener"/>: SignalR shows the connection itself, which takes messages that are spelled once for all, only here.</summary>
sealed class Listeners(ILogger<DefaultHubLifetimeManager<TablesHub>> logger) : DefaultHubLifetimeManager<TablesHub>(logger)
{
    public static Listener Of(HubCallerContext context) => (Listener)context.Items[typeof(Listener)]!;

    public override Task OnConnectedAsync(HubConnectionContext connection)
    {
        connection.Items[typeof(Listener)] = new Listener(connection);
        return base.OnConnectedAsync(connection);
    }
}
