using System.Text.Json;
using System.Text.Json.Nodes;
using PyBase.Core.Fields;
using PyBase.Core.Ids;
using PyBase.Core.Schema;

namespace PyBase.Core.Automations;

/// <summary>
/// Where actions name fields: in templates that lead into a record, in the cells that they write, in conditions on records. They are kept by id, so that renaming a field
/// breaks nothing; people see the names in their templates. What no field of the record's table is called stays as it is.
/// </summary>
public sealed class FieldPlaces
{
    /// <summary>Kinds of actions that take and give records.</summary>
    internal static readonly IReadOnlyList<string> OfRecords = [ActionKind.CreateRecord, ActionKind.UpdateRecord, ActionKind.LinkRecords, ActionKind.FindRecords];

    readonly BaseSchema schema;
    readonly IReadOnlyList<AutomationAction> actions;
    readonly Table? trigger;

    /// <summary>Actions that give one record, and those that give some.</summary>
    readonly Dictionary<string, Table> one = [], some = [];

    /// <summary>Of each action within a loop over records, theirs.</summary>
    readonly Dictionary<string, Table> items = [];

    /// <summary>The places of an automation's actions.</summary>
    public FieldPlaces(BaseSchema schema, AutomationTrigger trigger, IReadOnlyList<AutomationAction> actions)
    {
        (this.schema, this.actions, this.trigger) = (schema, actions, trigger.TableId is { } id ? schema.Find(id) : null);
        Note(actions, null);
    }

    /// <summary>With fields by id.</summary>
    public IReadOnlyList<AutomationAction> Kept() => [.. actions.Select(action => Changed(action, (path, table) => Replaced(path, step => table.Find(step)?.Id), ById))];

    /// <summary>With the fields in templates by name.</summary>
    public IReadOnlyList<AutomationAction> Shown() => [.. actions.Select(action => Changed(action, (path, table) => Replaced(path, step => table.Find(step)?.Name), (_, _) => { }))];

    /// <summary>The id of a field that an action names, for itself and not for those in it, and that is gone; null when there is none.</summary>
    public string? Gone(AutomationAction action)
    {
        string? gone = null;
        foreach (var setting in action.Settings.EnumerateObject().Where(s => HasTemplates(s.Name)))
            Changed(Node(setting.Value), text => Template.Rewritten(text, path =>
            {
                if (TableOf(path, action.Id) is { } table)
                    Look(table, Names(path)[FieldIn(path)!.Value]);
                return path;
            }));
        if (TableOf(action) is { } its && OfRecords.Contains(action.Kind) && action.Settings.TryGet("fields", out var cells) && cells.ValueKind is JsonValueKind.Object)
            foreach (var cell in cells.EnumerateObject())
                Look(its, cell.Name);
        return gone;

        void Look(Table table, string field) => gone ??= Id.Is(field, "fld") && table.Find(field) is null ? field : null;
    }

    void Note(IReadOnlyList<AutomationAction> list, Table? item)
    {
        foreach (var action in list)
        {
            if (item is not null)
                items[action.Id] = item;
            if (TableOf(action) is { } table && OfRecords.Contains(action.Kind))
                (action.Kind is ActionKind.FindRecords ? some : one)[action.Id] = table;
            foreach (var name in AutomationAction.Nested)
                Note(action.Inner(name), action.Kind is ActionKind.Loop ? ItemsOf(action) : item);
        }
    }

    /// <summary>Which records a loop goes through, where a search before it gave them.</summary>
    Table? ItemsOf(AutomationAction loop) =>
        loop.Settings.GetText("items") is { Length: > 4 } list && list.StartsWith("{{", StringComparison.Ordinal) && list.EndsWith("}}", StringComparison.Ordinal)
        && Names(list[2..^2]) is ["steps", var id, "records"] ? some.GetValueOrDefault(id) : null;

    /// <summary>What an action writes to or asks.</summary>
    Table? TableOf(AutomationAction action) => action.Settings.GetText("table") is { } id ? schema.Find(id) : action.Kind is ActionKind.Branch ? trigger : null;

    /// <summary>The table of the record that a path leads into; null where it names no field.</summary>
    Table? TableOf(string path, string action) => FieldIn(path) is null ? null : Names(path) switch
    {
        ["item", ..] => items.GetValueOrDefault(action),
        ["trigger", ..] => trigger,
        ["steps", var id, "records", ..] => some.GetValueOrDefault(id),
        ["steps", var id, ..] => one.GetValueOrDefault(id),
        _ => null,
    };

    /// <summary>Which step of a path names a field, if it leads into a record.</summary>
    static int? FieldIn(string path) => Names(path) switch
    {
        ["item", "fields", _, ..] => 2,
        ["trigger", "record", "fields", _, ..] or ["steps", _, "fields", _, ..] => 3,
        ["steps", _, "records", _, "fields", _, ..] => 5,
        _ => null,
    };

    static string[] Names(string path) => [.. Template.Steps(path).Select(step => step.Name)];

    static string Replaced(string path, Func<string, string?> replace)
    {
        var (place, name) = Template.Steps(path).ElementAt(FieldIn(path)!.Value);
        if (replace(name) is not { } other || other == name || Template.Step(other) is not { } step)
            return path;
        var (from, length) = place.GetOffsetAndLength(path.Length);
        return string.Concat(path.AsSpan(0, from), step, path.AsSpan(from + length));
    }

    AutomationAction Changed(AutomationAction action, Func<string, Table, string> path, Action<JsonObject, AutomationAction> more)
    {
        var changed = new JsonObject();
        foreach (var setting in action.Settings.EnumerateObject())
            changed[setting.Name] = AutomationAction.Nested.Contains(setting.Name) ? new JsonArray([.. action.Inner(setting.Name).Select(inner => Node(Changed(inner, path, more).Settings))])
                : HasTemplates(setting.Name) ? Changed(Node(setting.Value), text => Template.Rewritten(text, was => TableOf(was, action.Id) is { } table ? path(was, table) : was))
                : Node(setting.Value);
        more(changed, action);
        return AutomationAction.Stored(JsonSerializer.SerializeToElement(changed));
    }

    /// <summary>Cells and conditions by their fields' ids.</summary>
    void ById(JsonObject settings, AutomationAction action)
    {
        if (TableOf(action) is not { } table)
            return;
        if (settings["fields"] is JsonObject cells && OfRecords.Contains(action.Kind))
            settings["fields"] = new JsonObject(cells.Select(cell => KeyValuePair.Create(table.Find(cell.Key) is { } field && !cells.ContainsKey(field.Id) ? field.Id : cell.Key, cell.Value?.DeepClone())));
        ById(settings["filter"], table);
    }

    static void ById(JsonNode? filter, Table table)
    {
        if (filter is not JsonObject condition)
            return;
        foreach (var part in condition["filterSet"] as JsonArray ?? condition["filters"] as JsonArray ?? [])
            ById(part, table);
        if ((condition["fieldId"] ?? condition["field"] ?? condition["field_id"]) is JsonValue named && named.TryGetValue(out string? name) && table.Find(name) is { } field)
        {
            condition.Remove("field");
            condition.Remove("field_id");
            condition["fieldId"] = field.Id;
        }
    }

    static bool HasTemplates(string setting) => setting is not ("id" or "kind" or "table" or "code") && !AutomationAction.Nested.Contains(setting);

    static JsonNode? Changed(JsonNode? value, Func<string, string> text) => value switch
    {
        JsonObject item => new JsonObject(item.Select(p => KeyValuePair.Create(p.Key, Changed(p.Value, text)))),
        JsonArray list => new JsonArray([.. list.Select(part => Changed(part, text))]),
        JsonValue one when one.GetValueKind() is JsonValueKind.String => JsonValue.Create(text(one.GetValue<string>())),
        _ => value?.DeepClone(),
    };

    static JsonNode? Node(JsonElement value) => JsonNode.Parse(value.GetRawText());
}
