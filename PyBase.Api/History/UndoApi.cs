using System.Text.Json;
using PyBase.Api.Bases;
using PyBase.Api.Errors;
using PyBase.Api.Json;
using PyBase.Api.Records;
using PyBase.Core.Accounts;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Records;
using PyBase.Storage.Accounts;
using PyBase.Storage.History;

namespace PyBase.Api.History;

/// <summary>Undo and redo of one's own actions.</summary>
static class UndoApi
{
    /// <summary>Most things that an answer says were left.</summary>
    const int MaxLeft = 100;

    public static void MapUndo(this IEndpointRouteBuilder app)
    {
        var bases = app.MapGroup("/api/bases/{baseId}").RequireAuthorization().WithTags("History");
        bases.MapPost("/undo", Undo).WithName("Undo").WithSummary("Take one's last action back, or a group, mutation or transaction; what others have built on is left");
        bases.MapPost("/redo", Redo).WithName("Redo").WithSummary("Do again what one has undone last");
    }

    static Task<IResult> Undo(string baseId, HttpContext context) => RunAsync(baseId, isRedo: false, context);

    static Task<IResult> Redo(string baseId, HttpContext context) => RunAsync(baseId, isRedo: true, context);

    static async Task<IResult> RunAsync(string baseId, bool isRedo, HttpContext context)
    {
        var services = context.RequestServices;
        if (!(await services.GetRequiredService<BaseDoor>().EnterAsync(context, baseId, Permission.WriteRecords)).TryGet(out var visit, out var error))
            return error.ToProblem();
        using var body = context.Request.ContentLength is 0 ? JsonDocument.Parse("{}") : await JsonBody.ReadAsync(context);
        if (body is null)
            return RecordErrors.InvalidBody.ToProblem();
        long? transaction = body.RootElement.TryGet("transaction", out var number) && number.ValueKind is JsonValueKind.Number && number.TryGetInt64(out var n) ? n : null;
        var spec = new UndoSpec(isRedo, body.RootElement.GetText("group"), body.RootElement.GetText("mutation"), transaction);
        var done = await services.GetRequiredService<UndoStore>().RunAsync(baseId, spec, visit.Role.May(Permission.EditSchema), visit.Origin(isRedo ? "Redo" : "Undo", context), context.RequestAborted);
        if (!done.TryGet(out var answer, out error))
            return error.ToProblem();
        Versions.Show(context, answer.Versions);
        var left = answer.Undone.SelectMany(u => u.Effect.Left).ToList();
        var people = await services.GetRequiredService<BasePeople>().FindAsync(baseId, left.Take(MaxLeft).Select(l => l.By).OfType<string>(), context.RequestAborted);
        return JsonAnswer.Of(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray(isRedo ? "redone" : "undone");
            foreach (var action in answer.Undone)
            {
                json.WriteStartObject();
                json.WriteNumber("transaction", action.Transaction);
                json.WriteString("command", action.Command);
                json.WriteString("time", HistoryApi.Iso(action.Time));
                json.WriteNumber("recordsRestored", action.Effect.Restored);
                json.WriteNumber("recordsDeleted", action.Effect.Deleted);
                json.WriteNumber("cells", action.Effect.Cells);
                json.WriteNumber("links", action.Effect.Links);
                json.WriteNumber("definitions", action.Effect.Definitions);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            WriteLeft(json, left, people);
            json.WriteBoolean("hasMore", answer.HasMore);
            json.WriteEndObject();
        });
    }

    internal static void WriteLeft(Utf8JsonWriter json, List<Left> left, IReadOnlyDictionary<string, BasePerson> people)
    {
        json.WriteNumber("leftCount", left.Count);
        json.WriteStartArray("left");
        foreach (var item in left.Take(MaxLeft))
        {
            json.WriteStartObject();
            json.WriteString("tableId", item.TableId);
            if (item.RecordId is not null)
                json.WriteString("recordId", item.RecordId);
            if (item.FieldId is not null)
                json.WriteString("fieldId", item.FieldId);
            json.WriteString("reason", item.Reason);
            if (item.By is { } by)
            {
                json.WriteStartObject("by");
                json.WriteString("id", by);
                json.WriteString("name", people.GetValueOrDefault(by)?.Name);
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
