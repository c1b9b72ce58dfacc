using System.Text.Json;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Schema;

namespace PyBase.Core.Automations;

/// <summary>What automations do.</summary>
public static class ActionKind
{
    /// <summary>A new record: <c>table, fields</c>.</summary>
    public const string CreateRecord = "createRecord";
    /// <summary>Other cells: <c>table, record, fields</c>.</summary>
    public const string UpdateRecord = "updateRecord";
    /// <summary>One record less: <c>table, record</c>.</summary>
    public const string DeleteRecord = "deleteRecord";
    /// <summary>Links to more records, or to fewer: <c>table, record, field, records, mode: add|remove</c>.</summary>
    public const string LinkRecords = "linkRecords";
    /// <summary>Records that meet conditions: <c>table, filter, max</c>.</summary>
    public const string FindRecords = "findRecords";
    /// <summary>A mail: <c>to, subject, body</c>.</summary>
    public const string SendEmail = "sendEmail";
    /// <summary>A notification inside PyBase: <c>people, text</c>.</summary>
    public const string Notify = "notify";
    /// <summary>A call of another system: <c>method, url, headers, body, response</c>.</summary>
    public const string CallHttp = "callHttp";
    /// <summary>A message in the form that Slack, Mattermost and Rocket.Chat take: <c>url, text, channel, blocks</c>.</summary>
    public const string SendSlackMessage = "sendSlackMessage";
    /// <summary>JavaScript in a sandbox: <c>code, input</c>.</summary>
    public const string RunScript = "runScript";
    /// <summary>Goes on later: <c>seconds</c> or <c>until</c>.</summary>
    public const string Delay = "delay";
    /// <summary>One way or the other: <c>when</c> or <c>filter</c>, <c>then</c>, <c>else</c>.</summary>
    public const string Branch = "branch";
    /// <summary>The same for each: <c>items, do, max</c>.</summary>
    public const string Loop = "loop";

    /// <summary>Each kind with what it cannot do without.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> Needs = new Dictionary<string, string[]>
    {
        [CreateRecord] = ["table", "fields"], [UpdateRecord] = ["table", "record", "fields"], [DeleteRecord] = ["table", "record"],
        [LinkRecords] = ["table", "record", "field", "records"], [FindRecords] = ["table"], [SendEmail] = ["to", "subject", "body"], [Notify] = ["people", "text"],
        [CallHttp] = ["url"], [SendSlackMessage] = ["url", "text"], [RunScript] = ["code"], [Delay] = [], [Branch] = ["then"], [Loop] = ["items", "do"],
    };
}

/// <summary>One thing that an automation does.</summary>
/// <param name="Id">How later actions name it: <c>{{steps.id.…}}</c>.</param>
/// <param name="Kind">One of <see cref="ActionKind"/>.</param>
/// <param name="Settings">What it takes, with templates in it; tables and fields by id.</param>
/// <param name="GoesOn">The run goes on when it fails.</param>
public sealed record AutomationAction(string Id, string Kind, JsonElement Settings, bool GoesOn)
{
    /// <summary>Most actions of an automation, in all its branches.</summary>
    public const int MaxActions = 50;

    const int MaxDepth = 4, MaxId = 40;

    /// <summary>Settings that are lists of actions themselves.</summary>
    public static readonly IReadOnlyList<string> Nested = ["then", "else", "do"];

    /// <summary>The actions of one of <see cref="Nested"/>; none when it is absent.</summary>
    public IReadOnlyList<AutomationAction> Inner(string name) => Settings.TryGetList(name, out var list) ? [.. list.Select(Stored)] : [];

    /// <summary>As it was kept.</summary>
    public static AutomationAction Stored(JsonElement json) => new(json.GetText("id")!, json.GetText("kind")!, json, json.GetFlag("continueOnError") ?? false);

    /// <summary>From a request: each gets an id that no other has.</summary>
    public static Result<IReadOnlyList<AutomationAction>> ReadAll(JsonElement json, BaseSchema schema)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        if (!ReadList(json, schema, ids, 1).TryGet(out var kept, out var error))
            return error;
        return kept.Select(k => Stored(JsonSerializer.SerializeToElement(k))).ToArray();
    }

    static Result<List<Dictionary<string, object?>>> ReadList(JsonElement json, BaseSchema schema, HashSet<string> ids, int depth)
    {
        if (json.ValueKind is not JsonValueKind.Array)
            return AutomationErrors.Invalid("actions are a list");
        if (depth > MaxDepth)
            return AutomationErrors.Invalid($"branches and loops are nested deeper than {MaxDepth}");
        var list = new List<Dictionary<string, object?>>();
        foreach (var item in json.EnumerateArray())
        {
            if (!ReadOne(item, schema, ids, depth).TryGet(out var action, out var error))
                return item.ValueKind is JsonValueKind.Object && item.GetText("id") is { } id ? error.At($"actions.{id}") : error;
            list.Add(action);
        }
        return list;
    }

    static Result<Dictionary<string, object?>> ReadOne(JsonElement json, BaseSchema schema, HashSet<string> ids, int depth)
    {
        if (json.GetText("kind") is not { } kind || !ActionKind.Needs.TryGetValue(kind, out var needs))
            return AutomationErrors.Invalid($"an action's kind is one of {string.Join(", ", ActionKind.Needs.Keys)}");
        var id = json.GetText("id") ?? $"step{ids.Count + 1}";
        if (id.Length is 0 or > MaxId || id.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not '_') || !ids.Add(id))
            return AutomationErrors.Invalid($"an action's id has at most {MaxId} letters, digits and underscores, and each is another: \"{id.Excerpt()}\"");
        if (ids.Count > MaxActions)
            return AutomationErrors.Invalid($"it has more than {MaxActions} actions");
        if (needs.FirstOrDefault(need => !json.TryGet(need, out var value) || value.ValueKind is JsonValueKind.Null) is { } missing)
            return AutomationErrors.Invalid($"{kind} \"{id}\" needs {missing}").At($"actions.{id}.{missing}");
        var kept = json.EnumerateObject().DistinctBy(p => p.Name).ToDictionary(p => p.Name, p => (object?)p.Value);
        (kept["id"], kept["kind"]) = (id, kind);
        if (needs.Contains("table") || kind is ActionKind.Branch && json.TryGet("table", out _))
        {
            if (schema.Find(json.GetText("table") ?? "") is not { } table)
                return AutomationErrors.Invalid($"{kind} \"{id}\" names no table of this base").At($"actions.{id}.table");
            kept["table"] = table.Id;
            if (kind is ActionKind.LinkRecords)
            {
                if (table.Find(json.GetText("field") ?? "") is not { Type: MultipleRecordLinks } field)
                    return AutomationErrors.Invalid($"{kind} \"{id}\" names no field of links").At($"actions.{id}.field");
                kept["field"] = field.Id;
            }
            // What holds a template can be judged only when it runs.
            if (json.TryGet("filter", out var filter) && !filter.GetRawText().Contains("{{", StringComparison.Ordinal)
                && new Queries.FilterScope(table, TimeZoneInfo.Utc).Read(filter).Error is { } wrong)
                return wrong.At($"actions.{id}.filter");
        }
        foreach (var name in Nested)
            if (json.TryGet(name, out var inner))
            {
                if (!ReadList(inner, schema, ids, depth + 1).TryGet(out var actions, out var error))
                    return error;
                kept[name] = actions;
            }
        return kept;
    }
}
