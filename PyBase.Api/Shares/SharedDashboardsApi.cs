using System.Text.Json;
using PyBase.Api.Bases;
using PyBase.Api.Dashboards;
using PyBase.Api.Errors;
using PyBase.Api.Json;
using PyBase.Core.Dashboards;
using PyBase.Core.Schema;
using PyBase.Core.Shares;
using PyBase.Storage.Dashboards;

namespace PyBase.Api.Shares;

/// <summary>A dashboard at the end of a link: what its widgets show, without the conditions that they go by, and nothing else of the base.</summary>
static class SharedDashboardsApi
{
    static readonly string[] Seen = ["id", "type", "title", "place", "chart", "text", "groups", "aggregates", "x", "y", "fields", "options"];

    public static void MapSharedDashboards(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/shares/{token}/widgets/{widget}/data", Data).AllowAnonymous().WithTags("Shares").WithName("GetSharedWidgetData").WithSummary("What a widget of a shared dashboard shows");

    /// <summary><c>{kind, name, expires, description, widgets}</c></summary>
    public static async Task<IResult> ShowAsync(ShareVisit visit, DashboardStore dashboards, CancellationToken cancellation)
    {
        if (await dashboards.FindAsync(visit.Share.BaseId, visit.Share.ThingId, cancellation) is not { } dashboard)
            return ShareErrors.NotFound.ToProblem();
        return JsonAnswer.Of(json =>
        {
            json.WriteStartObject();
            json.WriteString("kind", Share.NameOf(visit.Share.Kind));
            json.WriteString("name", dashboard.Name);
            json.WriteString("expires", visit.Share.Expires);
            json.WriteString("description", dashboard.Description);
            json.WriteStartArray("widgets");
            foreach (var widget in dashboard.Widgets)
            {
                json.WriteStartObject();
                foreach (var property in widget.Json.EnumerateObject().Where(p => Seen.Contains(p.Name)))
                    property.WriteTo(json);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    static Task<IResult> Data(string token, string widget, HttpContext context, ShareDoor door) => Planned.AnswerAsync(() => DataOnceAsync(token, widget, context, door));

    static async Task<IResult?> DataOnceAsync(string token, string widget, HttpContext context, ShareDoor door)
    {
        if (!(await door.EnterAsync(context, token, ShareKind.Dashboard)).TryGet(out var visit, out var error))
            return error.ToProblem();
        var services = context.RequestServices;
        if (await services.GetRequiredService<DashboardStore>().FindAsync(visit.Share.BaseId, visit.Share.ThingId, context.RequestAborted) is not { } dashboard)
            return ShareErrors.NotFound.ToProblem();
        var seen = visit.Schema.SeenBy(null);
        return dashboard.Find(widget) is not { } found ? DashboardErrors.WidgetNotFound.ToProblem()
            : !WidgetQuestion.Plan(found.Json, seen).TryGet(out var asked, out _) ? WidgetAnswers.Broken
            : await services.GetRequiredService<WidgetAnswers>().ShowAsync(context, visit.Working.Asker, seen, asked, isForStrangers: true,
                entry => (entry.Epoch, entry.SchemaVersion) == (seen.Epoch, seen.Version));
    }
}
