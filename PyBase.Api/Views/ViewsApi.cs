using System.Text.Json;
using PyBase.Api.Bases;
using PyBase.Api.Errors;
using PyBase.Api.Json;
using PyBase.Core.Accounts;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Records;
using PyBase.Core.Schema;
using PyBase.Core.Views;
using PyBase.Storage.Records;
using PyBase.Storage.Schema;
using PyBase.Storage.Views;

namespace PyBase.Api.Views;

/// <summary>Views of a table and their settings.</summary>
static class ViewsApi
{
    public static void MapViews(this IEndpointRouteBuilder app)
    {
        var views = app.MapGroup("/api/bases/{baseId}/tables/{table}/views").RequireAuthorization().WithTags("Views");
        views.MapGet("", List).WithName("ListViews").WithSummary("Views of a table with their settings");
        views.MapPost("", Create).WithName("CreateView").WithSummary("Create a view");
        views.MapGet("/{view}", Get).WithName("GetView").WithSummary("A view with its settings");
        views.MapPatch("/{view}", Change).WithName("ChangeView").WithSummary("Rename, lock or unlock a view, make it personal or everybody's, or change its settings, each of which replaces the one of the same name");
        views.MapDelete("/{view}", Remove).WithName("DeleteView").WithSummary("Delete a view; a table keeps at least one");
        views.MapPost("/{view}/duplicate", Duplicate).WithName("DuplicateView").WithSummary("Make another view like this one");
        views.MapPost("/{view}/move", Move).WithName("MoveView").WithSummary("Put a view before another, or last");
    }

    static async Task<IResult> List(string baseId, string table, HttpContext context) =>
        (await FindAsync(context, baseId, table)).TryGet(out var found, out var error)
            ? JsonAnswer.Of(json =>
            {
                json.WriteStartObject();
                json.WriteStartArray("views");
                foreach (var view in found.Views)
                    Write(json, view);
                json.WriteEndArray();
                json.WriteEndObject();
            })
            : error.ToProblem();

    static async Task<IResult> Get(string baseId, string table, string view, HttpContext context) =>
        (await FindAsync(context, baseId, table)).Then<View>(t => t.FindView(PathName.Of(view)) is { } found ? found : ViewErrors.NotFound).TryGet(out var shown, out var error)
            ? JsonAnswer.Of(json => Write(json, shown))
            : error.ToProblem();

    static Task<IResult> Create(string baseId, string table, HttpContext context) => EditAsync(context, baseId, table, "AddView", StatusCodes.Status201Created,
        (editor, found, body, cancellation) => editor.AddAsync(found.Id, body.GetText("type") ?? "grid", ViewChange.Read(body), cancellation));

    static Task<IResult> Change(string baseId, string table, string view, HttpContext context) => EditAsync(context, baseId, table, "ChangeView", StatusCodes.Status200OK,
        (editor, found, body, cancellation) => editor.ChangeAsync(found.Id, PathName.Of(view), ViewChange.Read(body), cancellation));

    static Task<IResult> Duplicate(string baseId, string table, string view, HttpContext context) => EditAsync(context, baseId, table, "AddView", StatusCodes.Status201Created,
        (editor, found, body, cancellation) => editor.DuplicateAsync(found.Id, PathName.Of(view), body.GetText("name")?.Trim(), cancellation));

    static Task<IResult> Move(string baseId, string table, string view, HttpContext context) => EditAsync(context, baseId, table, "MoveView", StatusCodes.Status200OK,
        (editor, found, body, cancellation) => editor.MoveAsync(found.Id, PathName.Of(view), body.GetText("before"), cancellation));

    static Task<IResult> Remove(string baseId, string table, string view, HttpContext context) => EditAsync(context, baseId, table, "RemoveView", StatusCodes.Status200OK,
        (editor, found, _, cancellation) => editor.RemoveAsync(found.Id, PathName.Of(view), cancellation));

    static async Task<IResult> EditAsync(HttpContext context, string baseId, string table, string command, int status,
        Func<ViewEditor, Table, JsonElement, CancellationToken, Task<Result<View>>> edit)
    {
        var services = context.RequestServices;
        // Editors have views of their own; the statement that acts knows whose the view is.
        if (!(await services.GetRequiredService<BaseDoor>().EnterAsync(context, baseId, Permission.WriteRecords, Scopes.WriteSchema)).TryGet(out var visit, out var error))
            return error.ToProblem();
        // To delete or to duplicate nothing need be said.
        var isSilent = HttpMethods.IsDelete(context.Request.Method) || context.Request.ContentLength is 0;
        using var body = isSilent ? JsonDocument.Parse("{}") : await JsonBody.ReadAsync(context);
        if (body is null)
            return RecordErrors.InvalidBody.ToProblem();
        var name = PathName.Of(table);
        var done = await services.GetRequiredService<BaseStore>().EditAsync(baseId, visit.Origin(command, context), schema => schema.Get(name).Then<bool>(_ => true),
            editor => edit(new ViewEditor(editor.Transaction), editor.Schema.Find(name)!, body.RootElement, context.RequestAborted), context.RequestAborted);
        if (!done.TryGet(out var view, out error))
            return error.ToProblem();
        context.Response.StatusCode = status;
        return command == "RemoveView" ? Results.Json(new { id = view.Id, deleted = true }) : JsonAnswer.Of(json => Write(json, view));
    }

    static async Task<Result<Table>> FindAsync(HttpContext context, string baseId, string table)
    {
        var services = context.RequestServices;
        if (!(await services.GetRequiredService<BaseDoor>().EnterAsync(context, baseId, Permission.ReadRecords, Scopes.ReadSchema)).TryGet(out var visit, out var error))
            return error;
        return await services.GetRequiredService<SchemaStore>().FindAsync(baseId, context.RequestAborted) is { } schema ? visit.See(schema).Get(PathName.Of(table)) : SchemaErrors.ModelNotFound;
    }

    /// <summary><c>{id,name,type,personal,locked,settings}</c></summary>
    static void Write(Utf8JsonWriter json, View view)
    {
        json.WriteStartObject();
        json.WriteString("id", view.Id);
        json.WriteString("name", view.Name);
        json.WriteString("type", view.Type);
        json.WriteBoolean("personal", view.OwnerId is not null);
        json.WriteBoolean("locked", view.IsLocked);
        json.WritePropertyName("settings");
        json.WriteRawValue(view.Settings.Json ?? "{}");
        json.WriteEndObject();
    }
}
