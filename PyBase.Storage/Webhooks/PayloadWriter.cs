using System.Globalization;
using System.Text.Json;
using PyBase.Core.Accounts;
using PyBase.Core.Changes;
using PyBase.Core.Fields;
using PyBase.Core.Schema;
using PyBase.Core.Webhooks;
using PyBase.Storage.Accounts;
using PyBase.Storage.Changes;

namespace PyBase.Storage.Webhooks;

/// <summary>One payload in Airtable's form.</summary>
sealed class PayloadWriter(Utf8JsonWriter json, BaseSchema schema, WebhookSpecification wanted, CellRenderer renderer)
{
    public async Task WriteAsync(PayloadFacts payload, BasePerson? actor, Dictionary<string, Dictionary<long, Dictionary<string, StoredRow>>> history, CancellationToken cancellation)
    {
        json.WriteStartObject();
        json.WriteString("timestamp", Iso(payload.Time));
        json.WriteNumber("baseTransactionNumber", payload.Number);
        json.WriteString("payloadFormat", "v0");
        WriteSource(payload, actor);
        // Nobody can say any more what the cells held.
        if (payload.Lost.Any(id => schema.Tables.Any(known => known.Id == id)) || payload.Tables.Any(t => t.Value.Shown.Count > 0 && schema.Tables.Any(known => known.Id == t.Key) && history.GetValueOrDefault(t.Key)?.ContainsKey(t.Value.Version) is not true))
        {
            json.WriteBoolean("error", true);
            json.WriteString("code", "INTERNAL_ERROR");
            json.WriteEndObject();
            return;
        }
        var added = payload.BaseChanges.Where(c => c.Kind is ChangeKinds.TableAdded).Select(c => c.Id).ToHashSet();
        var changed = payload.BaseChanges.Where(c => c.Kind is ChangeKinds.TableChanged && !added.Contains(c.Id)).Select(c => c.Id).ToHashSet();
        json.WriteStartObject("changedTablesById");
        foreach (var table in changed.Union(payload.Tables.Keys).Where(id => !added.Contains(id)))
            await WriteChangedAsync(table, payload.Tables.GetValueOrDefault(table), changed.Contains(table), history.GetValueOrDefault(table), cancellation);
        json.WriteEndObject();
        json.WriteStartObject("createdTablesById");
        foreach (var id in added)
            if (schema.Tables.FirstOrDefault(t => t.Id == id) is { } table)
                await WriteCreatedAsync(table, payload.Tables.GetValueOrDefault(id), history.GetValueOrDefault(id), cancellation);
        json.WriteEndObject();
        WriteList("destroyedTableIds", payload.BaseChanges.Where(c => c.Kind is ChangeKinds.TableRemoved).Select(c => c.Id));
        json.WriteEndObject();
    }

    void WriteSource(PayloadFacts payload, BasePerson? actor)
    {
        json.WriteStartObject("actionMetadata");
        json.WriteString("source", payload.Source ?? "system");
        json.WriteStartObject("sourceMetadata");
        if (actor is not null)
        {
            json.WriteStartObject("user");
            json.WriteString("id", actor.Id);
            json.WriteString("email", actor.Email);
            json.WriteString("name", actor.Name);
            json.WriteString("permissionLevel", actor.Role?.PermissionLevel() ?? "none");
            json.WriteEndObject();
        }
        json.WriteEndObject();
        json.WriteEndObject();
    }

    async Task WriteChangedAsync(string tableId, TableFacts? facts, bool hasNewName, Dictionary<long, Dictionary<string, StoredRow>>? history, CancellationToken cancellation)
    {
        var table = schema.Tables.FirstOrDefault(t => t.Id == tableId);
        json.WriteStartObject(tableId);
        if (facts is not null)
        {
            var rows = history?.GetValueOrDefault(facts.Version) ?? [];
            if (facts.Created.Count > 0)
                await WriteRecordsAsync("createdRecordsById", table, facts.Created, rows, cancellation);
            if (facts.Changed.Count > 0)
                await WriteChangesAsync(table, facts.Changed, rows, cancellation);
            if (facts.Destroyed.Count > 0)
                WriteList("destroyedRecordIds", facts.Destroyed);
            WriteFields("createdFieldsById", table, facts.CreatedFields);
            WriteChangedFields(table, facts.ChangedFields);
            if (facts.DestroyedFields.Count > 0)
                WriteList("destroyedFieldIds", facts.DestroyedFields);
        }
        if (hasNewName && table is not null)
        {
            json.WriteStartObject("changedMetadata");
            WriteMetadata("current", table);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    async Task WriteCreatedAsync(Table table, TableFacts? facts, Dictionary<long, Dictionary<string, StoredRow>>? history, CancellationToken cancellation)
    {
        json.WriteStartObject(table.Id);
        WriteMetadata("metadata", table);
        WriteFields("fieldsById", table, [.. table.Fields.Select(f => f.Id)], evenIfNone: true);
        await WriteRecordsAsync("recordsById", table, facts?.Created ?? [], facts is null ? [] : history?.GetValueOrDefault(facts.Version) ?? [], cancellation);
        json.WriteEndObject();
    }

    async Task WriteRecordsAsync(string name, Table? table, IReadOnlyList<string> ids, Dictionary<string, StoredRow> rows, CancellationToken cancellation)
    {
        string[] known = [.. ids.Where(rows.ContainsKey)];
        var cells = table is null ? [] : await renderer.RenderAsync(table, [.. known.Select(id => rows[id])], cancellation);
        json.WriteStartObject(name);
        foreach (var (id, shown) in known.Zip(cells))
        {
            json.WriteStartObject(id);
            json.WriteString("createdTime", Iso(rows[id]["_created"].GetDateTimeOffset()));
            WriteCells("cellValuesByFieldId", shown, shown.Keys);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    async Task WriteChangesAsync(Table? table, OrderedDictionary<string, Dictionary<string, JsonElement?>> changed, Dictionary<string, StoredRow> rows, CancellationToken cancellation)
    {
        string[] known = [.. changed.Keys.Where(rows.ContainsKey)];
        var current = table is null ? [] : await renderer.RenderAsync(table, [.. known.Select(id => rows[id])], cancellation);
        var previous = table is null || !wanted.IncludesPrevious ? [] : await renderer.RenderAsync(table, [.. known.Select(id => Before(changed[id]))], cancellation);
        json.WriteStartObject("changedRecordsById");
        for (var n = 0; n < current.Count; n++)
        {
            var fields = Changed(changed[known[n]], rows[known[n]], table!);
            json.WriteStartObject(known[n]);
            json.WriteStartObject("current");
            WriteCells("cellValuesByFieldId", current[n], fields);
            json.WriteEndObject();
            if (wanted.IncludesPrevious)
            {
                json.WriteStartObject("previous");
                WriteCells("cellValuesByFieldId", previous[n], fields.Where(field => changed[known[n]][field] is not null));
                json.WriteEndObject();
            }
            if (wanted.IncludesAll || wanted.Included.Count > 0)
            {
                json.WriteStartObject("unchanged");
                WriteCells("cellValuesByFieldId", current[n], current[n].Keys.Where(field => !fields.Contains(field) && (wanted.IncludesAll || wanted.Included.Contains(field))));
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    static StoredRow Before(Dictionary<string, JsonElement?> changed)
    {
        var row = new StoredRow();
        foreach (var (field, before) in changed)
            if (before is { } value)
                row[field] = value;
        return row;
    }

    /// <summary>
    /// The log names the fields of a whole request; of those, the ones in which this record differs. A write that changed nothing at all names what it wrote.
    /// </summary>
    HashSet<string> Changed(Dictionary<string, JsonElement?> named, StoredRow now, Table table)
    {
        var known = named.Where(f => table.Fields.Any(field => field.Id == f.Key) && (wanted.WatchedFields is null || wanted.WatchedFields.Contains(f.Key))).ToList();
        var differing = known.Where(f => f.Value is not { } before || !now.TryGetValue(f.Key, out var after) || !JsonElement.DeepEquals(before, after)).Select(f => f.Key).ToHashSet();
        return differing.Count > 0 ? differing : [.. known.Select(f => f.Key)];
    }

    /// <summary>An emptied cell is null.</summary>
    void WriteCells(string name, Dictionary<string, string> cells, IEnumerable<string> fields)
    {
        json.WriteStartObject(name);
        foreach (var field in fields)
        {
            json.WritePropertyName(field);
            if (cells.TryGetValue(field, out var cell))
                json.WriteRawValue(cell, skipInputValidation: true);
            else
                json.WriteNullValue();
        }
        json.WriteEndObject();
    }

    void WriteFields(string name, Table? table, IReadOnlyList<string> ids, bool evenIfNone = false)
    {
        if (ids.Count == 0 && !evenIfNone)
            return;
        json.WriteStartObject(name);
        foreach (var id in ids.Distinct())
        {
            if (table?.Fields.FirstOrDefault(f => f.Id == id) is not { } field)
                continue;
            WriteDefinition(id, field);
        }
        json.WriteEndObject();
    }

    void WriteChangedFields(Table? table, OrderedDictionary<string, JsonElement?> changed)
    {
        if (changed.Count == 0)
            return;
        json.WriteStartObject("changedFieldsById");
        foreach (var (id, before) in changed)
        {
            if (table?.Fields.FirstOrDefault(f => f.Id == id) is not { } field)
                continue;
            json.WriteStartObject(id);
            WriteDefinition("current", field);
            if (wanted.IncludesPreviousDefinitions && before is { } old)
            {
                json.WritePropertyName("previous");
                old.WriteTo(json);
            }
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    void WriteDefinition(string name, Field field)
    {
        json.WriteStartObject(name);
        json.WriteString("name", field.Name);
        json.WriteString("type", field.Type.Name);
        json.WriteEndObject();
    }

    void WriteMetadata(string name, Table table)
    {
        json.WriteStartObject(name);
        json.WriteString("name", table.Name);
        if (table.Description is not null)
            json.WriteString("description", table.Description);
        json.WriteEndObject();
    }

    void WriteList(string name, IEnumerable<string> ids)
    {
        json.WriteStartArray(name);
        foreach (var id in ids)
            json.WriteStringValue(id);
        json.WriteEndArray();
    }

    static string Iso(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
