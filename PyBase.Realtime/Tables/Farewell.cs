using System.Net.WebSockets;
using Microsoft.AspNetCore.Http.Features;
using PyBase.Storage.Operations;

namespace PyBase.Realtime.Tables;

/// <summary>
/// Whether whoever leaves says so. SignalR ends a WebSocket that was cut in the middle as calmly as one that was closed; what tells them apart is the other
/// side's closing frame, which only the socket itself knows of, and only at its very end. https://www.rfc-editor.org/rfc/rfc6455#section-7.1.4
/// </summary>
sealed class Farewell(IHttpWebSocketFeature sockets) : IHttpWebSocketFeature
{
    WebSocket? socket;
    (TimeSpan Age, bool IsOurs)? left;

    public bool IsWebSocketRequest => sockets.IsWebSocketRequest;

    public async Task<WebSocket> AcceptAsync(WebSocketAcceptContext context) => socket = await sockets.AcceptAsync(context);

    /// <summary>Stands between the server and the hub, which takes the WebSockets that it finds.</summary>
    public static async Task Hear(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<IHttpWebSocketFeature>() is not { IsWebSocketRequest: true } sockets)
        {
            await next(context);
            return;
        }
        var farewell = new Farewell(sockets);
        context.Features.Set<IHttpWebSocketFeature>(farewell);
        try
        {
            await next(context);
        }
        finally
        {
            if (farewell.left is { } left)
                context.RequestServices.GetRequiredService<SocketCounts>().Ended(left.Age, isBroken: !left.IsOurs && farewell.socket?.CloseStatus is null);
        }
    }

    /// <summary>The hub has let go of the connection. False for other transports than WebSockets, of which nobody hears more than that.</summary>
    public static bool Awaits(HttpContext? context, TimeSpan age, bool isOurs)
    {
        if (context?.Features.Get<IHttpWebSocketFeature>() is not Farewell farewell)
            return false;
        farewell.left = (age, isOurs);
        return true;
    }
}
