using System.Text.Json;
using PyBase.Api.Bases;
using PyBase.Api.Errors;
using PyBase.Api.History;
using PyBase.Api.Json;
using PyBase.Api.Records;
using PyBase.Core.Accounts;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.History;
using PyBase.Core.Ids;
using PyBase.Core.Records;
using PyBase.Core.Schema;
using PyBase.Storage.Accounts;
using PyBase.Storage.Schema;
using PyBase.Storage.Trash;

namespace PyBase.Api.Trash;

/// <summary>The trash of a base (records, fields, tables) and of a workspace (bases): what is in it, restore, delete for good.</summary>
static class TrashApi
{
    public static void MapTrash(this IEndpointRouteBuilder app)
    {
        var trash = app.MapGroup("/api/bases/{baseId}/trash").RequireAuthorization().WithTags("Trash");
        trash.MapGet("", List).WithName("ListTrash").WithSummary("Deleted tables and fields of a base, or with ?table= deleted records of a table");
        trash.MapPost("/restore", Restore).WithName("RestoreFromTrash").WithSummary("Restore records {table, records}, a {field} or a {table}, with their ids");
        trash.MapPost("/purge", Purge).WithName("PurgeTrash").WithSummary("Delete records {table, records}, a {field} or a {table} for good");
        var bases = app.MapGroup("/api/workspaces/{workspace}/trash").RequireAuthorization().WithTags("Trash");
        bases.MapGet("", ListBases).WithName("ListDeletedBases").WithSummary("Deleted bases of a workspace");
        bases.MapPost("/{baseId}/restore", RestoreBase).WithName("RestoreBase").WithSummary("Restore a deleted base");
        bases.MapDelete("/{baseId}", PurgeBase).WithName("PurgeBase").WithSummary("Delete a base for good");
    }

    static async Task<IResult> List(string baseId, HttpContext context, BaseDoor door, SchemaStore schemas, TrashReader trash, string? table = null, string? cursor = null)
    {
        if (!(await door.EnterAsync(context, baseId, Permission.WriteRecords)).TryGet(out var visit, out var error))
            return error.ToProblem();
        if (await schemas.FindAsync(baseId, context.RequestAborted) is not { } all)
            return SchemaErrors.ModelNotFound.ToProblem();
        var schema = visit.See(all);
        if (table is null)
            return await ShowAsync(context, baseId, await trash.DefinitionsAsync(schema, context.RequestAborted));
        if (!schema.Get(table).TryGet(out var found, out error))
            return error.ToProblem();
        return await trash.RecordsAsync(schema, found, cursor, context.RequestAborted) is { } page ? await ShowAsync(context, baseId, page) : HistoryErrors.InvalidCursor.ToProblem();
    }

    static Task<IResult> Restore(string baseId, HttpContext context, TrashStore trash) => ActAsync(baseId, context, Permission.WriteRecords, async (body, visit, cancellation) =>
    {
        var origin = visit.Origin("Restore", context);
        if (RecordsIn(body) is { } ids)
        {
            if (!(await trash.RestoreAsync(baseId, body.GetText("table")!, ids, origin, cancellation)).TryGet(out var restored, out var error))
                return error.ToProblem();
            Versions.Show(context, restored.Versions);
            var people = await context.RequestServices.GetRequiredService<BasePeople>().FindAsync(baseId, restored.Left.Select(l => l.By).OfType<string>().Take(100), cancellation);
            return JsonAnswer.Of(json =>
            {
                json.WriteStartObject();
                json.WriteNumber("records", restored.Count);
                UndoApi.WriteLeft(json, [.. restored.Left], people);
                json.WriteEndObject();
            });
        }
        if (!visit.Role.May(Permission.EditSchema))
            return SchemaErrors.NotPermitted.ToProblem();
        if (body.GetText("field") is { } field)
            return (await trash.RestoreFieldAsync(baseId, field, body.GetFlag("withoutConstraints") is not true, origin, cancellation)).TryGet(out var made, out var refused) ? JsonAnswer.Of(json => made.Write(json)) : refused.ToProblem();
        return (await trash.RestoreTableAsync(baseId, body.GetText("table") ?? "", origin, cancellation)).TryGet(out var table, out var no) ? JsonAnswer.Of(json => table.Write(json)) : no.ToProblem();
    });

    static Task<IResult> Purge(string baseId, HttpContext context, TrashStore trash) => ActAsync(baseId, context, Permission.EditSchema, async (body, visit, cancellation) =>
    {
        var origin = visit.Origin("PurgeTrash", context);
        var purged = RecordsIn(body) is { } ids
            ? await trash.PurgeRecordsAsync(baseId, body.GetText("table")!, ids, origin, cancellation)
            : (await trash.PurgeAsync(baseId, body.GetText("field") ?? body.GetText("table") ?? "", origin, cancellation)).Then<int>(_ => 1);
        return purged.TryGet(out var count, out var error) ? Results.Json(new { deleted = count }) : error.ToProblem();
    });

    static async Task<IResult> ActAsync(string baseId, HttpContext context, Permission permission, Func<JsonElement, Visit, CancellationToken, Task<IResult>> act)
    {
        if (!(await context.RequestServices.GetRequiredService<BaseDoor>().EnterAsync(context, baseId, permission)).TryGet(out var visit, out var error))
            return error.ToProblem();
        using var body = await JsonBody.ReadAsync(context);
        return body is null ? RecordErrors.InvalidBody.ToProblem() : await act(body.RootElement, visit, context.RequestAborted);
    }

    /// <summary>The ids of <c>{table, records}</c>; null for anything else.</summary>
    static string[]? RecordsIn(JsonElement body) => body.GetText("table") is not null && body.TryGetList("records", out var records) && records.Count is > 0 and <= TrashStore.MaxRecords
        ? [.. records.Select(r => r.ValueKind is JsonValueKind.String ? r.GetString()! : "").Where(id => Id.Is(id, "rec")).Distinct()] : null;

    static async Task<IResult> ListBases(string workspace, HttpContext context, BaseAccess access, TrashReader trash)
    {
        if (await RefusalAsync(workspace, context, access) is { } refused)
            return refused.ToProblem();
        return await ShowAsync(context, "", await trash.BasesAsync(workspace, context.RequestAborted));
    }

    static async Task<IResult> RestoreBase(string workspace, string baseId, HttpContext context, BaseAccess access, BaseRemoval removal)
    {
        if (await RefusalAsync(workspace, context, access) is { } refused)
            return refused.ToProblem();
        return (await removal.RestoreAsync(baseId, workspace, context.User.CurrentUser().Id, context.RequestAborted)).TryGet(out var name, out var error) ? Results.Json(new { id = baseId, name }) : error.ToProblem();
    }

    static async Task<IResult> PurgeBase(string workspace, string baseId, HttpContext context, BaseAccess access, BaseRemoval removal)
    {
        if (await RefusalAsync(workspace, context, access) is { } refused)
            return refused.ToProblem();
        return await removal.PurgeAsync(baseId, workspace, context.RequestAborted) ? Results.Json(new { id = baseId, deleted = true }) : HistoryErrors.NotInTrash.ToProblem();
    }

    static async Task<Error?> RefusalAsync(string workspace, HttpContext context, BaseAccess access)
    {
        var user = context.User.CurrentUser();
        if (await access.RoleInWorkspaceAsync(user.Id, workspace, context.RequestAborted) is not { } role)
            return SchemaErrors.ModelNotFound;
        return role.May(Permission.EditSchema) && user.Has(Scopes.WriteSchema) ? null : SchemaErrors.NotPermitted;
    }

    static async Task<IResult> ShowAsync(HttpContext context, string baseId, TrashPage page)
    {
        var people = await context.RequestServices.GetRequiredService<BasePeople>().FindAsync(baseId, page.Items.Select(i => i.DeletedBy).OfType<string>(), context.RequestAborted);
        return JsonAnswer.Of(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("items");
            foreach (var item in page.Items)
            {
                json.WriteStartObject();
                json.WriteString("kind", item.Kind);
                json.WriteString("id", item.Id);
                json.WriteString("name", item.Name);
                if (item.TableId is not null)
                    json.WriteString("tableId", item.TableId);
                json.WriteString("deletedTime", HistoryApi.Iso(item.Deleted));
                json.WritePropertyName("deletedBy");
                if (item.DeletedBy is { } by)
                {
                    json.WriteStartObject();
                    json.WriteString("id", by);
                    json.WriteString("name", people.GetValueOrDefault(by)?.Name);
                    json.WriteEndObject();
                }
                else
                    json.WriteNullValue();
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteString("cursor", page.Cursor);
            json.WriteEndObject();
        });
    }
}
