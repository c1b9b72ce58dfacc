using System.Globalization;
using System.Security.Claims;
using System.Text.Json;
using PyBase.Api.Errors;
using PyBase.Api.Json;
using PyBase.Core.Accounts;
using PyBase.Core.Fields;
using PyBase.Core.Records;
using PyBase.Core.Schema;
using PyBase.Core.Shares;
using PyBase.Storage.Accounts;
using PyBase.Storage.Schema;
using PyBase.Storage.Shares;
using Npgsql;

namespace PyBase.Api.Bases;

/// <summary>One base or workspace as a whole: who is in it, what it is called, and its end.</summary>
static class BaseApi
{
    public static void MapBase(this RouteGroupBuilder v0)
    {
        var meta = v0.MapGroup("/meta").WithTags("Bases");
        meta.MapGet("/bases/{baseId}", Get).WithName("GetBase").WithSummary("A base, with include=collaborators, inviteLinks or interfaces");
        meta.MapPatch("/bases/{baseId}", Rename).WithName("ChangeBase").WithSummary("Rename a base");
        meta.MapDelete("/bases/{baseId}", Remove).WithName("DeleteBase").WithSummary("Delete a base with everything in it");
        meta.MapGet("/bases/{baseId}/shares", Shares).WithName("ListShares").WithSummary("Links under which parts of a base are shared");
        meta.MapGet("/workspaces/{workspace}", Workspace).WithName("GetWorkspace").WithSummary("A workspace, its bases and members");
    }

    static async Task<IResult> Get(string baseId, HttpContext context, BaseDoor door, BaseAccess access, Members members)
    {
        if (!(await door.EnterAsync(context, baseId, Permission.ReadRecords, Scopes.ReadSchema)).TryGet(out var visit, out var error))
            return error.ToAirtable();
        if (await access.FindBaseAsync(visit.UserId, baseId, context.RequestAborted) is not { } found)
            return SchemaErrors.ModelNotFound.ToAirtable();
        var include = context.Request.Query["include"].Concat(context.Request.Query["include[]"]).SelectMany(names => (names ?? "").Split(',')).ToHashSet();
        var people = include.Overlaps(["collaborators", "inviteLinks"]) ? (await members.ListAsync(visit.UserId, found.WorkspaceId, context.RequestAborted)).Value : null;
        return JsonAnswer.Of(json =>
        {
            json.WriteStartObject();
            json.WriteString("id", found.Id);
            json.WriteString("name", found.Name);
            json.WriteString("createdTime", Iso(found.CreatedTime));
            json.WriteString("permissionLevel", found.Role.PermissionLevel());
            json.WriteString("workspaceId", found.WorkspaceId);
            if (include.Contains("collaborators"))
                WriteCollaborators(json, people!);
            if (include.Contains("inviteLinks"))
                WriteInvitations(json, people!);
            if (include.Contains("interfaces"))
            {
                json.WriteStartObject("interfaces");
                json.WriteEndObject();
            }
            json.WriteEndObject();
        });
    }

    static async Task<IResult> Workspace(string workspace, ClaimsPrincipal principal, BaseAccess access, Members members, CancellationToken cancellation)
    {
        var user = principal.CurrentUser();
        if (await access.FindWorkspaceAsync(user.Id, workspace, cancellation) is not { } found)
            return SchemaErrors.ModelNotFound.ToAirtable();
        if (!user.Has(Scopes.ReadSchema))
            return SchemaErrors.NotPermitted.ToAirtable();
        if (!(await members.ListAsync(user.Id, workspace, cancellation)).TryGet(out var people, out _))
            return SchemaErrors.ModelNotFound.ToAirtable();
        return JsonAnswer.Of(json =>
        {
            json.WriteStartObject();
            json.WriteString("id", workspace);
            json.WriteString("name", found.Name);
            json.WriteString("createdTime", Iso(found.CreatedTime));
            json.WriteStartArray("baseIds");
            foreach (var id in found.Bases)
                json.WriteStringValue(id);
            json.WriteEndArray();
            WriteCollaborators(json, people);
            WriteInvitations(json, people);
            json.WriteEndObject();
        });
    }

    static async Task<IResult> Rename(string baseId, HttpContext context, BaseDoor door, NpgsqlDataSource catalog)
    {
        if (!(await door.EnterAsync(context, baseId, Permission.EditSchema)).TryGet(out var visit, out var error))
            return error.ToAirtable();
        using var body = await JsonBody.ReadAsync(context);
        if (body is null)
            return RecordErrors.InvalidBody.ToAirtable();
        if (body.RootElement.GetText("name")?.Trim() is not { Length: > 0 and <= TableSpec.MaxName } name)
            return SchemaErrors.BaseNeedsName.ToAirtable();
        await using var connection = await catalog.OpenConnectionAsync(context.RequestAborted);
        return await CatalogBases.RenameAsync(connection, null, visit.UserId, baseId, name, context.RequestAborted)
            ? Results.Json(new { id = baseId, name }) : SchemaErrors.NotPermitted.ToAirtable();
    }

    static async Task<IResult> Remove(string baseId, HttpContext context, BaseDoor door, BaseRemoval removal)
    {
        if (!(await door.EnterAsync(context, baseId, Permission.EditSchema)).TryGet(out var visit, out var error))
            return error.ToAirtable();
        return (await removal.RemoveAsync(baseId, visit.UserId, context.RequestAborted)).TryGet(out _, out error) ? Results.Json(new { id = baseId, deleted = true }) : error.ToAirtable();
    }

    static async Task<IResult> Shares(string baseId, HttpContext context, BaseDoor door, ShareStore shares) =>
        (await door.EnterAsync(context, baseId, Permission.EditSchema, Scopes.ReadSchema)).TryGet(out _, out var error)
            ? Results.Json(new
            {
                shares = (await shares.ListAsync(baseId, context.RequestAborted)).Where(s => s.Revoked is null && s.Kind is not ShareKind.Dashboard).Select(s => new
                {
                    shareId = s.Id, type = Share.NameOf(s.Kind), viewId = s.ThingId, state = "enabled", createdByUserId = s.CreatedBy,
                    createdTime = Iso(s.CreatedTime), isPasswordProtected = s.HasPassword,
                }),
            })
            : error.ToAirtable();

    /// <summary>People are members of the workspace, and so of each base in it; there are no groups.</summary>
    static void WriteCollaborators(Utf8JsonWriter json, Membership people)
    {
        json.WriteStartObject("individualCollaborators");
        json.WriteStartArray("baseCollaborators");
        json.WriteEndArray();
        json.WriteStartArray("workspaceCollaborators");
        foreach (var member in people.Members)
        {
            json.WriteStartObject();
            json.WriteString("userId", member.Id);
            json.WriteString("email", member.Email);
            json.WriteString("name", member.Name);
            json.WriteString("permissionLevel", member.Role is Role.Owner ? "owner" : member.Role.PermissionLevel());
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartObject("groupCollaborators");
        json.WriteStartArray("baseCollaborators");
        json.WriteEndArray();
        json.WriteStartArray("workspaceCollaborators");
        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void WriteInvitations(Utf8JsonWriter json, Membership people)
    {
        json.WriteStartObject("inviteLinks");
        json.WriteStartArray("baseInviteLinks");
        json.WriteEndArray();
        json.WriteStartArray("workspaceInviteLinks");
        foreach (var invitation in people.Invitations)
        {
            json.WriteStartObject();
            json.WriteString("id", invitation.Id);
            json.WriteString("type", "singleUse");
            json.WriteString("invitedEmail", invitation.Email);
            json.WriteString("permissionLevel", invitation.Role is Role.Owner ? "owner" : invitation.Role.PermissionLevel());
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    static string Iso(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
