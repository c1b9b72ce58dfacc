using System.Text.Json;
using System.Text.Json.Nodes;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Queries;
using PyBase.Core.Schema;

namespace PyBase.Core.Automations;

/// <summary>What happens because something happened: when it begins, for which records, and what is done, one action after the other.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="IsEnabled">It listens.</param>
/// <param name="Trigger">When it begins.</param>
/// <param name="Conditions">Which of the trigger's records it is about, as lists are filtered; null for all.</param>
/// <param name="Actions">What is done.</param>
/// <param name="MaxRunsPerHour">More are refused.</param>
/// <param name="Retries">How often a run is tried again whose action may do better later.</param>
public sealed record Automation(
    string Name, bool IsEnabled, AutomationTrigger Trigger, JsonElement? Conditions, IReadOnlyList<AutomationAction> Actions, int MaxRunsPerHour, int Retries)
{
    /// <summary>Most automations of a base.</summary>
    public const int MaxPerBase = 100;

    /// <summary>Longest definition, as JSON.</summary>
    public const int MaxLength = 200_000;

    /// <summary>An automation that an automation causes is one deeper; at this depth none begins any more.</summary>
    public const int MaxDepth = 5;

    /// <summary>Most actions that one run does, loops unrolled.</summary>
    public const int MaxSteps = 1_000;

    const int MaxName = 200, MaxRate = 10_000, DefaultRate = 1_000, MostRetries = 4, DefaultRetries = 3;

    /// <summary>From a request; what <paramref name="was"/> says stands where the request says nothing.</summary>
    public static Result<Automation> Read(JsonElement json, Automation? was, BaseSchema schema)
    {
        if (json.GetRawText().Length > MaxLength)
            return AutomationErrors.Invalid($"it is longer than {MaxLength:N0} characters");
        var name = json.TryGet("name", out _) ? json.GetText("name")?.Trim() : was?.Name;
        if (name is not { Length: > 0 and <= MaxName })
            return AutomationErrors.Invalid($"name has 1 to {MaxName} characters").At("name");
        var trigger = was?.Trigger;
        if (json.TryGet("trigger", out var given))
        {
            if (!AutomationTrigger.Read(given, schema).TryGet(out trigger, out var error))
                return error.At("trigger");
        }
        if (trigger is null)
            return AutomationErrors.Invalid("it has a trigger").At("trigger");
        // What was kept means the same names, should the trigger be about another table now.
        var actions = was is null ? null : new FieldPlaces(schema, was.Trigger, was.Actions).Shown();
        if (json.TryGet("actions", out var list))
        {
            if (!AutomationAction.ReadAll(list, schema).TryGet(out actions, out var error))
                return error.At("actions");
        }
        if (actions is not { Count: > 0 })
            return AutomationErrors.Invalid("it has at least one action").At("actions");
        actions = new FieldPlaces(schema, trigger, actions).Kept();
        var conditions = was?.Conditions;
        if (json.TryGet("conditions", out var asked))
            conditions = asked.ValueKind is JsonValueKind.Null ? null : asked.Clone();
        if (conditions is { } filter)
        {
            if (trigger.TableId is not { } table || schema.Find(table) is not { } found)
                return AutomationErrors.Invalid("conditions are about the trigger's record, and this trigger has none").At("conditions");
            if (!new FilterScope(found, trigger.TimeZone).Read(filter).TryGet(out var read, out var error) && error is not null)
                return error.At("conditions");
            // By ids, so that renaming a field breaks nothing.
            conditions = read is null ? null : JsonSerializer.Deserialize<JsonElement>(read.Text());
        }
        if (!Number(json, "maxRunsPerHour", was?.MaxRunsPerHour ?? DefaultRate, 1, MaxRate).TryGet(out var rate, out var wrong))
            return wrong;
        if (!Number(json, "retries", was?.Retries ?? DefaultRetries, 0, MostRetries).TryGet(out var retries, out wrong))
            return wrong;
        return new Automation(name, json.GetFlag("enabled") ?? was?.IsEnabled ?? false, trigger, conditions, actions, rate, retries);
    }

    /// <summary>The condition on the trigger's record as the definitions are now; a part that means nothing any more is left out.</summary>
    public Filter? ConditionsOn(Table table) =>
        Conditions is { } json && new FilterScope(table, Trigger.TimeZone, IsStored: true).Read(json).TryGet(out var filter, out _) ? filter : null;

    static Result<int> Number(JsonElement json, string name, int otherwise, int least, int most) =>
        !json.TryGet(name, out _) ? otherwise
        : json.TryGetInt(name, out var number) && number >= least && number <= most ? number
        : AutomationErrors.Invalid($"{name} is a whole number from {least} to {most}").At(name);
}
