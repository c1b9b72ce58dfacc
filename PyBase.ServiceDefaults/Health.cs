using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace PyBase.ServiceDefaults;

/// <summary><c>/health</c>: 200 when the process takes requests and its own dependencies answer. <c>/alive</c>: 200 while the process lives.</summary>
static class Health
{
    public const string Live = "live";
    public const string HealthPath = "/health";
    public const string AlivePath = "/alive";

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapHealthChecks(HealthPath, new() { ResponseWriter = WriteAsync }).AllowAnonymous().DisableHttpMetrics();
        app.MapHealthChecks(AlivePath, new() { ResponseWriter = WriteAsync, Predicate = check => check.Tags.Contains(Live) })
            .AllowAnonymous().DisableHttpMetrics();
    }

    /// <summary>
    /// <c>{"status":"Degraded","checks":{"redis":"Degraded"},"details":{"redis":"…"}}</c>; the details may name hosts, so they are
    /// for those who may read the metrics.
    /// </summary>
    static Task WriteAsync(HttpContext context, HealthReport report)
    {
        var details = MetricsAccess.IsAllowed(context)
            ? report.Entries.Where(entry => entry.Value.Status != HealthStatus.Healthy)
                .ToDictionary(entry => entry.Key, entry => entry.Value.Description ?? entry.Value.Exception?.Message)
            : null;
        return context.Response.WriteAsJsonAsync(
            new
            {
                status = report.Status.ToString(),
                checks = report.Entries.ToDictionary(entry => entry.Key, entry => entry.Value.Status.ToString()),
                details,
            },
            JsonSerializerOptions.Web, context.RequestAborted);
    }
}

/// <summary>False once the process drains: load balancers send to it no longer.</summary>
sealed class Readiness(Drain drain) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(drain.HasBegun ? HealthCheckResult.Unhealthy("The process is about to end.") : HealthCheckResult.Healthy());
}
