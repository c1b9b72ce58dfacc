using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace PyBase.ServiceDefaults;

/// <summary>One structured line a request, written when it is answered; the query string may hold what people searched for and stays out.</summary>
sealed partial class RequestLog(RequestDelegate next, ILogger<RequestLog> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (!logger.IsEnabled(LogLevel.Information) || !Telemetry.IsNotAProbe(context))
        {
            await next(context);
            return;
        }
        var (started, method, path) = (Stopwatch.GetTimestamp(), context.Request.Method, SecretPaths.Redacted(context.Request.Path));
        try
        {
            await next(context);
        }
        finally
        {
            Answered(logger, method, path, context.Response.StatusCode, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "{Method} {Path} {Status} in {Milliseconds:0.0} ms")]
    static partial void Answered(ILogger logger, string method, string? path, int status, double milliseconds);
}
