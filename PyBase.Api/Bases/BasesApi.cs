using System.Security.Claims;
using System.Text.Json;
using PyBase.Api.Errors;
using PyBase.Api.Json;
using PyBase.Api.Records;
using PyBase.Core.Accounts;
using PyBase.Core.Changes;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Records;
using PyBase.Core.Schema;
using PyBase.Storage.Accounts;
using PyBase.Storage.Changes;
using PyBase.Storage.Constraints;
using PyBase.Storage.Schema;
using PyBase.Storage.Trash;

namespace PyBase.Api.Bases;

/// <summary>Bases, tables and fields: Airtable's metadata API.</summary>
static class BasesApi
{
    /// <summary>Bases of a page, as in Airtable.</summary>
    const int PageSize = 1_000;

    public static void MapBases(this RouteGroupBuilder v0)
    {
        var meta = v0.MapGroup("/meta").WithTags("Bases");
        meta.MapGet("/whoami", WhoAmI).WithName("WhoAmI").WithSummary("The user of the token");
        meta.MapGet("/bases", List).WithName("ListBases").WithSummary("The bases that the user may enter");
        meta.MapPost("/bases", Create).WithName("CreateBase").WithSummary("Create a base with its tables");
        meta.MapGet("/bases/{baseId}/tables", ListTables).WithName("ListTables").WithSummary("Tables, fields and views of a base");
        meta.MapPost("/bases/{baseId}/tables", CreateTable).WithName("CreateTable").WithSummary("Create a table");
        meta.MapDelete("/bases/{baseId}/tables/{table}", RemoveTable).WithName("DeleteTable").WithSummary("Delete a table with its records");
        meta.MapPatch("/bases/{baseId}/tables/{table}", ChangeTable).WithName("ChangeTable").WithSummary("Rename or describe a table");
        meta.MapPost("/bases/{baseId}/tables/{table}/fields", CreateField).WithName("CreateField").WithSummary("Create a field");
        meta.MapPatch("/bases/{baseId}/tables/{table}/fields/{field}", ChangeField).WithName("ChangeField").WithSummary("Rename, describe or constrain a field; other options for a computed one, other choices for a select");
        meta.MapDelete("/bases/{baseId}/tables/{table}/fields/{field}", RemoveField).WithName("RemoveField").WithSummary("Delete a field with its cells");
    }

    static IResult WhoAmI(ClaimsPrincipal principal)
    {
        var user = principal.CurrentUser();
        var scopes = user.Scopes ?? Scopes.All;
        return user.Has(Scopes.ReadEmail) ? Results.Json(new { id = user.Id, email = user.Email, scopes }) : Results.Json(new { id = user.Id, scopes });
    }

    static async Task<IResult> List(ClaimsPrincipal principal, BaseAccess access, CancellationToken cancellation, string? offset = null)
    {
        var user = principal.CurrentUser();
        if (!user.Has(Scopes.ReadSchema))
            return SchemaErrors.NotPermitted.ToAirtable();
        if (!(await access.BasesOfAsync(user.Id, PageSize, offset, cancellation)).TryGet(out var page, out var error))
            return error.ToAirtable();
        var bases = page.Bases.Select(b => new { id = b.Id, name = b.Name, permissionLevel = b.Role.PermissionLevel(), workspaceId = b.WorkspaceId });
        return page.Offset is null ? Results.Json(new { bases }) : Results.Json(new { bases, offset = page.Offset });
    }

    static async Task<IResult> Create(HttpContext context, BaseAccess access, BaseStore bases)
    {
        using var body = await JsonBody.ReadAsync(context);
        if (body is null)
            return RecordErrors.InvalidBody.ToAirtable();
        var json = body.RootElement;
        var user = context.User.CurrentUser();
        var name = json.GetText("name")?.Trim() ?? "";
        if (name.Length is 0 or > TableSpec.MaxName)
            return SchemaErrors.BaseNeedsName.ToAirtable();
        if (json.GetText("workspaceId") is not { } workspace || await access.RoleInWorkspaceAsync(user.Id, workspace, context.RequestAborted) is not { } role)
            return SchemaErrors.ModelNotFound.ToAirtable();
        if (!role.May(Permission.EditSchema) || !user.Has(Scopes.WriteSchema))
            return SchemaErrors.NotPermitted.ToAirtable();
        if (json.TryGetList("tables", out var asked) && asked.Count > TableSpec.MaxTablesAtOnce)
            return SchemaErrors.TooManyTables.ToAirtable();
        var tables = new List<TableSpec>();
        foreach (var item in asked ?? [])
        {
            if (!TableSpec.Read(item).TryGet(out var table, out var error))
                return error.ToAirtable();
            tables.Add(table);
        }
        if (!TableSpec.IdIn(json, "app").TryGet(out var id, out var invalid) && invalid is not null)
            return invalid.ToAirtable();
        var made = await bases.CreateAsync(workspace, name, tables, new Origin(user.Id, "CreateBase"), context.RequestAborted, id);
        return made.TryGet(out var schema, out var refused) ? JsonAnswer.Of(json => WriteTables(json, schema, schema.Id)) : refused.ToAirtable();
    }

    static async Task<IResult> ListTables(string baseId, HttpContext context, BaseDoor door, SchemaStore schemas, FeedReader feed)
    {
        if (!(await door.EnterAsync(context, baseId, Permission.ReadRecords, Scopes.ReadSchema)).TryGet(out var visit, out var error))
            return error.ToAirtable();
        // The version first: what it is the version of may be newer, never older, so a listener misses nothing.
        var heads = await feed.HeadsAsync([baseId], context.RequestAborted);
        context.Response.Headers["PyBase-Version"] = $"{baseId}={heads.GetValueOrDefault(baseId)}";
        return await schemas.FindAsync(baseId, context.RequestAborted) is { } schema
            ? JsonAnswer.Of(json => WriteTables(json, visit.See(schema), null, context.Request.Query["include"].Concat(context.Request.Query["include[]"]).Any(i => i?.Contains("visibleFieldIds", StringComparison.Ordinal) is true)))
            : SchemaErrors.ModelNotFound.ToAirtable();
    }

    static Task<IResult> CreateTable(string baseId, HttpContext context) => EditAsync(baseId, context, "AddTable", _ => true,
        (editor, body, cancellation) => TableSpec.Read(body).TryGet(out var spec, out var error)
            ? editor.AddTableAsync(spec, cancellation)
            : Task.FromResult<Result<Table>>(error),
        (table, json) => table.Write(json));

    static Task<IResult> ChangeTable(string baseId, string table, HttpContext context) => EditAsync(baseId, context, "ChangeTable", schema => schema.Get(PathName.Of(table)).Then<bool>(_ => true),
        (editor, body, cancellation) => Describes(body).Then(_ => NameOf(body)).TryGet(out var name, out var error)
            ? Task.FromResult(editor.ChangeTable(editor.Schema.Find(PathName.Of(table))!.Id, name, body.GetText("description")))
            : Task.FromResult<Result<Table>>(error),
        (changed, json) => changed.SeenBy(context.User.CurrentUser().Id).Write(json));

    static Task<IResult> CreateField(string baseId, string table, HttpContext context) => EditAsync(baseId, context, "AddField", schema => schema.Get(PathName.Of(table)).Then<bool>(_ => true),
        (editor, body, cancellation) => FieldSpec.Read(body).TryGet(out var spec, out var error)
            ? editor.AddFieldAsync(editor.Schema.Find(PathName.Of(table))!.Id, spec, cancellation)
            : Task.FromResult<Result<Field>>(error),
        (field, json) => field.Write(json));

    static async Task<IResult> ChangeField(string baseId, string table, string field, HttpContext context, BaseDoor door, ConstraintStore constraints, BaseStore bases)
    {
        if (!(await door.EnterAsync(context, baseId, Permission.EditSchema)).TryGet(out var visit, out var error))
            return error.ToAirtable();
        using var read = await JsonBody.ReadAsync(context);
        if (read is null)
            return RecordErrors.InvalidBody.ToAirtable();
        var (body, origin, tableName, fieldName) = (read.RootElement, visit.Origin("ChangeField", context), PathName.Of(table), PathName.Of(field));
        if (!Describes(body).Then(_ => NameOf(body)).TryGet(out var name, out error) && error is not null)
            return error.ToAirtable();
        Task<Result<Field>> Change(SchemaEditor editor) => editor.ChangeFieldAsync(
            editor.Schema.Find(tableName)!.Id, fieldName, name, body.GetText("description"), body.TryGet("options", out var options) ? options : default, context.RequestAborted);
        var done = body.TryGet("constraints", out var asked)
            ? await constraints.SetAsync(baseId, tableName, fieldName, asked, origin, context.RequestAborted, Change)
            : await bases.EditAsync(baseId, origin, schema => schema.Get(tableName).Then<bool>(_ => true), Change, context.RequestAborted);
        return done.TryGet(out var changed, out error) ? JsonAnswer.Of(json => changed.Write(json)) : error.ToAirtable();
    }

    static Task<IResult> RemoveField(string baseId, string table, string field, HttpContext context) => EditAsync(baseId, context, "RemoveField", schema => schema.Get(PathName.Of(table)).Then<bool>(_ => true),
        (editor, _, cancellation) => editor.RemoveFieldAsync(editor.Schema.Find(PathName.Of(table))!.Id, PathName.Of(field), cancellation),
        (gone, json) =>
        {
            json.WriteStartObject();
            json.WriteString("id", gone.Id);
            json.WriteBoolean("deleted", true);
            json.WriteEndObject();
        }, hasBody: false);

    static async Task<IResult> EditAsync<T>(string baseId, HttpContext context, string command, Func<BaseSchema, Result<bool>> check,
        Func<SchemaEditor, JsonElement, CancellationToken, Task<Result<T>>> edit, Action<T, Utf8JsonWriter> write, bool hasBody = true)
    {
        var services = context.RequestServices;
        if (!(await services.GetRequiredService<BaseDoor>().EnterAsync(context, baseId, Permission.EditSchema)).TryGet(out var visit, out var error))
            return error.ToAirtable();
        using var body = hasBody ? await JsonBody.ReadAsync(context) : JsonDocument.Parse("{}");
        if (body is null)
            return RecordErrors.InvalidBody.ToAirtable();
        var done = await services.GetRequiredService<BaseStore>().EditAsync(baseId, visit.Origin(command, context), check,
            editor => edit(editor, body.RootElement, context.RequestAborted), context.RequestAborted);
        return done.TryGet(out var made, out error) ? JsonAnswer.Of(json => write(made, json)) : error.ToAirtable();
    }

    static Result<bool> Describes(JsonElement body) => TableSpec.DescriptionIn(body).Then<bool>(_ => true);

    /// <summary>Null when the body names none.</summary>
    static Result<string?> NameOf(JsonElement body) => !body.TryGet("name", out _) ? (string?)null
        : body.GetText("name")?.Trim() is { Length: > 0 and <= TableSpec.MaxName } name ? name
        : FieldErrors.NameTaken("");

    static async Task<IResult> RemoveTable(string baseId, string table, HttpContext context, BaseDoor door, BaseStore bases)
    {
        if (!(await door.EnterAsync(context, baseId, Permission.EditSchema)).TryGet(out var visit, out var error))
            return error.ToAirtable();
        var id = "";
        var removed = await bases.EditAsync<bool>(baseId, visit.Origin("RemoveTable", context), schema => schema.Get(PathName.Of(table)).Then<bool>(found => (id = found.Id) is not null), async editor =>
        {
            return await new TrashEditor(editor).RemoveTableAsync(id, context.RequestAborted) is { } refused ? refused : true;
        }, context.RequestAborted);
        return removed.TryGet(out _, out error) ? Results.Json(new { id, deleted = true }) : error.ToAirtable();
    }

    static void WriteTables(Utf8JsonWriter json, BaseSchema schema, string? id, bool withVisibleFields = false)
    {
        json.WriteStartObject();
        if (id is not null)
            json.WriteString("id", id);
        json.WriteStartArray("tables");
        foreach (var table in schema.Tables)
            table.Write(json, withVisibleFields);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
