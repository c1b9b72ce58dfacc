using System.Text.Json;
using System.Text.Json.Nodes;
using PyBase.Api.Bases;
using PyBase.Api.Errors;
using PyBase.Api.Shares;
using PyBase.Core.Accounts;
using PyBase.Core.Automations;
using PyBase.Core.Errors;
using PyBase.Core.Schema;
using PyBase.Storage.Automations;

namespace PyBase.Api.Automations;

/// <summary>Where others begin automations: a person who presses a button, and a system that knows an address.</summary>
static class AutomationDoorsApi
{
    /// <summary>What the address of a hook begins with; its last part is the secret.</summary>
    public const string Hooks = "/api/automation-hooks";

    const int MaxBody = 256 << 10, MaxKey = 255;

    public static void MapAutomationDoors(this IEndpointRouteBuilder app)
    {
        app.MapPost("/api/bases/{baseId}/tables/{table}/records/{id}/press/{field}", Press).RequireAuthorization().WithTags("Automations").WithName("PressButton")
            .WithSummary("Press a button of a record: what it begins is answered by run").Produces<BegunRuns>(202).ProducesProblem(404);
        app.MapPost(Hooks + "/{token}", Receive).AllowAnonymous().WithTags("Automations").WithName("ReceiveAutomationHook")
            .WithSummary("Begin an automation from another system; with an Idempotency-Key a second time changes nothing").Produces<BegunRun>(202).ProducesProblem(404).ProducesProblem(429);
    }

    static async Task<IResult> Press(string baseId, string table, string id, string field, HttpContext context, TableDoor door, AutomationStore automations, AutomationRecords records, RunStore runs)
    {
        if (!(await door.FindAsync(context, baseId, table, Permission.WriteRecords)).TryGet(out var found, out var error))
            return error.ToProblem();
        // A record or a button that the person does not see is none they press.
        if (found.Table.Find(PathName.Of(field)) is not { } button || await records.FindAsync(found.Schema, found.Table, null, [id], 1, context.RequestAborted) is not [_])
            return SchemaErrors.RecordNotFound.ToProblem();
        var begun = new List<string>();
        foreach (var automation in await automations.OfButtonAsync(baseId, button.Id, context.RequestAborted))
        {
            // What the automation finds is what its owner sees.
            if (await records.SeenAsync(automation, found.Table.Id, id, context.RequestAborted) is not { } shown)
                continue;
            var trigger = new JsonObject
            {
                ["kind"] = TriggerKind.ButtonClicked, ["table"] = new JsonObject { ["id"] = found.Table.Id, ["name"] = found.Table.Name }, ["record"] = shown,
                ["by"] = new JsonObject { ["id"] = found.Reader.UserId, ["email"] = found.Reader.Email },
            };
            if (!(await runs.BeginAsync(automation, $"button:{Guid.NewGuid():n}", id, trigger, isTest: false, context.RequestAborted)).TryGet(out var run, out error))
                return error.ToProblem();
            begun.Add(run!);
        }
        return AutomationAnswers.Show(new BegunRuns(begun), StatusCodes.Status202Accepted);
    }

    static async Task<IResult> Receive(string token, HttpContext context, AutomationStore automations, RunStore runs, ShareLimits limits)
    {
        if (limits.Begin(context.Connection.RemoteIpAddress, sendsForm: false) is { } wait)
        {
            ShareLimits.Say(context, wait);
            return AutomationErrors.TooManyRuns.ToProblem();
        }
        if (await automations.FindByHookAsync(token, context.RequestAborted) is not { } automation)
            return AutomationErrors.HookNotFound.ToProblem();
        if (!(await BodyAsync(context)).TryGet(out var body, out var error) && error is not null)
            return error.ToProblem();
        var key = context.Request.Headers["Idempotency-Key"].ToString();
        var source = $"hook:{(key.Length is 0 or > MaxKey ? Guid.NewGuid().ToString("n") : key)}";
        var trigger = new JsonObject { ["kind"] = TriggerKind.WebhookReceived, ["body"] = body };
        return (await runs.BeginAsync(automation, source, null, trigger, isTest: false, context.RequestAborted)).TryGet(out var run, out error)
            ? AutomationAnswers.Show(new BegunRun(run!), StatusCodes.Status202Accepted) : error.ToProblem();
    }

    /// <summary>JSON as it is, anything else as text.</summary>
    static async Task<Result<JsonNode?>> BodyAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var buffer = new char[MaxBody + 1];
        var length = await reader.ReadBlockAsync(buffer, context.RequestAborted);
        if (length > MaxBody)
            return AutomationErrors.HookTooLarge(MaxBody);
        var text = new string(buffer, 0, length).Replace("\0", "", StringComparison.Ordinal);
        try
        {
            return text.Length == 0 ? (JsonNode?)null : JsonNode.Parse(text.Replace("\\u0000", "", StringComparison.Ordinal));
        }
        catch (JsonException)
        {
            return JsonValue.Create(text);
        }
    }
}
