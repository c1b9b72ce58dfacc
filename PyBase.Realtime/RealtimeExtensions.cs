using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using PyBase.Core.Jobs;
using PyBase.Realtime.Notifications;
using PyBase.Realtime.Presence;
using PyBase.Realtime.Tables;
using PyBase.Storage;
using PyBase.Storage.Accounts;

namespace Microsoft.Extensions.Hosting;

/// <summary>The realtime role: the hub and what feeds it.</summary>
public static class RealtimeExtensions
{
    const string Path = "/hubs/tables";

    /// <summary>Services of the role.</summary>
    public static WebApplicationBuilder AddPyBaseRealtime(this WebApplicationBuilder builder)
    {
        builder.AddStorage();
        builder.Services.AddPyBaseAuthentication();
        builder.Services.AddAuthorization();
        builder.Services.AddSignalR(hub =>
            {
                hub.MaximumReceiveMessageSize = 32 * 1024;
                // One after the other, so that Subscribe and Unsubscribe of the same table cannot overtake each other.
                hub.MaximumParallelInvocationsPerClient = 1;
                hub.AddFilter<Pace>();
            })
            .AddJsonProtocol(json =>
            {
                foreach (var converter in JobJson.Options.Converters)
                    json.PayloadSerializerOptions.Converters.Add(converter);
            })
            .AddMessagePackProtocol();
        builder.Services.AddOptions<MessagePackHubProtocolOptions>()
            .Configure<IOptions<JsonHubProtocolOptions>>((packed, json) => packed.SerializerOptions = PackedJson.Options(json.Value.PayloadSerializerOptions));
        builder.Services.AddSingleton<Pace>();
        builder.Services.AddSingleton<Listeners>();
        builder.Services.AddSingleton<HubLifetimeManager<TablesHub>>(services => services.GetRequiredService<Listeners>());
        builder.Services.AddHostedService<EndedCredentials>();
        builder.Services.AddSingleton<Feeds>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Feeds>());
        builder.Services.AddSingleton<PresenceStore>();
        builder.Services.AddSingleton<Presences>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Presences>());
        builder.Services.AddHostedService<Notices>();
        builder.Services.AddSingleton<Departures>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Departures>());
        return builder;
    }

    /// <summary>Routes of the role.</summary>
    public static WebApplication MapPyBaseRealtime(this WebApplication app)
    {
        // Asked for when somebody asks: they need connections, which are not known yet in a host that starts its servers meanwhile.
        FeedMetrics.Observe(() => app.Services.GetRequiredService<Listeners>().Count, () => app.Services.GetRequiredService<Feeds>().Count);
        app.UseWhen(context => context.Request.Path.StartsWithSegments(Path), hub => hub.UseWebSockets().Use(Farewell.Hear).Use((context, next) =>
            // Found when somebody comes: the settings of what it needs may be known only after the routes.
            context.RequestServices.GetRequiredService<Departures>().Gate(context, next)));
        app.MapHub<TablesHub>(Path, options =>
        {
            // What a client that does not read costs, besides its place in line (Listener); after ten seconds without taking anything it is cut off.
            options.TransportMaxBufferSize = 256 * 1024;
            options.TransportSendTimeout = TimeSpan.FromSeconds(10);
            options.ApplicationMaxBufferSize = 64 * 1024;
        }).DisableRequestTimeout();
        return app;
    }
}
