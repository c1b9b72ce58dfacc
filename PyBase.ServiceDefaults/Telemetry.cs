using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace PyBase.ServiceDefaults;

/// <summary>Traces, metrics and logs: over OTLP where an endpoint is set, and metrics for Prometheus at <c>/metrics</c> always.</summary>
static class Telemetry
{
    public static void AddTelemetry(this IHostApplicationBuilder builder)
    {
        // One line a request is RequestLog's; what frameworks and drivers say of each step is in the traces. A section Logging overrides none of our own.
        foreach (var chatty in (string[])["Microsoft.AspNetCore", "Microsoft.EntityFrameworkCore", "Npgsql", "System.Net.Http", "Polly", "Yarp", "MassTransit", "StackExchange.Redis"])
            builder.Logging.AddFilter(chatty, LogLevel.Warning);
        // Each scrape brings a token that is nobody's; of others the access line says 401.
        builder.Logging.AddFilter("PyBase.Storage.Accounts.TokenAuthentication", LogLevel.Warning);
        // Keys lie in the catalog database, which is as protected as what they protect.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error);
        builder.Logging.AddJsonLines();
        builder.Logging.AddOpenTelemetry(logs =>
        {
            logs.IncludeFormattedMessage = true;
            logs.IncludeScopes = true;
        });
        var isSent = builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is not (null or "");
        var telemetry = builder.Services.AddOpenTelemetry()
            .WithTracing(traces => traces
                // Each request has its trace id all the same; spans that nobody receives are not made.
                .SetSampler(isSent ? new ParentBasedSampler(new WantedSampler()) : new AlwaysOffSampler())
                .AddSource("PyBase", "PyBase.*", "Npgsql", "MassTransit")
                .AddAspNetCoreInstrumentation(options =>
                {
                    options.Filter = IsNotAProbe;
                    options.EnrichWithHttpRequest = (activity, request) => activity.SetTag("url.path", SecretPaths.Redacted(request.Path));
                })
                .AddHttpClientInstrumentation())
            .WithMetrics(metrics => metrics
                // Of the framework's those that are looked at: each request counts in every one of them.
                .AddMeter("PyBase*", "Npgsql", "MassTransit", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Http.Connections",
                    "Microsoft.AspNetCore.Diagnostics", "Microsoft.AspNetCore.RateLimiting")
                .AddHttpClientInstrumentation()
                .AddRuntimeInstrumentation()
                .AddPrometheusExporter());

        ProcessMetrics.Register();
        // A name given from outside (Aspire, a chart) wins; AddService would override it.
        if (builder.Configuration["OTEL_SERVICE_NAME"] is null or "")
            telemetry.ConfigureResource(resource => resource.AddService(builder.Environment.ApplicationName));
        if (isSent)
            telemetry.UseOtlpExporter();
    }

    /// <summary>Probes come every few seconds from everywhere: neither traces nor log lines.</summary>
    public static bool IsNotAProbe(HttpContext context) =>
        !(context.Request.Path.StartsWithSegments(Health.HealthPath) || context.Request.Path.StartsWithSegments(Health.AlivePath)
            || context.Request.Path.StartsWithSegments(MetricsAccess.Path));
}
