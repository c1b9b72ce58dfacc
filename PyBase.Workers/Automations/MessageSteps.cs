using System.Text.Json.Nodes;
using PyBase.Core.Automations;
using PyBase.Core.Ids;
using PyBase.Storage.Automations;

namespace PyBase.Workers.Automations;

/// <summary>Leaves mails for the queue <c>email</c>.</summary>
sealed class SendEmailStep(AutomationMessages messages) : IAutomationStep
{
    const int MaxPeople = 20, MaxSubject = 500, MaxBody = 100_000;

    public string Kind => ActionKind.SendEmail;

    public async Task<StepOutcome> RunAsync(StepContext step)
    {
        var (to, subject, body) = (step.Texts("to"), step.Text("subject"), step.Text("body"));
        if (to.Count is 0 or > MaxPeople || to.FirstOrDefault(address => !address.Contains('@', StringComparison.Ordinal) || address.Length > 320 || address.Any(char.IsControl)) is not null)
            return StepOutcome.Failed("invalid-recipients", $"A mail goes to 1 to {MaxPeople} addresses.");
        if (subject.Length > MaxSubject || body.Length > MaxBody)
            return StepOutcome.Failed("mail-too-long", $"A subject has at most {MaxSubject} characters, a mail {MaxBody:N0}.");
        var reason = $"The automation \"{step.Run.Automation.Definition.Name}\" wrote this for {step.Owner.Email}.";
        var ids = step.Run.IsTest ? [] : await messages.MailAsync(step.Delivery, to, subject, body, reason, step.Cancellation);
        return new StepOutcome(new JsonObject { ["mails"] = new JsonArray([.. ids.Select(id => JsonValue.Create(id))]), ["sent"] = !step.Run.IsTest });
    }
}

/// <summary>Tells members of the workspace, by id or address.</summary>
sealed class NotifyStep(AutomationMessages messages) : IAutomationStep
{
    const int MaxText = 2_000;

    public string Kind => ActionKind.Notify;

    public async Task<StepOutcome> RunAsync(StepContext step)
    {
        var (people, text) = (step.Texts("people"), step.Text("text"));
        if (text.Length is 0 or > MaxText)
            return StepOutcome.Failed("invalid-notification", $"A notification has 1 to {MaxText:N0} characters.");
        var (table, record) = (Template.Find(step.Run.Trigger, "table.id")?.GetValue<string>(), Template.Find(step.Run.Trigger, "record.id")?.GetValue<string>());
        var told = step.Run.IsTest ? 0 : await messages.NotifyAsync(step.Whole.Id, step.Delivery, people, text, table, Id.Is(record, "rec") ? record : null, step.Cancellation);
        return new StepOutcome(new JsonObject { ["told"] = told });
    }
}
