using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.Extensions.Options;

namespace PyBase.ServiceDefaults;

/// <summary>
/// What every request meets on its way: it is counted towards <see cref="ServerOptions.RecycleAfter"/>, its time is up only until the answer begins, and
/// while the process drains its connection ends with it, so that the next one is made elsewhere.
/// </summary>
sealed class RequestCourse
{
    readonly RequestDelegate next;
    readonly Drain drain;
    readonly long limit;
    long requests;

    public RequestCourse(RequestDelegate next, Drain drain, IOptions<ServerOptions> options)
    {
        (this.next, this.drain) = (next, drain);
        var (after, jitter) = (options.Value.RecycleAfter, options.Value.RecycleJitter ?? options.Value.RecycleAfter / 10);
        limit = after == 0 ? long.MaxValue : Math.Max(1, Random.Shared.NextInt64(after - jitter, after + jitter + 1L));
    }

    public Task InvokeAsync(HttpContext context)
    {
        if (limit < long.MaxValue && Telemetry.IsNotAProbe(context) && Interlocked.Increment(ref requests) == limit)
            drain.Begin($"{limit} requests");
        context.Response.OnStarting(static course =>
        {
            var (context, drain) = ((HttpContext, Drain))course;
            context.Features.Get<IHttpRequestTimeoutFeature>()?.DisableTimeout();
            if (drain.HasBegun && context.Response.StatusCode != StatusCodes.Status101SwitchingProtocols)
                End(context);
            return Task.CompletedTask;
        }, (context, drain));
        return next(context);
    }

    /// <summary>HTTP/2 knows no such header: there the connection itself says that it takes no further requests.</summary>
    static void End(HttpContext context)
    {
        if (HttpProtocol.IsHttp11(context.Request.Protocol))
            context.Response.Headers.Connection = "close";
        else
            context.Features.Get<IConnectionLifetimeNotificationFeature>()?.RequestClose();
    }
}
