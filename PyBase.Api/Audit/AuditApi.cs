using System.Globalization;
using PyBase.Api.Bases;
using PyBase.Api.Errors;
using PyBase.Api.Operations;
using PyBase.Core.Accounts;
using PyBase.Core.Audit;
using PyBase.Core.Errors;
using PyBase.Core.Schema;
using PyBase.Storage.Accounts;
using PyBase.Storage.Audit;

namespace PyBase.Api.Audit;

/// <summary>The audit log: all of it for the installation's owner, what happened in a workspace or a base for those who run it.</summary>
static class AuditApi
{
    const string Filters = "Filters: act, actor, subject, from, to. Pages go by pageSize and offset; with format=csv all of it as a file.";

    public static void MapAudit(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/audit", All).RequireFullAccess().WithTags("Audit").WithName("ListAudit").WithSummary("What was done in the installation, newest first").WithDescription(Filters);
        app.MapGet("/api/workspaces/{workspace}/audit", OfWorkspace).RequireFullAccess().WithTags("Audit").WithName("ListWorkspaceAudit").WithSummary("What was done in a workspace and its bases, newest first").WithDescription(Filters);
        app.MapGet("/api/bases/{baseId}/audit", OfBase).RequireFullAccess().WithTags("Audit").WithName("ListBaseAudit").WithSummary("What was done in a base, newest first").WithDescription(Filters);
    }

    static async Task<IResult> All(HttpContext context, AuditLog log) =>
        context.User.CurrentUser().IsInstallationOwner ? await ShowAsync(context, log, context.Request.Query["workspace"], context.Request.Query["base"]) : OperationsErrors.OwnerOnly.ToProblem();

    static async Task<IResult> OfWorkspace(string workspace, HttpContext context, AuditLog log) =>
        await context.RequestServices.GetRequiredService<BaseAccess>().RoleInWorkspaceAsync(context.User.CurrentUser().Id, workspace, context.RequestAborted) is not { } role ? AccountErrors.WorkspaceNotFound.ToProblem()
        : role.May(Permission.ManageMembers) ? await ShowAsync(context, log, workspace, context.Request.Query["base"]) : SchemaErrors.NotPermitted.ToProblem();

    static async Task<IResult> OfBase(string baseId, HttpContext context, AuditLog log) =>
        (await context.RequestServices.GetRequiredService<BaseDoor>().EnterAsync(context, baseId, Permission.EditSchema)).TryGet(out _, out var error) ? await ShowAsync(context, log, null, baseId) : error.ToProblem();

    static async Task<IResult> ShowAsync(HttpContext context, AuditLog log, string? workspace, string? baseId)
    {
        if (!Read(context.Request.Query, workspace, baseId).TryGet(out var asked, out var error))
            return error.ToProblem();
        if (context.Request.Query["format"] == "csv")
            return Results.Stream(output => AuditCsv.WriteAsync(log, asked.Query, output, context.RequestAborted), "text/csv; charset=utf-8", "audit.csv");
        var found = await log.ListAsync(asked.Query, asked.Count + 1, context.RequestAborted);
        var shown = found.Take(asked.Count).ToList();
        return Results.Json(new AuditPage([.. shown.Select(AuditBody.Of)], found.Count > asked.Count ? shown[^1].Number.ToString(CultureInfo.InvariantCulture) : null));
    }

    static Result<(AuditQuery Query, int Count)> Read(IQueryCollection query, string? workspace, string? baseId)
    {
        string? text(string name) => query[name].ToString() is { Length: > 0 and <= 100 } value ? value : null;
        var (from, to, count, before) = ((DateTimeOffset?)null, (DateTimeOffset?)null, 100, (long?)null);
        foreach (var name in (string[])["from", "to"])
            if (query[name].ToString() is { Length: > 0 } moment)
                if (!DateTimeOffset.TryParse(moment, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
                    return AuditErrors.Invalid($"{name} is a moment such as 2026-11-23T12:00:00Z");
                else if (name == "from")
                    from = at;
                else
                    to = at;
        if (query["pageSize"].ToString() is { Length: > 0 } size && (!int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out count) || count is < 1 or > AuditQuery.MaxPage))
            return AuditErrors.Invalid($"pageSize is 1 to {AuditQuery.MaxPage}");
        if (query["offset"].ToString() is { Length: > 0 } offset)
            before = long.TryParse(offset, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        if (query["offset"].ToString().Length > 0 && before is null)
            return AuditErrors.Invalid("offset is what the page before said");
        return new AuditQuery(string.IsNullOrEmpty(workspace) ? null : workspace, string.IsNullOrEmpty(baseId) ? null : baseId, text("act"), text("actor"), text("subject"), from, to, before)
            .Check().Then<(AuditQuery, int)>(asked => (asked, count));
    }
}
