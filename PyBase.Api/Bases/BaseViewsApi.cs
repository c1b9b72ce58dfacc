using PyBase.Api.Errors;
using PyBase.Api.Json;
using PyBase.Core.Accounts;
using PyBase.Core.Errors;
using PyBase.Core.Schema;
using PyBase.Core.Views;
using PyBase.Storage.Schema;
using PyBase.Storage.Views;

namespace PyBase.Api.Bases;

/// <summary>Views of a base, in Airtable's metadata form.</summary>
static class BaseViewsApi
{
    public static void MapBaseViews(this RouteGroupBuilder v0)
    {
        var views = v0.MapGroup("/meta/bases/{baseId}/views").WithTags("Bases");
        views.MapGet("", List).WithName("ListBaseViews").WithSummary("All views of a base");
        views.MapGet("/{view}", Get).WithName("GetBaseView").WithSummary("A view");
        views.MapDelete("/{view}", Remove).WithName("DeleteBaseView").WithSummary("Delete a view, but never a table's last");
    }

    static async Task<IResult> List(string baseId, HttpContext context) => (await FindAsync(baseId, context)).TryGet(out var schema, out var error)
        ? JsonAnswer.Of(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("views");
            foreach (var table in schema.Tables)
                foreach (var view in table.Views)
                    view.Write(json, view.Settings.Fields(table));
            json.WriteEndArray();
            json.WriteEndObject();
        })
        : error.ToAirtable();

    static async Task<IResult> Get(string baseId, string view, HttpContext context)
    {
        if (!(await FindAsync(baseId, context)).TryGet(out var schema, out var error))
            return error.ToAirtable();
        if (schema.Tables.FirstOrDefault(table => table.Views.Any(v => v.Id == view)) is not { } table)
            return ViewErrors.NotFound.ToAirtable();
        var found = table.FindView(view)!;
        return JsonAnswer.Of(json => found.Write(json, found.Settings.Fields(table)));
    }

    static async Task<IResult> Remove(string baseId, string view, HttpContext context, BaseDoor door, BaseStore bases)
    {
        if (!(await door.EnterAsync(context, baseId, Permission.EditSchema)).TryGet(out var visit, out var error))
            return error.ToAirtable();
        var removed = await bases.EditAsync(baseId, visit.Origin("RemoveView", context), _ => true,
            editor => editor.Schema.Tables.FirstOrDefault(table => table.Views.Any(v => v.Id == view)) is { } table
                ? new ViewEditor(editor.Transaction).RemoveAsync(table.Id, view, context.RequestAborted)
                : Task.FromResult<Result<View>>(ViewErrors.NotFound), context.RequestAborted);
        return removed.TryGet(out _, out error) ? Results.Json(new { id = view, deleted = true }) : error.ToAirtable();
    }

    static async Task<Result<BaseSchema>> FindAsync(string baseId, HttpContext context)
    {
        var services = context.RequestServices;
        if (!(await services.GetRequiredService<BaseDoor>().EnterAsync(context, baseId, Permission.ReadRecords, Scopes.ReadSchema)).TryGet(out var visit, out var error))
            return error;
        return await services.GetRequiredService<SchemaStore>().FindAsync(baseId, context.RequestAborted) is { } schema ? visit.See(schema) : SchemaErrors.ModelNotFound;
    }
}
