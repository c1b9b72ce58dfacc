using System.Text.Json;
using PyBase.Core.Automations;
using PyBase.Core.Jobs;
using PyBase.Core.Schema;
using PyBase.Storage.Automations;

namespace PyBase.Api.Automations;

/// <summary>An automation as it is sent; of a change only what is to be another.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Enabled">It listens.</param>
/// <param name="Trigger">When it begins: <c>{kind, …}</c>.</param>
/// <param name="Conditions">Which of the trigger's records, as lists are filtered.</param>
/// <param name="Actions">What is done: <c>[{kind, id?, continueOnError?, …}]</c>.</param>
/// <param name="MaxRunsPerHour">More are refused.</param>
/// <param name="Retries">How often a run is tried again.</param>
/// <param name="Secrets">Values by name; null takes one away. They are never shown.</param>
sealed record AutomationToWrite(
    string? Name, bool? Enabled, JsonElement? Trigger, JsonElement? Conditions, IReadOnlyList<JsonElement>? Actions, int? MaxRunsPerHour, int? Retries, IReadOnlyDictionary<string, string?>? Secrets);

sealed record AutomationBody(
    string Id, string Name, bool Enabled, JsonElement Trigger, JsonElement? Conditions, IReadOnlyList<JsonElement> Actions, int MaxRunsPerHour, int Retries, IReadOnlyList<string> Secrets,
    string Owner, bool HasHook, DateTimeOffset? NextTime, DateTimeOffset CreatedTime, DateTimeOffset UpdatedTime)
{
    public static AutomationBody Of(StoredAutomation a, AutomationSecrets secrets, BaseSchema schema) => new(a.Id, a.Definition.Name, a.Definition.IsEnabled, a.Definition.Trigger.Json, a.Definition.Conditions,
        [.. new FieldPlaces(schema, a.Definition.Trigger, a.Definition.Actions).Shown().Select(action => action.Settings)], a.Definition.MaxRunsPerHour, a.Definition.Retries, [.. secrets.Open(a).Keys.Order(StringComparer.Ordinal)],
        a.Owner, a.HasHook, a.Definition.Trigger.Kind is TriggerKind.Schedule ? a.Due : null, a.CreatedTime, a.UpdatedTime);
}

sealed record AutomationsBody(IReadOnlyList<AutomationBody> Automations);

/// <param name="Record">The record that it is about.</param>
/// <param name="Body">What another system would have sent.</param>
/// <param name="Test">Nothing is kept or sent; the steps say what would be.</param>
sealed record RunToBegin(string? Record, JsonElement? Body, bool? Test);

sealed record BegunRun(string Run);

sealed record BegunRuns(IReadOnlyList<string> Runs);

/// <param name="Url">Where another system asks; only here, only now.</param>
sealed record AutomationHook(string Url);

/// <summary>Answers in the form of all jobs: times with milliseconds and Z.</summary>
static class AutomationAnswers
{
    public static IResult Show<T>(T body, int status = StatusCodes.Status200OK) => Results.Json(body, JobJson.Options, statusCode: status);
}
