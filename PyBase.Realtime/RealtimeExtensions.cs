using PyBase.Core.Jobs;
using PyBase.Realtime.Tables;
using PyBase.Storage;
using PyBase.Storage.Accounts;

namespace Microsoft.Extensions.Hosting;

/// <summary>The realtime role: the hub and what feeds it.</summary>
public static class RealtimeExtensions
{
    /// <summary>Services of the role.</summary>
    public static WebApplicationBuilder AddPyBaseRealtime(this WebApplicationBuilder builder)
    {
        builder.AddStorage();
        builder.Services.AddPyBaseAuthentication();
        builder.Services.AddAuthorization();
        builder.Services.AddSignalR(hub =>
            {
                hub.MaximumReceiveMessageSize = 32 * 1024;
                hub.MaximumParallelInvocationsPerClient = 4;
            })
            .AddJsonProtocol(json =>
            {
                foreach (var converter in JobJson.Options.Converters)
                    json.PayloadSerializerOptions.Converters.Add(converter);
            });
        builder.Services.AddSingleton<Feeds>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Feeds>());
        return builder;
    }

    /// <summary>Routes of the role.</summary>
    public static WebApplication MapPyBaseRealtime(this WebApplication app)
    {
        app.MapHub<TablesHub>("/hubs/tables", options =>
        {
            options.TransportMaxBufferSize = 1 << 20;
            options.ApplicationMaxBufferSize = 64 * 1024;
        });
        return app;
    }
}
