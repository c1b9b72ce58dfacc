using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using PyBase.Core.Changes;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Jobs;
using PyBase.Core.Permissions;
using PyBase.Core.Schema;
using PyBase.Storage.Automations;
using PyBase.Storage.Records;

namespace PyBase.Workers.Automations;

/// <summary>What an action works with.</summary>
/// <param name="Run">The run.</param>
/// <param name="Step">The action's place in it.</param>
/// <param name="Owner">Whose rights it has.</param>
/// <param name="Whole">The base, as the system knows it; the writer finds for itself what the owner may.</param>
/// <param name="Seen">The base as the owner sees it.</param>
/// <param name="Input">The action's settings with templates put in.</param>
/// <param name="Cancellation">Ends it.</param>
sealed record StepContext(RunWork Run, string Step, Reader Owner, BaseSchema Whole, BaseSchema Seen, JsonObject Input, CancellationToken Cancellation)
{
    /// <summary>The same for each try, and for no other step.</summary>
    public string Delivery => $"{Run.Id}/{Step}";

    /// <summary>With whose rights a write is done, and by which run.</summary>
    public Origin Origin => new(Owner.UserId, "RunAutomation", UndoGroup: Run.Id, IsDryRun: Run.IsTest, Source: "automation", Role: Owner.Role, Reader: Owner);

    /// <summary>How records are written: once, however often it is tried.</summary>
    public WriteOptions Options(CellFormat format) => new(Typecast: true, Replace: false, ByFieldId: true, format, Key);

    /// <summary>What tells a try from another step.</summary>
    public IdempotencyKey? Key => Run.IsTest ? null : new(Step, SHA256.HashData(Encoding.UTF8.GetBytes(Delivery)), Run.Id);

    /// <summary>A text of the input; empty when there is none.</summary>
    public string Text(string name) => Core.Automations.Template.Shown(Input[name]);

    /// <summary>Texts of the input, given as a list or separated by commas; of records and people their ids.</summary>
    public IReadOnlyList<string> Texts(string name) => Input[name] switch
    {
        JsonArray list => [.. list.SelectMany(part => part as IEnumerable<JsonNode?> ?? [part]).Select(One).Where(t => t.Length > 0).Distinct()],
        JsonObject item => [One(item)],
        var value => [.. Core.Automations.Template.Shown(value).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct()],
    };

    static string One(JsonNode? node) => node is JsonObject item ? Core.Automations.Template.Shown(item["id"] ?? item["email"]) : Core.Automations.Template.Shown(node);
}

/// <summary>How an action ended.</summary>
/// <param name="Output">What later actions find.</param>
/// <param name="Error">Why it failed.</param>
/// <param name="IsFinal">Trying again would end alike.</param>
sealed record StepOutcome(JsonNode? Output, JobError? Error = null, bool IsFinal = true)
{
    public static StepOutcome Failed(Error error) => new(null, new JobError(error.Code, error.Message, error.Hint), error.Kind is not ErrorKind.Unavailable);

    public static StepOutcome Failed(string code, string message, string? hint = null) => new(null, new JobError(code, message, hint));
}

/// <summary>What a worker does for actions of one kind.</summary>
interface IAutomationStep
{
    /// <summary>The kind of action, as <see cref="Core.Automations.ActionKind"/> says.</summary>
    string Kind { get; }

    /// <summary>Does it; a test changes and sends nothing.</summary>
    Task<StepOutcome> RunAsync(StepContext step);
}
