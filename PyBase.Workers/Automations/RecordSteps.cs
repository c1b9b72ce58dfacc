using System.Text.Json;
using System.Text.Json.Nodes;
using PyBase.Core.Accounts;
using PyBase.Core.Automations;
using PyBase.Core.Errors;
using PyBase.Core.Queries;
using PyBase.Core.Records;
using PyBase.Core.Schema;
using PyBase.Storage.Automations;
using PyBase.Storage.Records;

namespace PyBase.Workers.Automations;

/// <summary>Writes by the command that a click would be, with the owner's rights: once, however often the step is tried.</summary>
abstract class RecordStep(string kind) : IAutomationStep
{
    public string Kind => kind;

    public async Task<StepOutcome> RunAsync(StepContext step)
    {
        if (!step.Owner.Role.May(Permission.WriteRecords))
            return StepOutcome.Failed(SchemaErrors.NotPermitted);
        return (await WriteAsync(step, step.Text("table"), step.Text("record"))).TryGet(out var written, out var error)
            ? new StepOutcome(written.Json.Length == 0 ? new JsonObject { ["id"] = step.Text("record") } : JsonNode.Parse(written.Json.Span)![0]!.DeepClone())
            : StepOutcome.Failed(error);
    }

    protected abstract Task<Result<WrittenRecords>> WriteAsync(StepContext step, string table, string record);

    protected static JsonElement Cells(StepContext step) => JsonSerializer.SerializeToElement(step.Input["fields"] as JsonObject ?? []);
}

sealed class CreateRecordStep(RecordStore records, AutomationRecords shown) : RecordStep(ActionKind.CreateRecord)
{
    protected override Task<Result<WrittenRecords>> WriteAsync(StepContext step, string table, string record) =>
        records.WriteAsync(step.Whole.Id, table, [new RecordInput(null, Cells(step))], step.Options(shown.Format), step.Origin, step.Cancellation);
}

sealed class UpdateRecordStep(RecordStore records, AutomationRecords shown) : RecordStep(ActionKind.UpdateRecord)
{
    protected override Task<Result<WrittenRecords>> WriteAsync(StepContext step, string table, string record) =>
        records.WriteAsync(step.Whole.Id, table, [new RecordInput(record, Cells(step))], step.Options(shown.Format), step.Origin, step.Cancellation);
}

sealed class DeleteRecordStep(RecordStore records) : RecordStep(ActionKind.DeleteRecord)
{
    protected override Task<Result<WrittenRecords>> WriteAsync(StepContext step, string table, string record) =>
        records.DeleteAsync(step.Whole.Id, table, [record], step.Origin, step.Cancellation, step.Key);
}

sealed class LinkRecordsStep(RecordStore records, AutomationRecords shown) : RecordStep(ActionKind.LinkRecords)
{
    protected override Task<Result<WrittenRecords>> WriteAsync(StepContext step, string table, string record) => records.LinkAsync(
        step.Whole.Id, table, record, step.Text("field"), step.Texts("records"), adds: step.Text("mode") is not "remove", step.Options(shown.Format) with { Typecast = false }, step.Origin, step.Cancellation);
}

/// <summary>Looks for records, as a list with a filter would.</summary>
sealed class FindRecordsStep(AutomationRecords records) : IAutomationStep
{
    const int Most = 100;

    public string Kind => ActionKind.FindRecords;

    public async Task<StepOutcome> RunAsync(StepContext step)
    {
        if (step.Seen.Find(step.Text("table")) is not { } table)
            return StepOutcome.Failed(SchemaErrors.ModelNotFound);
        if (!new FilterScope(table, step.Run.Automation.Definition.Trigger.TimeZone).Read(JsonSerializer.SerializeToElement(step.Input["filter"])).TryGet(out var filter, out var error) && error is not null)
            return StepOutcome.Failed(error);
        var limit = int.TryParse(step.Text("max"), out var asked) ? Math.Clamp(asked, 1, Most) : Most;
        var found = await records.FindAsync(step.Seen, table, filter, null, limit, step.Cancellation);
        return new StepOutcome(new JsonObject { ["records"] = new JsonArray([.. found]), ["count"] = found.Count });
    }
}
