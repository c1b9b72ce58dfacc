using System.Text.Json;
using PyBase.Core.Accounts;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Schema;

namespace PyBase.Core.Releases;

/// <summary>When a table's records are released, and what that means: a released record does not change any more, the next revision is a record of its own.</summary>
/// <param name="StateFieldId">A single select whose choice says it.</param>
/// <param name="ReleasedChoiceIds">The choices that do.</param>
/// <param name="LeastRole">Who may release.</param>
/// <param name="RevisionFieldId">The revision or text that a new revision counts on; null when there is none.</param>
/// <param name="PredecessorFieldId">The link from a revision to the one before it; null when there is none.</param>
public sealed record ReleaseRule(string StateFieldId, IReadOnlyList<string> ReleasedChoiceIds, Role LeastRole, string? RevisionFieldId, string? PredecessorFieldId)
{
    /// <summary>From the body of a request; fields by id or name, choices by name or id.</summary>
    public static Result<ReleaseRule> Read(JsonElement json, Table table)
    {
        if (json.GetText("stateField") is not { } stateName || table.Find(stateName) is not { Type: SingleSelect select } state)
            return ReleaseErrors.InvalidRule("stateField is a single select or status of the table.");
        if (!json.TryGetList("released", out var named) || named.Count == 0)
            return ReleaseErrors.InvalidRule("released names at least one choice of the state field.");
        var choices = new List<string>();
        foreach (var name in named.Select(n => n.ValueKind is JsonValueKind.String ? n.GetString()! : ""))
            if (select.Choices.List.FirstOrDefault(c => c.Id == name || c.Name == name) is { } choice)
                choices.Add(choice.Id);
            else
                return ReleaseErrors.InvalidRule($"The state field has no choice \"{name.Excerpt()}\".");
        if (choices.Distinct().Count() == select.Choices.List.Count)
            return ReleaseErrors.InvalidRule("At least one choice of the state field is not released.");
        var role = json.GetText("role") is { } roleName ? Roles.Parse(roleName) : Role.Editor;
        if (role is null or < Role.Editor)
            return ReleaseErrors.InvalidRule("role is owner, admin or editor.");
        if (!OptionalField(json, "revisionField", table, field => field.Type is RevisionField || (field.Type.Column is ColumnType.Text && !field.Type.IsComputed), "revisionField is a revision or text field of the table.").TryGet(out var revision, out var error) && error is not null)
            return error;
        if (!OptionalField(json, "predecessorField", table, field => field.Type is MultipleRecordLinks link && link.LinkedTableId == table.Id, "predecessorField is a link to the same table.").TryGet(out var predecessor, out error) && error is not null)
            return error;
        return new ReleaseRule(state.Id, [.. choices.Distinct()], role.Value, revision, predecessor);
    }

    static Result<string?> OptionalField(JsonElement json, string name, Table table, Func<Field, bool> fits, string refusal) =>
        !json.TryGet(name, out var value) || value.ValueKind is JsonValueKind.Null ? (string?)null
        : json.GetText(name) is { } text && table.Find(text) is { } field && fits(field) ? field.Id : ReleaseErrors.InvalidRule(refusal);

    /// <summary>In the same form, by ids.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("stateField", StateFieldId);
        json.WriteStartArray("released");
        foreach (var choice in ReleasedChoiceIds)
            json.WriteStringValue(choice);
        json.WriteEndArray();
        json.WriteString("role", LeastRole.Name());
        json.WriteString("revisionField", RevisionFieldId);
        json.WriteString("predecessorField", PredecessorFieldId);
        json.WriteEndObject();
    }

    /// <summary>Would a plan release records, as one of its records sets the state so?</summary>
    public bool Releases(Records.RecordPlan plan)
    {
        for (var n = 0; n < plan.Fields.Count; n++)
            if (plan.Fields[n].Id == StateFieldId && plan.Records.Any(r => r.IsSet[n] && r.Values[n] is string choice && ReleasedChoiceIds.Contains(choice)))
                return true;
        return false;
    }

    /// <summary>Does a plan set nothing but the state? That is how an admin withdraws a release.</summary>
    public bool IsWithdrawal(Records.RecordPlan plan) => plan.Fields.Count == 1 && plan.Fields[0].Id == StateFieldId;
}
