using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using PyBase.ServiceDefaults;

namespace Microsoft.Extensions.Hosting;

/// <summary>What every process of PyBase has: telemetry, health, service discovery, resilience, problem details.</summary>
public static class ServiceDefaultsExtensions
{
    /// <summary>Adds the defaults. Calling it again changes nothing: a host may be the sum of several roles.</summary>
    public static TBuilder AddServiceDefaults<TBuilder>(this TBuilder builder) where TBuilder : IHostApplicationBuilder
    {
        if (builder.Services.Any(service => service.ServiceType == typeof(DefaultsMarker)))
            return builder;
        builder.Services.AddSingleton<DefaultsMarker>();

        builder.QuietenFrameworkLogs();
        builder.AddTelemetry();
        builder.Services.AddHealthChecks().AddCheck("self", () => new(Diagnostics.HealthChecks.HealthStatus.Healthy), [Health.Live]);
        builder.AddDraining();
        builder.Services.AddServiceDiscovery();
        builder.Services.ConfigureHttpClientDefaults(http =>
        {
            // A POST that timed out may have been done: repeating it is the caller's decision.
            http.AddStandardResilienceHandler(options => options.Retry.DisableForUnsafeHttpMethods());
            http.AddServiceDiscovery();
        });
        builder.Services.AddUniformProblems();
        builder.Services.Configure<KestrelServerOptions>(options => options.AddServerHeader = false);
        builder.Services.AddSingleton<IStartupFilter, OutermostMiddleware>();
        return builder;
    }

    /// <summary>Maps <c>/health</c>, <c>/alive</c> and <c>/metrics</c>, in every environment. Calling it again changes nothing.</summary>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        if (!app.Services.GetRequiredService<DefaultsMarker>().FirstMapping())
            return app;
        // Behind the choice of the endpoint, which may have a limit of its own or none.
        app.UseRequestTimeouts();
        app.MapHealth();
        app.MapPrometheusScrapingEndpoint(MetricsAccess.Path, meterProvider: null, metrics => metrics.Use(MetricsAccess.Check), optionsName: null)
            .AllowAnonymous().DisableHttpMetrics();
        return app;
    }

    /// <summary>
    /// Listens there when nothing else is said. The images of .NET say <c>HTTP_PORTS</c>, and an address that a program sets goes before that: it would be
    /// reached from inside its container alone.
    /// </summary>
    public static void ListenUnlessTold(this WebApplicationBuilder builder, string address)
    {
        if (((string[])["urls", "http_ports", "https_ports"]).All(name => string.IsNullOrEmpty(builder.Configuration[name])))
            builder.WebHost.UseUrls(address);
    }

    /// <summary>The console formatter <c>json-lines</c>, for whoever chooses it by <c>Logging:Console:FormatterName</c>.</summary>
    public static ILoggingBuilder AddJsonLines(this ILoggingBuilder logging) => logging.AddConsoleFormatter<JsonLines, ConsoleFormatterOptions>();

    /// <summary>How the process ends, and how long a request may take: settings <c>Server</c>.</summary>
    static void AddDraining(this IHostApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddOptions<ServerOptions>().BindConfiguration(ServerOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<ServerOptions>, ServerValidation>();
        builder.Services.AddSingleton<Drain>();
        builder.Services.AddSingleton<IHostLifetime, SignalLifetime>();
        builder.Services.AddHealthChecks().AddCheck<Readiness>("ready");
        builder.Services.AddRequestTimeouts();
        builder.Services.AddOptions<RequestTimeoutOptions>().Configure<IOptions<ServerOptions>>((timeouts, server) =>
            timeouts.DefaultPolicy = new() { Timeout = server.Value.RequestTimeout });
    }

    /// <summary>One line a request is ours; the rest of the framework speaks up from Warning. Lowest precedence, so that any setting overrides it.</summary>
    static void QuietenFrameworkLogs(this IHostApplicationBuilder builder) =>
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource
        {
            InitialData = new Dictionary<string, string?>
            {
                ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
                ["Logging:LogLevel:Microsoft.EntityFrameworkCore"] = "Warning",
                ["Logging:LogLevel:System.Net.Http.HttpClient"] = "Warning",
                ["Logging:LogLevel:Polly"] = "Warning",
                ["Logging:LogLevel:ModelContextProtocol"] = "Warning",
            },
        });
}

/// <summary>Tells the first call from later ones.</summary>
sealed class DefaultsMarker
{
    int mappings;

    public bool FirstMapping() => Interlocked.Increment(ref mappings) == 1;
}

/// <summary>Goes around everything a role adds, so that no failure and no request escapes it, whatever the order in Program.cs.</summary>
sealed class OutermostMiddleware : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.UseMiddleware<RequestLog>();
        app.UseMiddleware<RequestCourse>();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        next(app);
    };
}
