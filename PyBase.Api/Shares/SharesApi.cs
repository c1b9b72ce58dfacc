using System.Text.Json;
using PyBase.Api.Bases;
using PyBase.Api.Errors;
using PyBase.Api.Json;
using PyBase.Core.Accounts;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Records;
using PyBase.Core.Schema;
using PyBase.Core.Shares;
using PyBase.Core.Views;
using PyBase.Storage.Schema;
using PyBase.Storage.Shares;

namespace PyBase.Api.Shares;

/// <summary>Links of a base, for who shapes it.</summary>
static class SharesApi
{
    public static void MapShares(this IEndpointRouteBuilder app)
    {
        var shares = app.MapGroup("/api/bases/{baseId}/shares").RequireAuthorization().WithTags("Shares");
        shares.MapGet("", List).WithName("ListShareLinks").WithSummary("Links to views and forms; of each only what it leads to, never the link");
        shares.MapPost("", Create).WithName("CreateShareLink").WithSummary("Make a link to a view or form for who has no account; the link is shown this once");
        shares.MapDelete("/{share}", Revoke).WithName("RevokeShareLink").WithSummary("End a link at once");
    }

    static async Task<IResult> List(string baseId, HttpContext context, BaseDoor door, ShareStore shares) =>
        (await door.EnterAsync(context, baseId, Permission.EditSchema, Scopes.ReadSchema)).TryGet(out _, out var error)
            ? Results.Json(new { shares = (await shares.ListAsync(baseId, context.RequestAborted)).Select(Body) })
            : error.ToProblem();

    /// <summary><c>{view,password?,expires?}</c></summary>
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
        if (!Thing(json, visit.See(schema)).TryGet(out var thing, out error))
            return error.ToProblem();
        DateTimeOffset? expires = null;
        if (json.TryGet("expires", out var until) && until.ValueKind is not JsonValueKind.Null)
        {
            if (until.ValueKind is not JsonValueKind.String || !until.TryGetDateTimeOffset(out var moment))
                return ShareErrors.Invalid("expires is a moment such as 2026-12-31T23:00:00Z").ToProblem();
            expires = moment;
        }
        if (json.TryGet("password", out var given) && given.ValueKind is not (JsonValueKind.Null or JsonValueKind.String))
            return ShareErrors.Invalid("password is a text").ToProblem();
        var made = await shares.AddAsync(baseId, thing.Kind, thing.Id, json.GetText("password"), expires, visit.UserId, context.RequestAborted);
        if (!made.TryGet(out var share, out error))
            return error.ToProblem();
        var origin = configuration["Public:Url"] is { Length: > 0 } url ? url.TrimEnd('/') : $"{context.Request.Scheme}://{context.Request.Host}";
        return Results.Json(new { share = Body(share.Share), token = share.Secret, url = $"{origin}/share/{share.Secret}" }, statusCode: StatusCodes.Status201Created);
    }

    static async Task<IResult> Revoke(string baseId, string share, HttpContext context, BaseDoor door, ShareStore shares) =>
        !(await door.EnterAsync(context, baseId, Permission.EditSchema)).TryGet(out var visit, out var error) ? error.ToProblem()
        : await shares.RevokeAsync(baseId, share, visit.UserId, context.RequestAborted) ? Results.Json(new { id = share, revoked = true })
        : ShareErrors.Unknown.ToProblem();

    /// <summary>A view that the user sees, by id.</summary>
    static Result<(ShareKind Kind, string Id)> Thing(JsonElement json, BaseSchema seen) =>
        json.GetText("view") is not { } id ? ShareErrors.Invalid("it names the id of a view")
        : seen.Tables.SelectMany(t => t.Views).FirstOrDefault(v => v.Id == id) is { } view
            ? (view.Type == "form" ? ShareKind.Form : ShareKind.View, view.Id)
            : ViewErrors.NotFound;

    static object Body(Share share) => new
    {
        id = share.Id, kind = Share.NameOf(share.Kind), view = share.ViewId,
        hasPassword = share.HasPassword, createdBy = share.CreatedBy, createdTime = share.CreatedTime, expires = share.Expires, revoked = share.Revoked,
    };
}
