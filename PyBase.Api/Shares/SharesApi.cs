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
using PyBase.Core.Shares;
using PyBase.Core.Views;
using PyBase.Storage.Dashboards;
using PyBase.Storage.Schema;
using PyBase.Storage.Shares;

namespace PyBase.Api.Shares;

/// <summary>Links of a base, for who shapes it.</summary>
static class SharesApi
{
    public static void MapShares(this IEndpointRouteBuilder app)
    {
        var shares = app.MapGroup("/api/bases/{baseId}/shares").RequireAuthorization().WithTags("Shares");
        shares.MapGet("", List).WithName("ListShareLinks").WithSummary("Links to views, forms and dashboards; of each only what it leads to, never the link");
        shares.MapPost("", Create).WithName("CreateShareLink").WithSummary("Make a link to a view, form or dashboard for who has no account; the link is shown this once");
        shares.MapPatch("/{share}", Change).WithName("ChangeShareLink").WithSummary("Give a link another end or another password, or with null none; who came by the old password gives the new one");
        shares.MapDelete("/{share}", Revoke).WithName("RevokeShareLink").WithSummary("End a link at once");
    }

    static async Task<IResult> List(string baseId, HttpContext context, BaseDoor door, ShareStore shares) =>
        (await door.EnterAsync(context, baseId, Permission.EditSchema, Scopes.ReadSchema)).TryGet(out _, out var error)
            ? Results.Json(new { shares = (await shares.ListAsync(baseId, context.RequestAborted)).Select(Body) })
            : error.ToProblem();

    /// <summary><c>{view|dashboard,password?,expires?}</c></summary>
    static async Task<IResult> Create(string baseId, HttpContext context, BaseDoor door, ShareStore shares, SchemaStore schemas, IConfiguration configuration)
    {
        if (!(await door.EnterAsync(context, baseId, Permission.EditSchema)).TryGet(out var visit, out var error))
            return error.ToProblem();
        using var body = await JsonBody.ReadAsync(context);
        if (body is null)
            return RecordErrors.InvalidBody.ToProblem();
        var json = body.RootElement;
        if (await schemas.FindAsync(baseId, context.RequestAborted) is not { } schema)
            return SchemaErrors.ModelNotFound.ToProblem();
        if (!(await ThingAsync(json, visit.See(schema), context)).TryGet(out var thing, out error) || !Terms(json).TryGet(out var terms, out error))
            return error.ToProblem();
        var made = await shares.AddAsync(baseId, thing.Kind, thing.Id, terms.Password, terms.Expires, visit.UserId, context.RequestAborted);
        if (!made.TryGet(out var share, out error))
            return error.ToProblem();
        var origin = configuration["Public:Url"] is { Length: > 0 } url ? url.TrimEnd('/') : $"{context.Request.Scheme}://{context.Request.Host}";
        return Results.Json(new { share = Body(share.Share), token = share.Secret, url = $"{origin}/share/{share.Secret}" }, statusCode: StatusCodes.Status201Created);
    }

    static async Task<IResult> Revoke(string baseId, string share, HttpContext context, BaseDoor door, ShareStore shares) =>
        !(await door.EnterAsync(context, baseId, Permission.EditSchema)).TryGet(out var visit, out var error) ? error.ToProblem()
        : await shares.RevokeAsync(baseId, share, visit.UserId, context.RequestAborted) ? Results.Json(new { id = share, revoked = true })
        : ShareErrors.Unknown.ToProblem();

    /// <summary><c>{password?,expires?}</c></summary>
    static async Task<IResult> Change(string baseId, string share, HttpContext context, BaseDoor door, ShareStore shares)
    {
        if (!(await door.EnterAsync(context, baseId, Permission.EditSchema)).TryGet(out var visit, out var error))
            return error.ToProblem();
        using var body = await JsonBody.ReadAsync(context);
        if (body is null)
            return RecordErrors.InvalidBody.ToProblem();
        return Terms(body.RootElement).TryGet(out var terms, out error) && (await shares.ChangeAsync(baseId, share, terms, visit.UserId, context.RequestAborted)).TryGet(out var changed, out error)
            ? Results.Json(Body(changed)) : error.ToProblem();
    }

    static Result<ShareTerms> Terms(JsonElement json)
    {
        DateTimeOffset? expires = null;
        if (json.TryGet("expires", out var until) && until.ValueKind is not JsonValueKind.Null)
        {
            if (until.ValueKind is not JsonValueKind.String || !until.TryGetDateTimeOffset(out var moment))
                return ShareErrors.Invalid("expires is a moment such as 2026-12-31T23:00:00Z");
            expires = moment;
        }
        return json.TryGet("password", out var given) && given.ValueKind is not (JsonValueKind.Null or JsonValueKind.String) ? ShareErrors.Invalid("password is a text")
            : new ShareTerms(json.GetText("password"), given.ValueKind is not JsonValueKind.Undefined, expires);
    }

    /// <summary>A view that the user sees, or a dashboard, by id.</summary>
    static async Task<Result<(ShareKind Kind, string Id)>> ThingAsync(JsonElement json, BaseSchema seen, HttpContext context) =>
        json.GetText("dashboard") is { } named ? await context.RequestServices.GetRequiredService<DashboardStore>().FindAsync(seen.Id, named, context.RequestAborted) is { } dashboard
            ? (ShareKind.Dashboard, dashboard.Id) : DashboardErrors.NotFound
        : json.GetText("view") is not { } id ? ShareErrors.Invalid("it names the id of a view or of a dashboard")
        : seen.Tables.SelectMany(t => t.Views).FirstOrDefault(v => v.Id == id) is { } view
            ? (view.Type == "form" ? ShareKind.Form : ShareKind.View, view.Id)
            : ViewErrors.NotFound;

    static object Body(Share share) => new
    {
        id = share.Id, kind = Share.NameOf(share.Kind), view = share.Kind is ShareKind.Dashboard ? null : share.ThingId, dashboard = share.Kind is ShareKind.Dashboard ? share.ThingId : null,
        hasPassword = share.HasPassword, createdBy = share.CreatedBy, createdTime = share.CreatedTime, expires = share.Expires, revoked = share.Revoked,
    };
}
