using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.ResponseCompression;
using PyBase.Api;
using PyBase.Api.Accounts;
using PyBase.Api.Attachments;
using PyBase.Api.Automations;
using PyBase.Api.Audit;
using PyBase.Api.Bases;
using PyBase.Api.Comments;
using PyBase.Api.Constraints;
using PyBase.Api.Conversions;
using PyBase.Api.Dashboards;
using PyBase.Api.Errors;
using PyBase.Api.History;
using PyBase.Api.Exports;
using PyBase.Api.Files;
using PyBase.Api.Hubs;
using PyBase.Api.Jobs;
using PyBase.Api.Mcp;
using PyBase.Api.Notifications;
using PyBase.Api.OpenApi;
using PyBase.Api.Operations;
using PyBase.Api.Permissions;
using PyBase.Api.Queries;
using PyBase.Api.Records;
using PyBase.Api.Releases;
using PyBase.Api.Shards;
using PyBase.Api.Shares;
using PyBase.Api.Snapshots;
using PyBase.Api.Templates;
using PyBase.Api.Trash;
using PyBase.Api.Views;
using PyBase.Api.Webhooks;
using PyBase.Storage;
using PyBase.Storage.Accounts;
using PyBase.Storage.Indexes;

namespace Microsoft.Extensions.Hosting;

/// <summary>The HTTP role: everything but the hub, which it forwards.</summary>
public static class ApiExtensions
{
    /// <summary>Services of the role.</summary>
    public static WebApplicationBuilder AddPyBaseApi(this WebApplicationBuilder builder)
    {
        builder.AddStorage();
        builder.Services.AddPyBaseAuthentication();
        builder.Services.AddAuthorization();
        builder.Services.AddAccounts();
        builder.Services.AddHostedService(services => services.GetRequiredService<IndexUses>());
        builder.Services.AddSingleton<BaseDoor>();
        builder.Services.AddSingleton<TableDoor>();
        builder.Services.AddSingleton<SampleBase>();
        builder.Services.AddSingleton<ShareDoor>();
        builder.Services.AddSingleton<ShareLimits>();
        builder.Services.AddSingleton<ShareGrants>();
        builder.Services.AddSingleton<WidgetAnswers>();
        builder.Services.AddSingleton<CursorSeal>();
        builder.Services.AddSingleton<RecordStream>();
        builder.Services.AddSingleton<Upload>();
        builder.Services.AddSingleton<HubForwarder>();
        builder.Services.AddSingleton<ShardRouter>();
        builder.Services.AddSingleton<OtherShards>();
        builder.Services.AddHttpForwarder();
        builder.AddMcp();
        builder.Services.AddExceptionHandler<Failures>();
        builder.Services.AddSingleton<IStartupFilter, CrossOrigin>();
        // Airtable's clients send addresses of up to 16,000 characters before they change to listRecords, and a thousand ids to delete are twice that.
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestLineSize = 64 * 1024);
        builder.AddRateLimits();
        builder.Services.AddSingleton<IApiDescriptionProvider, Shapes>();
        builder.Services.AddOpenApi(WrittenDescription.Name, options => options.Describe());
        builder.Services.AddSingleton<WrittenDescription>();
        builder.Services.AddResponseCompression(options =>
        {
            options.EnableForHttps = true;
            // In this order, where a client takes several.
            options.Providers.Add<Zstd>();
            options.Providers.Add<BrotliCompressionProvider>();
            options.Providers.Add<GzipCompressionProvider>();
            options.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, RecordStream.MediaType];
        });
        return builder;
    }

    /// <summary>Routes of the role; <paramref name="forwardHubs"/> is off where the hub is in the same process.</summary>
    public static WebApplication MapPyBaseApi(this WebApplication app, bool forwardHubs = true)
    {
        // Found when somebody comes: the settings of what it needs may be known only after the routes.
        app.Use((context, next) => context.RequestServices.GetRequiredService<ShardRouter>().RouteAsync(context, next));
        app.UseSecurityHeaders();
        app.UseResponseCompression();
        app.UseRateLimits();
        app.UseTokenLimits();
        var v0 = app.MapGroup("/v0").RequireAuthorization();
        v0.MapBases();
        v0.MapBase();
        v0.MapBaseViews();
        v0.MapAttachments();
        v0.MapRecords();
        v0.MapSync();
        v0.MapComments();
        v0.MapWebhooks();
        v0.MapFallback("/{**rest}", () => Results.Json(new { error = "NOT_FOUND" }, statusCode: 404)).ExcludeFromDescription();

        app.MapAccounts();
        app.MapAutomations();
        app.MapDeliveries();
        app.MapConstraints();
        app.MapConversions();
        app.MapHistory();
        app.MapUndo();
        app.MapReleases();
        app.MapRules();
        app.MapTrash();
        app.MapSnapshots();
        app.MapJobs();
        app.MapExports();
        app.MapViews();
        app.MapTemplates();
        app.MapShares();
        app.MapSharedViews();
        app.MapSharedForms();
        app.MapSharedDashboards();
        app.MapDashboards();
        app.MapQueries();
        app.MapTrees();
        app.MapNotifications();
        app.MapPreferences();
        app.MapAudit();
        app.MapOperations();
        app.MapFiles();
        app.MapBaseFiles();
        app.MapMcp();
        app.MapGet("/openapi/v1.json", (WrittenDescription description) => description.AnswerAsync()).AllowAnonymous().ExcludeFromDescription();
        app.MapReference();
        if (forwardHubs)
        {
            app.Map("/hubs/{**path}", (HttpContext context, HubForwarder forwarder) => forwarder.ForwardAsync(context)).RequireAuthorization().DisableRequestTimeout().ExcludeFromDescription();
            // The hub where one base lives: by an address that is routed as everything else of the base.
            app.Map("/api/bases/{baseId}/hubs/{**path}", (string path, HttpContext context, HubForwarder forwarder) =>
            {
                context.Request.Path = $"/hubs/{path}";
                return forwarder.ForwardAsync(context);
            }).RequireAuthorization().DisableRequestTimeout().ExcludeFromDescription();
        }
        app.MapWeb();
        return app;
    }
}
