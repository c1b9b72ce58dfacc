using System.Text.Json;
using System.Text.Json.Nodes;
using PyBase.Api.Errors;
using PyBase.Api.Json;
using PyBase.Core.Accounts;
using PyBase.Core.Errors;
using PyBase.Core.Schema;
using PyBase.Storage.Schema;

namespace PyBase.Api.Bases;

/// <summary>Views of a base, in Airtable's metadata form.</summary>
static class ViewsApi
{
    public static void MapViews(this RouteGroupBuilder v0)
    {
        var views = v0.MapGroup("/meta/bases/{baseId}/views").WithTags("Bases");
        views.MapGet("", List).WithName("ListViews").WithSummary("All views of a base");
        views.MapGet("/{view}", Get).WithName("GetView").WithSummary("A view");
        views.MapDelete("/{view}", Remove).WithName("DeleteView").WithSummary("Delete a view, but never a table's last");
    }

    static async Task<IResult> List(string baseId, HttpContext context) => (await FindAsync(baseId, context)).TryGet(out var schema, out var error)
        ? JsonAnswer.Of(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("views");
            foreach (var table in schema.Tables)
                foreach (var view in WithVisibleFields(table)["views"]!.AsArray())
                    view!.WriteTo(json);
            json.WriteEndArray();
            json.WriteEndObject();
        })
        : error.ToAirtable();

    static async Task<IResult> Get(string baseId, string view, HttpContext context) => !(await FindAsync(baseId, context)).TryGet(out var schema, out var error) ? error.ToAirtable()
        : schema.Tables.FirstOrDefault(table => table.Views.Any(v => v.Id == view)) is not { } table ? SchemaErrors.ViewNotFound.ToAirtable()
        : JsonAnswer.Of(json => WithVisibleFields(table)["views"]!.AsArray().Single(v => (string?)v!["id"] == view)!.WriteTo(json));

    static async Task<IResult> Remove(string baseId, string view, HttpContext context, BaseDoor door, BaseStore bases)
    {
        if (!(await door.EnterAsync(context, baseId, Permission.EditSchema)).TryGet(out var visit, out var error))
            return error.ToAirtable();
        var removed = await bases.EditAsync(baseId, visit.Origin("RemoveView", context), _ => true, editor => ViewRemoval.RemoveAsync(editor, view, context.RequestAborted), context.RequestAborted);
        return removed.TryGet(out _, out error) ? Results.Json(new { id = view, deleted = true }) : error.ToAirtable();
    }

    static async Task<Result<BaseSchema>> FindAsync(string baseId, HttpContext context)
    {
        var services = context.RequestServices;
        if (!(await services.GetRequiredService<BaseDoor>().EnterAsync(context, baseId, Permission.ReadRecords, Scopes.ReadSchema)).TryGet(out _, out var error))
            return error;
        return await services.GetRequiredService<SchemaStore>().FindAsync(baseId, context.RequestAborted) is { } schema ? schema : SchemaErrors.ModelNotFound;
    }

    /// <summary>The table with what each of its grids shows: all fields, in the table's order.</summary>
    public static JsonNode WithVisibleFields(Table table)
    {
        using var written = new MemoryStream();
        using (var json = new Utf8JsonWriter(written))
            table.Write(json);
        var node = JsonNode.Parse(written.ToArray())!;
        foreach (var view in node["views"]!.AsArray())
            if ((string?)view!["type"] == "grid" && view["visibleFieldIds"] is null)
                view["visibleFieldIds"] = new JsonArray([.. table.Fields.Select(field => (JsonNode)field.Id)]);
        return node;
    }
}
