using System.Net.WebSockets;
using Microsoft.AspNetCore.Http.Features;

namespace PyBase.Realtime.Tables;

/// <summary>
/// Whether whoever leaves says so. SignalR ends a WebSocket that was cut in the middle as calmly as one that was closed; what tells them apart is the other
/// side's closing frame, which only the socket itself knows of. https://www.rfc-editor.org/rfc/rfc6455#section-7.1.4
/// </summary>
sealed class Farewell(IHttpWebSocketFeature sockets) : IHttpWebSocketFeature
{
    WebSocket? socket;

    public bool IsWebSocketRequest => sockets.IsWebSocketRequest;

    public async Task<WebSocket> AcceptAsync(WebSocketAcceptContext context) => socket = await sockets.AcceptAsync(context);

    /// <summary>Stands between the server and the hub, which takes the WebSockets that it finds.</summary>
    public static Task Hear(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<IHttpWebSocketFeature>() is { } sockets)
            context.Features.Set<IHttpWebSocketFeature>(new Farewell(sockets));
        return next(context);
    }

    /// <summary>The connection is over, and the other side said nothing. Of other transports than WebSockets nobody knows.</summary>
    public static bool IsMissed(HttpContext? context) => context?.Features.Get<IHttpWebSocketFeature>() is Farewell { socket.CloseStatus: null };
}
