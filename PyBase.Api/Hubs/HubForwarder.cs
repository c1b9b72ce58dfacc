using System.Security.Claims;
using System.Text;
using Microsoft.Extensions.ServiceDiscovery;
using Yarp.ReverseProxy.Forwarder;

namespace PyBase.Api.Hubs;

/// <summary>
/// One origin for browsers: <c>/hubs/**</c> goes on to a realtime node, found by service discovery. A negotiated connection must stay on the node that
/// negotiated it, so each user has a node: every Api picks the same one (highest random weight among those that answer), and a node that goes takes only its
/// own users along.
/// </summary>
sealed class HubForwarder(IHttpForwarder forwarder, ServiceEndpointResolver resolver, HubNodes nodes, IHostApplicationLifetime lifetime) : IDisposable
{
    // A socket may be silent for as long as SignalR's own keep-alive allows.
    static readonly ForwarderRequestConfig Config = new() { ActivityTimeout = TimeSpan.FromMinutes(2) };

    readonly HttpMessageInvoker invoker = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(5) });

    public async Task ForwardAsync(HttpContext context)
    {
        // A socket lives until somebody ends it; clients go to another Api at once, instead of when the host has lost patience.
        using var stopping = lifetime.ApplicationStopping.Register(context.Abort);
        var source = await resolver.GetEndpointsAsync("http://realtime", context.RequestAborted);
        var user = context.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? "";
        var addresses = source.Endpoints.Select(e => e.ToString()!).OrderByDescending(address => Weight(user, address), StringComparer.Ordinal)
            .Select(address => address.Contains("://", StringComparison.Ordinal) ? address : $"http://{address}");
        if (await nodes.FirstAsync(addresses) is { } node)
            await forwarder.SendAsync(context, node, invoker, Config);
        else
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
    }

    static string Weight(string user, string node) =>
        Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes($"{user} {node}")));

    public void Dispose() => invoker.Dispose();
}
