using System.Text.Json;
using System.Text.Json.Nodes;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Queries;
using PyBase.Core.Schema;

namespace PyBase.Core.Automations;

/// <summary>What begins an automation.</summary>
public static class TriggerKind
{
    /// <summary>A record is there.</summary>
    public const string RecordCreated = "recordCreated";
    /// <summary>Cells of a record hold something else.</summary>
    public const string RecordUpdated = "recordUpdated";
    /// <summary>A record is gone.</summary>
    public const string RecordDeleted = "recordDeleted";
    /// <summary>A record meets conditions, or those of a view, that it did not meet before.</summary>
    public const string RecordMatches = "recordMatches";
    /// <summary>One field of a record changed, from something or to something.</summary>
    public const string FieldChanged = "fieldChanged";
    /// <summary>Somebody filled in a form.</summary>
    public const string FormSubmitted = "formSubmitted";
    /// <summary>It is time.</summary>
    public const string Schedule = "schedule";
    /// <summary>The moment in a record's cell is reached.</summary>
    public const string DateReached = "dateReached";
    /// <summary>Another system asked at the automation's address.</summary>
    public const string WebhookReceived = "webhookReceived";
    /// <summary>Somebody pressed a button field.</summary>
    public const string ButtonClicked = "buttonClicked";
    /// <summary>A drawing was read, and the reader was not sure.</summary>
    public const string ExtractionFinished = "extractionFinished";

    /// <summary>Those that read the change log.</summary>
    public static readonly IReadOnlyList<string> OfRecords = [RecordCreated, RecordUpdated, RecordDeleted, RecordMatches, FieldChanged, FormSubmitted];

    /// <summary>Those that look at the clock.</summary>
    public static readonly IReadOnlyList<string> OfTime = [Schedule, DateReached, ExtractionFinished];

    /// <summary>All there are.</summary>
    public static readonly IReadOnlyList<string> All = [.. OfRecords, .. OfTime, WebhookReceived, ButtonClicked];
}

/// <summary>When an automation begins, as JSON with tables, fields and choices by id: <c>{"kind":"fieldChanged","table":"tbl…","field":"fld…","to":"Done"}</c>.</summary>
/// <param name="Json">As it is kept.</param>
public sealed record AutomationTrigger(JsonElement Json)
{
    const int MaxOffset = 366 * 24 * 60;

    /// <summary>One of <see cref="TriggerKind"/>.</summary>
    public string Kind => Json.GetText("kind")!;

    /// <summary>The table it is about.</summary>
    public string? TableId => Json.GetText("table");

    /// <summary>The field that changes, holds a moment or is a button.</summary>
    public string? FieldId => Json.GetText("field");

    /// <summary>Updates of these fields only; null for any.</summary>
    public IReadOnlyList<string>? FieldIds => Json.TryGetList("fields", out var fields) ? [.. fields.Select(f => f.GetString()!)] : null;

    /// <summary>The view that records enter, or the form.</summary>
    public string? ViewId => Json.GetText("view");

    /// <summary>When a schedule fires.</summary>
    public Schedule? Schedule => Schedule.Read(Json.GetText("cron"), Json.GetText("timeZone")).TryGet(out var schedule, out _) ? schedule : null;

    /// <summary>Where days begin.</summary>
    public TimeZoneInfo TimeZone => Json.GetText("timeZone") is { } zone && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) ? found : TimeZoneInfo.Utc;

    /// <summary>So long after the moment in the cell; before it when negative.</summary>
    public int OffsetMinutes => Json.TryGetInt("offsetMinutes", out var minutes) ? minutes : 0;

    /// <summary>An extraction is told when its least sure cell is less sure than this.</summary>
    public double Below => Json.TryGet("below", out var below) && below.TryGetDouble(out var number) ? number : 1;

    /// <summary>What records have to meet, by the view or by conditions of the trigger's own.</summary>
    public Filter? Matches(Table table) =>
        ViewId is { } view ? table.FindView(view)?.Settings.Filter(table)
        : Json.TryGet("filter", out var filter) && new FilterScope(table, TimeZone, IsStored: true).Read(filter).TryGet(out var read, out _) ? read : null;

    /// <summary>What the changed field has to be now (<c>to</c>) or was before (<c>from</c>); null when nothing is asked.</summary>
    public Filter? Changes(Table table, string side) =>
        Json.TryGet(side, out var value) && Is(FieldId!, value) is var condition && new FilterScope(table, TimeZone, IsStored: true).Read(condition).TryGet(out var filter, out _) ? filter : null;

    /// <summary>From a request: everything it names is there, and kept by id.</summary>
    public static Result<AutomationTrigger> Read(JsonElement json, BaseSchema schema)
    {
        if (json.GetText("kind") is not { } kind || !TriggerKind.All.Contains(kind))
            return AutomationErrors.Invalid($"a trigger's kind is one of {string.Join(", ", TriggerKind.All)}").At("trigger.kind");
        var kept = new JsonObject { ["kind"] = kind };
        if (json.GetText("timeZone") is { } zone)
        {
            if (!TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
                return AutomationErrors.Invalid($"there is no time zone \"{zone.Excerpt()}\"").At("trigger.timeZone");
            kept["timeZone"] = zone;
        }
        var error = kind switch
        {
            TriggerKind.Schedule => ReadSchedule(json, kept),
            TriggerKind.WebhookReceived => null,
            TriggerKind.ExtractionFinished => ReadConfidence(json, kept),
            _ => schema.Find(json.GetText("table") ?? "") is { } table ? ReadTable(json, kept, kind, table) : AutomationErrors.Invalid("the trigger names a table of this base").At("trigger.table"),
        };
        return error is null ? new AutomationTrigger(JsonSerializer.SerializeToElement(kept)) : error;
    }

    static Error? ReadSchedule(JsonElement json, JsonObject kept)
    {
        kept["cron"] = json.GetText("cron");
        return Schedule.Read(json.GetText("cron"), json.GetText("timeZone")).Error?.At("trigger.cron");
    }

    static Error? ReadConfidence(JsonElement json, JsonObject kept)
    {
        if (!json.TryGet("below", out var below) || below.ValueKind is not JsonValueKind.Number || below.GetDouble() is <= 0 or > 1)
            return AutomationErrors.Invalid("below is a confidence above 0 and up to 1").At("trigger.below");
        kept["below"] = below.GetDouble();
        return null;
    }

    static Error? ReadTable(JsonElement json, JsonObject kept, string kind, Table table)
    {
        kept["table"] = table.Id;
        if (kind is TriggerKind.FieldChanged or TriggerKind.DateReached or TriggerKind.ButtonClicked)
        {
            if (table.Find(json.GetText("field") ?? "") is not { } field)
                return AutomationErrors.Invalid("the trigger names a field of its table").At("trigger.field");
            if (kind is TriggerKind.DateReached && field.Type.Column is not (ColumnType.Date or ColumnType.Instant))
                return AutomationErrors.Invalid($"field \"{field.Name}\" holds no date").At("trigger.field");
            if (kind is TriggerKind.ButtonClicked && field.Type is not Button)
                return AutomationErrors.Invalid($"field \"{field.Name}\" is no button").At("trigger.field");
            kept["field"] = field.Id;
            foreach (var side in (string[])["from", "to"])
                if (kind is TriggerKind.FieldChanged && json.TryGet(side, out var value) && value.ValueKind is not JsonValueKind.Null)
                {
                    if (new FilterScope(table, TimeZoneInfo.Utc).Read(Is(field.Id, value)).Error is { } error)
                        return error.At($"trigger.{side}");
                    kept[side] = JsonNode.Parse(value.GetRawText());
                }
        }
        if (json.TryGetList("fields", out var names) && kind is TriggerKind.RecordUpdated && names.Count > 0)
        {
            var fields = names.Select(n => n.ValueKind is JsonValueKind.String ? table.Find(n.GetString()!) : null).ToArray();
            if (fields.Contains(null))
                return AutomationErrors.Invalid("fields names fields of the table").At("trigger.fields");
            kept["fields"] = new JsonArray([.. fields.Select(f => JsonValue.Create(f!.Id))]);
        }
        if (json.TryGet("offsetMinutes", out _) && kind is TriggerKind.DateReached)
        {
            if (!json.TryGetInt("offsetMinutes", out var minutes) || Math.Abs(minutes) > MaxOffset)
                return AutomationErrors.Invalid("offsetMinutes is a number of minutes, at most a year").At("trigger.offsetMinutes");
            kept["offsetMinutes"] = minutes;
        }
        if (json.GetText("view") is { } named && kind is (TriggerKind.RecordMatches or TriggerKind.FormSubmitted))
        {
            if (table.FindView(named) is not { } view || kind is TriggerKind.FormSubmitted && view.Type != "form")
                return AutomationErrors.Invalid("view names a view of the table, and for formSubmitted a form").At("trigger.view");
            kept["view"] = view.Id;
        }
        else if (kind is TriggerKind.RecordMatches)
        {
            if (!json.TryGet("filter", out var given))
                return AutomationErrors.Invalid("recordMatches has a filter or a view").At("trigger.filter");
            if (!new FilterScope(table, TimeZoneInfo.Utc).Read(given).TryGet(out var filter, out var error) && error is not null)
                return error.At("trigger.filter");
            if (filter is null)
                return AutomationErrors.Invalid("the filter of recordMatches asks nothing").At("trigger.filter");
            kept["filter"] = JsonNode.Parse(filter.Text());
        }
        return null;
    }

    static JsonElement Is(string field, JsonElement value) => JsonSerializer.SerializeToElement(new { fieldId = field, @operator = "is", value });
}
