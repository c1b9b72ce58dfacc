using System.Text.Json;
using System.Text.Json.Nodes;
using PyBase.Api.Errors;
using PyBase.Api.Json;
using PyBase.Core.Automations;
using PyBase.Core.Fields;
using PyBase.Core.Records;
using PyBase.Core.Schema;
using PyBase.Storage.Automations;
using PyBase.Storage.Schema;

namespace PyBase.Api.Automations;

/// <summary>What automations did, and doing it by hand.</summary>
static class AutomationRunsApi
{
    public static void MapAutomationRuns(this IEndpointRouteBuilder automations)
    {
        automations.MapGet("/{automation}/runs", List).WithName("ListAutomationRuns").WithSummary("Runs of an automation, newest first").Produces<RunPage>().ProducesProblem(404);
        automations.MapPost("/{automation}/runs", Begin).WithName("RunAutomation").WithSummary("Run an automation now, or try it: a test keeps and sends nothing")
            .Accepts<RunToBegin>("application/json").Produces<BegunRun>(202).ProducesProblem(404).ProducesProblem(422).ProducesProblem(429);
        automations.MapGet("/{automation}/runs/{run}", Get).WithName("GetAutomationRun").WithSummary("A run with what went into each step and what came out").Produces<AutomationRun>().ProducesProblem(404);
        automations.MapPost("/{automation}/runs/{run}/retry", Retry).WithName("RetryAutomationRun").WithSummary("Do a failed run once more, from the step that failed").Produces(202).ProducesProblem(404).ProducesProblem(409);
    }

    static async Task<IResult> List(string baseId, string automation, string? cursor, HttpContext context, RunStore runs)
    {
        if (!(await AutomationsApi.FindAsync(context, baseId, automation)).TryGet(out _, out var error))
            return error.ToProblem();
        return (await runs.ListAsync(automation, cursor, context.RequestAborted)).TryGet(out var page, out error) ? AutomationAnswers.Show(page) : error.ToProblem();
    }

    static async Task<IResult> Get(string baseId, string automation, string run, HttpContext context, RunStore runs, SchemaStore schemas) =>
        !(await AutomationsApi.FindAsync(context, baseId, automation)).TryGet(out _, out var error) ? error.ToProblem()
        : await schemas.FindAsync(baseId, context.RequestAborted) is not { } schema ? SchemaErrors.ModelNotFound.ToProblem()
        : await runs.FindAsync(automation, run, context.RequestAborted) is { } found ? AutomationAnswers.Show(Named(found, new FieldNames(schema))) : AutomationErrors.RunNotFound.ToProblem();

    static AutomationRun Named(AutomationRun run, FieldNames names)
    {
        return run with
        {
            Trigger = Shown(run.Trigger, names.Of),
            Steps = [.. (run.Steps ?? []).Select(step => step with { Input = Shown(step.Input, value => names.Of(step.Kind, value)), Output = Shown(step.Output, value => names.Of(step.Kind, value)) })],
        };

        static JsonElement? Shown(JsonElement? json, Func<JsonNode?, JsonNode?> named) => json is { } value ? JsonSerializer.SerializeToElement(named(JsonNode.Parse(value.GetRawText()))) : null;
    }

    static async Task<IResult> Retry(string baseId, string automation, string run, HttpContext context, RunStore runs) =>
        !(await AutomationsApi.FindAsync(context, baseId, automation)).TryGet(out _, out var error) ? error.ToProblem()
        : await runs.RetryAsync(automation, run, context.RequestAborted) is { } refused ? refused.ToProblem() : Results.StatusCode(StatusCodes.Status202Accepted);

    static async Task<IResult> Begin(string baseId, string automation, HttpContext context, RunStore runs, SchemaStore schemas, AutomationRecords records)
    {
        if (!(await AutomationsApi.FindAsync(context, baseId, automation)).TryGet(out var found, out var error))
            return error.ToProblem();
        using var body = context.Request.ContentLength is 0 ? JsonDocument.Parse("{}") : await JsonBody.ReadAsync(context);
        if (body is null)
            return RecordErrors.InvalidBody.ToProblem();
        var (json, kind, isTest) = (body.RootElement, found.Definition.Trigger.Kind, body.RootElement.GetFlag("test") is true);
        var trigger = new JsonObject { ["kind"] = kind, ["byHand"] = true };
        var record = json.GetText("record");
        if (found.Definition.Trigger.TableId is { } tableId)
        {
            if (record is null)
                return AutomationErrors.RecordNeeded.ToProblem();
            // Who shapes the base is bound by no rule.
            if (await schemas.FindAsync(baseId, context.RequestAborted) is not { } schema || schema.Find(tableId) is not { } table)
                return SchemaErrors.ModelNotFound.ToProblem();
            if (await records.FindAsync(schema, table, null, [record], 1, context.RequestAborted) is not [var shown])
                return SchemaErrors.RecordNotFound.ToProblem();
            (trigger["table"], trigger["record"]) = (new JsonObject { ["id"] = table.Id, ["name"] = table.Name }, shown);
        }
        if (json.TryGet("body", out var sent))
            trigger["body"] = JsonNode.Parse(sent.GetRawText());
        var source = $"{(isTest ? "test" : "hand")}:{Guid.NewGuid():n}";
        return (await runs.BeginAsync(found, source, record, trigger, isTest, context.RequestAborted)).TryGet(out var run, out error)
            ? AutomationAnswers.Show(new BegunRun(run!), StatusCodes.Status202Accepted) : error.ToProblem();
    }
}
