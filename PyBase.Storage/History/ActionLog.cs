using System.Text.Json;
using Npgsql;
using PyBase.Core.Changes;
using PyBase.Core.Fields;

namespace PyBase.Storage.History;

/// <summary>A transaction of the base, as those who take it back need to know it; <paramref name="Root"/> is the action whose effect it brings or takes.</summary>
sealed record LoggedAction(long Number, DateTimeOffset Time, string? Actor, string Command, string? Group, bool TakesBack, long Root, IReadOnlyDictionary<string, long> Versions, IReadOnlyList<LoggedBaseChange> BaseChanges);

/// <summary>A change of a table's definition; <paramref name="Was"/> is its name and description before.</summary>
sealed record LoggedBaseChange(string Kind, string Id, JsonElement? Was);

/// <summary>An entry of the log of a table; deleted rows stay in the database.</summary>
sealed record LoggedChange(string TableId, long Version, int Position, string Kind, JsonElement Body)
{
    public string[] Ids => Body.TryGetList("ids", out var ids) ? [.. ids.Select(id => id.GetString()!)] : [];

    /// <summary>Deleted rows that are not in the log any more.</summary>
    public IEnumerable<string> Purged => Body.TryGetList("purged", out var ids) ? ids.Select(id => id.GetString()!) : [];

    /// <summary>A cell that only shows a link from its other side.</summary>
    public bool IsFar => Body.TryGet("far", out _);

    /// <summary>Links by the field that they are seen from.</summary>
    public IEnumerable<JsonProperty> Links => Body.TryGet("links", out var links) && links.ValueKind is JsonValueKind.Object ? links.EnumerateObject() : default;

    /// <summary>Did it leave this cell as it was, though others of the field were set?</summary>
    public bool Keeps(string fieldId, int n) => Body.TryGet("kept", out var kept) && kept.TryGet(fieldId, out var flags) && flags[n].GetBoolean();

    /// <summary>Old cells by field, in the order of the ids.</summary>
    public IEnumerable<JsonProperty> Old => Body.TryGet("old", out var old) && old.ValueKind is JsonValueKind.Object ? old.EnumerateObject() : default;
}

/// <summary>Reads transactions with what they did.</summary>
static class ActionLog
{
    const string Columns = "t.number, t.time, t.actor, t.command, t.undo_group, t.takes_back, coalesce(t.root, t.number), t.versions, t.changes";

    public static async Task<IReadOnlyList<LoggedAction>> FindAsync(NpgsqlConnection connection, string where, CancellationToken cancellation, params object[] values)
    {
        await using var command = new NpgsqlCommand($"select {Columns} from pybase.transactions t where {where}", connection);
        foreach (var value in values)
            command.Parameters.Add(value as NpgsqlParameter ?? new NpgsqlParameter { Value = value });
        var actions = new List<LoggedAction>();
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
            actions.Add(new LoggedAction(row.GetInt64(0), row.GetFieldValue<DateTimeOffset>(1), row.IsDBNull(2) ? null : row.GetString(2), row.GetString(3), row.IsDBNull(4) ? null : row.GetString(4),
                row.GetBoolean(5), row.GetInt64(6), JsonSerializer.Deserialize<Dictionary<string, long>>(row.GetString(7))!, row.IsDBNull(8) ? [] : BaseChanges(row.GetString(8))));
        return actions;
    }

    /// <summary>Of the column <c>changes</c>: those of tables; views stand in the log of their table as well.</summary>
    public static IReadOnlyList<LoggedBaseChange> BaseChanges(string json)
    {
        var changes = JsonSerializer.Deserialize<JsonElement>(json);
        return [.. changes.EnumerateArray().Select(c => new LoggedBaseChange(c.GetText("kind")!, c.GetText("id")!, c.TryGet("was", out var was) ? was : null)).Where(c => c.Id.StartsWith("tbl", StringComparison.Ordinal))];
    }

    /// <summary>What a transaction did, last things first.</summary>
    public static async Task<IReadOnlyList<LoggedChange>> ChangesAsync(NpgsqlConnection connection, LoggedAction action, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("""
            select c.table_id, c.version, c.position, c.kind, c.body - 'rows' from unnest($1, $2) as v(t, n) join pybase.changes c on c.table_id = v.t and c.version = v.n and c.time = $3
            where not c.body ? 'computed' order by c.table_id, c.position desc
            """, connection) { Parameters = { new() { Value = action.Versions.Keys.ToArray() }, new() { Value = action.Versions.Values.ToArray() }, new() { Value = action.Time } } };
        var changes = new List<LoggedChange>();
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
            changes.Add(new LoggedChange(row.GetString(0), row.GetInt64(1), row.GetInt32(2), row.GetString(3), JsonSerializer.Deserialize<JsonElement>(row.GetString(4))));
        return changes;
    }
}
