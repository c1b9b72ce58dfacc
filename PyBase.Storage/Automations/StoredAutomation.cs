using System.Text.Json;
using Npgsql;
using PyBase.Core.Automations;

namespace PyBase.Storage.Automations;

/// <summary>An automation of a base.</summary>
/// <param name="Id"><c>aut…</c></param>
/// <param name="Base">Where it works.</param>
/// <param name="Definition">What it does.</param>
/// <param name="Owner">With whose rights.</param>
/// <param name="HasHook">Another system can ask for it.</param>
/// <param name="Due">When the clock is looked at for it next.</param>
/// <param name="CreatedTime">When it was made.</param>
/// <param name="UpdatedTime">When it was last changed.</param>
public sealed record StoredAutomation(string Id, string Base, Automation Definition, string Owner, bool HasHook, DateTimeOffset? Due, DateTimeOffset CreatedTime, DateTimeOffset UpdatedTime)
{
    internal const string Columns = "a.id, a.base, a.name, a.is_enabled, a.trigger, a.conditions, a.actions, a.max_runs_per_hour, a.retries, a.owner, a.hook_hash is not null, a.due, a.created, a.updated, a.since, a.looked, a.secrets, a.begun";

    internal long Since { get; init; }

    internal DateTimeOffset? Looked { get; init; }

    internal DateTimeOffset? Begun { get; init; }

    internal string? SealedSecrets { get; init; }

    internal static StoredAutomation Read(NpgsqlDataReader row) => new(row.GetString(0), row.GetString(1),
        new Automation(row.GetString(2), row.GetBoolean(3), new AutomationTrigger(Json(row.GetString(4))), row.IsDBNull(5) ? null : Json(row.GetString(5)),
            [.. Json(row.GetString(6)).EnumerateArray().Select(AutomationAction.Stored)], row.GetInt32(7), row.GetInt32(8)),
        row.GetString(9), row.GetBoolean(10), Time(row, 11), row.GetFieldValue<DateTimeOffset>(12), row.GetFieldValue<DateTimeOffset>(13))
    {
        Since = row.GetInt64(14), Looked = Time(row, 15), SealedSecrets = row.IsDBNull(16) ? null : row.GetString(16), Begun = Time(row, 17),
    };

    static JsonElement Json(string text) => JsonSerializer.Deserialize<JsonElement>(text);

    static DateTimeOffset? Time(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);
}
