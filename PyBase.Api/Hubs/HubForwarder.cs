using System.Collections.Concurrent;
using System.Net;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.ServiceDiscovery;
using PyBase.Api.Errors;
using PyBase.Core.Errors;
using Yarp.ReverseProxy.Forwarder;

namespace PyBase.Api.Hubs;

/// <summary>
/// One origin for browsers: <c>/hubs/**</c> goes on to a realtime node, found by service discovery. A negotiated connection must stay on the node that
/// negotiated it, so each user has a node: every Api picks the same one (highest random weight), and a node that goes takes only its own users along, to the
/// next in each one's order.
/// </summary>
sealed class HubForwarder(IHttpForwarder forwarder, ServiceEndpointResolver resolver, IHostApplicationLifetime lifetime, TimeProvider clock) : IDisposable
{
    // A socket may be silent for as long as SignalR's own keep-alive allows.
    static readonly ForwarderRequestConfig Config = new() { ActivityTimeout = TimeSpan.FromMinutes(2) };

    /// <summary>How long a node that took no connection is passed over. Short: until then its users are split if another Api sees it differently.</summary>
    static readonly TimeSpan Absence = TimeSpan.FromSeconds(5);

    readonly ConcurrentDictionary<string, long> absent = new(StringComparer.Ordinal);
    readonly HttpMessageInvoker invoker = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(2) });

    public async Task ForwardAsync(HttpContext context)
    {
        // A socket lives until somebody ends it; clients go to another Api at once, instead of when the host has lost patience.
        using var stopping = lifetime.ApplicationStopping.Register(context.Abort);
        foreach (var node in await NodesAsync(context))
        {
            var answer = new UnlessUnavailable();
            var failure = await forwarder.SendAsync(context, node.Contains("://", StringComparison.Ordinal) ? node : $"http://{node}", invoker, Config, answer);
            if (failure is ForwarderError.None && !answer.WasUnavailable)
            {
                absent.TryRemove(node, out _);
                return;
            }
            if (!answer.WasUnavailable && !TookNoConnection(context))
                return;
            absent[node] = clock.GetTimestamp();
            context.Response.Clear();
        }
        context.Response.Headers.RetryAfter = "2";
        await HubErrors.NoNode.ToProblem().ExecuteAsync(context);
    }

    /// <summary>In this user's order; those that were not there a moment ago come last, as they may be all there is.</summary>
    async Task<string[]> NodesAsync(HttpContext context)
    {
        var source = await resolver.GetEndpointsAsync("http://realtime", context.RequestAborted);
        var user = context.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? "";
        return [.. source.Endpoints.Select(e => e.ToString()!).OrderBy(IsAbsent).ThenByDescending(address => Weight(user, address), StringComparer.Ordinal)];
    }

    bool IsAbsent(string node) => absent.TryGetValue(node, out var since) && clock.GetElapsedTime(since) < Absence;

    /// <summary>Nothing of the request has left and nothing of an answer has come, so another node may be asked.</summary>
    static bool TookNoConnection(HttpContext context) =>
        !context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested
        && context.Features.Get<IForwarderErrorFeature>() is { Error: ForwarderError.Request, Exception: HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError } };

    /// <summary>A node that drains takes no new connection and says so; another one is asked instead of the client.</summary>
    sealed class UnlessUnavailable : HttpTransformer
    {
        public bool WasUnavailable { get; private set; }

        public override ValueTask<bool> TransformResponseAsync(HttpContext context, HttpResponseMessage? answer, CancellationToken cancellation)
        {
            WasUnavailable = answer is { StatusCode: HttpStatusCode.ServiceUnavailable };
            return WasUnavailable ? ValueTask.FromResult(false) : base.TransformResponseAsync(context, answer, cancellation);
        }
    }

    static string Weight(string user, string node) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{user} {node}")));

    public void Dispose() => invoker.Dispose();
}

static class HubErrors
{
    public static readonly Error NoNode = new("realtime-unavailable", ErrorKind.Unavailable, "No realtime process answers.", "Changes are seen by loading again until one does.");
}
