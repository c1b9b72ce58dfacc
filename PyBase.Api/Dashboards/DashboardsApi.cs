using System.Text.Json;
using PyBase.Api.Bases;
using PyBase.Api.Errors;
using PyBase.Api.Json;
using PyBase.Core.Accounts;
using PyBase.Core.Dashboards;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Records;
using PyBase.Core.Schema;
using PyBase.Storage.Dashboards;
using PyBase.Storage.Schema;

namespace PyBase.Api.Dashboards;

/// <summary>Dashboards of a base: made by those who shape it, read by everybody in it, each by what they may see.</summary>
static class DashboardsApi
{
    public static void MapDashboards(this IEndpointRouteBuilder app)
    {
        var dashboards = app.MapGroup("/api/bases/{baseId}/dashboards").RequireAuthorization().WithTags("Dashboards");
        dashboards.MapGet("", List).WithName("ListDashboards").WithSummary("Dashboards of a base, without their widgets");
        dashboards.MapPost("", Create).WithName("CreateDashboard").WithSummary("Make a dashboard: {name, description?, widgets?}");
        dashboards.MapPost("/preview", Preview).WithName("PreviewWidget").WithSummary("What a widget would show that is not saved, which is the body");
        dashboards.MapGet("/{dashboard}", Get).WithName("GetDashboard").WithSummary("A dashboard with its widgets");
        dashboards.MapPatch("/{dashboard}", Change).WithName("ChangeDashboard").WithSummary("Change name, description or all widgets; with version only if nobody else has since");
        dashboards.MapDelete("/{dashboard}", Remove).WithName("DeleteDashboard").WithSummary("Delete a dashboard; links to it lead nowhere from then on");
        dashboards.MapPost("/{dashboard}/duplicate", Duplicate).WithName("DuplicateDashboard").WithSummary("Make another dashboard like this one");
        dashboards.MapGet("/{dashboard}/widgets/{widget}/data", Data).WithName("GetWidgetData").WithSummary("What a widget shows to whoever asks");
    }

    static async Task<IResult> List(string baseId, HttpContext context, BaseDoor door, DashboardStore dashboards) =>
        (await door.EnterAsync(context, baseId, Permission.ReadRecords, Scopes.ReadSchema)).TryGet(out _, out var error)
            ? Results.Json(new
            {
                dashboards = (await dashboards.ListAsync(baseId, context.RequestAborted)).Select(d => new { id = d.Id, name = d.Name, description = d.Description, widgetCount = d.Widgets.Count, version = d.Version }),
            })
            : error.ToProblem();

    static async Task<IResult> Get(string baseId, string dashboard, HttpContext context)
    {
        if (!(await FindAsync(context, baseId, dashboard, Permission.ReadRecords, Scopes.ReadSchema)).TryGet(out var place, out var error))
            return error.ToProblem();
        return Show(place.Dashboard, place);
    }

    static async Task<IResult> Create(string baseId, HttpContext context, DashboardStore dashboards)
    {
        if (!(await EnterAsync(context, baseId, Permission.EditSchema)).TryGet(out var place, out var error))
            return error.ToProblem();
        using var body = await JsonBody.ReadAsync(context);
        if (body is null)
            return RecordErrors.InvalidBody.ToProblem();
        if (!DashboardChange.Read(body.RootElement, place.Seen, null).TryGet(out var asked, out error)
            || !(await dashboards.AddAsync(baseId, asked, place.Visit.UserId, context.RequestAborted)).TryGet(out var made, out error))
            return error.ToProblem();
        context.Response.StatusCode = StatusCodes.Status201Created;
        return Show(made, place);
    }

    static async Task<IResult> Change(string baseId, string dashboard, HttpContext context, DashboardStore dashboards)
    {
        if (!(await FindAsync(context, baseId, dashboard, Permission.EditSchema)).TryGet(out var place, out var error))
            return error.ToProblem();
        using var body = await JsonBody.ReadAsync(context);
        if (body is null)
            return RecordErrors.InvalidBody.ToProblem();
        return DashboardChange.Read(body.RootElement, place.Seen, place.Dashboard).TryGet(out var asked, out error)
            && (await dashboards.ChangeAsync(baseId, dashboard, asked, place.Visit.UserId, context.RequestAborted)).TryGet(out var changed, out error) ? Show(changed, place) : error.ToProblem();
    }

    static async Task<IResult> Remove(string baseId, string dashboard, HttpContext context, BaseDoor door, DashboardStore dashboards) =>
        !(await door.EnterAsync(context, baseId, Permission.EditSchema)).TryGet(out var visit, out var error) ? error.ToProblem()
        : await dashboards.RemoveAsync(baseId, dashboard, visit.UserId, context.RequestAborted) ? Results.Json(new { id = dashboard, deleted = true })
        : DashboardErrors.NotFound.ToProblem();

    static async Task<IResult> Duplicate(string baseId, string dashboard, HttpContext context, DashboardStore dashboards)
    {
        if (!(await FindAsync(context, baseId, dashboard, Permission.EditSchema)).TryGet(out var place, out var error)
            || !(await dashboards.DuplicateAsync(place.Dashboard, place.Visit.UserId, context.RequestAborted)).TryGet(out var made, out error))
            return error.ToProblem();
        context.Response.StatusCode = StatusCodes.Status201Created;
        return Show(made, place);
    }

    static Task<IResult> Data(string baseId, string dashboard, string widget, HttpContext context) => Planned.AnswerAsync(async () =>
    {
        if (!(await FindAsync(context, baseId, dashboard, Permission.ReadRecords)).TryGet(out var place, out var error))
            return error.ToProblem();
        return place.Dashboard.Find(widget) is not { } found ? DashboardErrors.WidgetNotFound.ToProblem()
            : WidgetQuestion.Plan(found.Json, place.Seen).TryGet(out var asked, out _) ? await AnswerAsync(context, place, asked) : WidgetAnswers.Broken;
    });

    static async Task<IResult> Preview(string baseId, HttpContext context)
    {
        using var body = await JsonBody.ReadAsync(context);
        return await Planned.AnswerAsync(async () =>
        {
            if (!(await EnterAsync(context, baseId, Permission.ReadRecords)).TryGet(out var place, out var error))
                return error.ToProblem();
            if (body is null)
                return RecordErrors.InvalidBody.ToProblem();
            return WidgetQuestion.Plan(body.RootElement, place.Seen).TryGet(out var asked, out error) ? await AnswerAsync(context, place, asked) : error.ToProblem();
        });
    }

    static async Task<IResult?> AnswerAsync(HttpContext context, Place place, WidgetQuestion asked)
    {
        var refused = (Error?)null;
        return await context.RequestServices.GetRequiredService<WidgetAnswers>().ShowAsync(context, BaseDoor.AskerOf(context), place.Seen, asked, isForStrangers: false, entry =>
            (refused = BaseDoor.Refuse(context, entry, Permission.ReadRecords)) is null
            // With another role other rules bind.
            && (entry.Epoch, entry.SchemaVersion, entry.Role) == (place.Seen.Epoch, place.Seen.Version, place.Visit.Role)) ?? refused?.ToProblem();
    }

    /// <summary>Somebody in a base, with its definitions as they may know them.</summary>
    record Place(Visit Visit, BaseSchema Seen);

    sealed record Found(Visit Visit, BaseSchema Seen, Dashboard Dashboard) : Place(Visit, Seen);

    static async Task<Result<Place>> EnterAsync(HttpContext context, string baseId, Permission permission, string? scope = null)
    {
        var services = context.RequestServices;
        if (!(await services.GetRequiredService<BaseDoor>().EnterAsync(context, baseId, permission, scope)).TryGet(out var visit, out var error))
            return error;
        return await services.GetRequiredService<SchemaStore>().FindAsync(baseId, context.RequestAborted) is { } schema ? new Place(visit, visit.See(schema)) : SchemaErrors.ModelNotFound;
    }

    static async Task<Result<Found>> FindAsync(HttpContext context, string baseId, string dashboard, Permission permission, string? scope = null)
    {
        if (!(await EnterAsync(context, baseId, permission, scope)).TryGet(out var place, out var error))
            return error;
        return await context.RequestServices.GetRequiredService<DashboardStore>().FindAsync(baseId, dashboard, context.RequestAborted) is { } found
            ? new Found(place.Visit, place.Seen, found) : DashboardErrors.NotFound;
    }

    static IResult Show(Dashboard dashboard, Place place)
    {
        var shapes = !place.Visit.Reader.IsBound;
        return JsonAnswer.Of(json =>
        {
            json.WriteStartObject();
            json.WriteString("id", dashboard.Id);
            json.WriteString("name", dashboard.Name);
            json.WriteString("description", dashboard.Description);
            json.WriteNumber("version", dashboard.Version);
            json.WriteStartArray("widgets");
            foreach (var widget in dashboard.Widgets)
                widget.Write(json, place.Seen, isWhole: shapes);
            json.WriteEndArray();
            json.WriteString("createdBy", dashboard.CreatedBy);
            json.WriteString("createdTime", dashboard.CreatedTime);
            json.WriteEndObject();
        });
    }
}
