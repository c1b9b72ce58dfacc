using System.Text.Json;
using PyBase.Core.Changes;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Schema;

namespace PyBase.Core.Webhooks;

/// <summary>What a webhook wants to hear of, in Airtable's form: <c>{"options":{"filters":{…},"includes":{…}}}</c>. Null lists leave nothing out.</summary>
/// <param name="DataTypes">Of <c>tableData</c>, <c>tableFields</c>, <c>tableMetadata</c>.</param>
/// <param name="ScopeTableId">Only this table.</param>
/// <param name="ChangeTypes">Of <c>add</c>, <c>remove</c>, <c>update</c>.</param>
/// <param name="Sources">Where changes come from.</param>
/// <param name="WatchedFields">Updates of these cells only.</param>
/// <param name="WatchedSchemas">Changes of these fields' definitions only.</param>
/// <param name="IncludesAll">Every cell of a changed record.</param>
/// <param name="Included">These cells of a changed record, changed or not.</param>
/// <param name="IncludesPrevious">What the cells held before.</param>
/// <param name="IncludesPreviousDefinitions">What a changed field was before.</param>
public sealed record WebhookSpecification(
    HashSet<string> DataTypes, string? ScopeTableId, HashSet<string>? ChangeTypes, HashSet<string>? Sources,
    HashSet<string>? WatchedFields, HashSet<string>? WatchedSchemas, bool IncludesAll, HashSet<string> Included, bool IncludesPrevious, bool IncludesPreviousDefinitions)
{
    /// <summary>Longest specification, as JSON.</summary>
    public const int MaxLength = 50_000;

    static readonly HashSet<string> AllDataTypes = ["tableData", "tableFields", "tableMetadata"];
    static readonly HashSet<string> AllChangeTypes = ["add", "remove", "update"];
    static readonly HashSet<string> AllSources =
        ["client", "publicApi", "formSubmission", "formPageSubmission", "automation", "system", "sync", "anonymousUser", "fillUpFormSubmission", "pageFormSubmission"];

    /// <summary>From a request or from its row; a view stands for its table.</summary>
    public static Result<WebhookSpecification> Read(JsonElement json, BaseSchema? schema)
    {
        if (!json.TryGet("options", out var options) || !options.TryGet("filters", out var filters) || filters.ValueKind is not JsonValueKind.Object)
            return WebhookErrors.InvalidSpecification("options.filters is missing");
        if (!Names(filters, "dataTypes", AllDataTypes).TryGet(out var dataTypes, out var error) && error is not null)
            return error;
        if (dataTypes is not { Count: > 0 })
            return WebhookErrors.InvalidSpecification("dataTypes names at least one of tableData, tableFields, tableMetadata");
        if (!Names(filters, "changeTypes", AllChangeTypes).TryGet(out var changeTypes, out error) && error is not null)
            return error;
        if (!Names(filters, "fromSources", AllSources).TryGet(out var sources, out error) && error is not null)
            return error;
        if (!Names(filters, "watchDataInFieldIds", null).TryGet(out var watched, out error) && error is not null)
            return error;
        if (!Names(filters, "watchSchemasOfFieldIds", null).TryGet(out var schemas, out error) && error is not null)
            return error;
        if (!Scope(filters, schema).TryGet(out var scope, out error) && error is not null)
            return error;
        var includes = options.TryGet("includes", out var given) ? given : default;
        var all = includes.GetText("includeCellValuesInFieldIds") is { } word && word == "all";
        HashSet<string>? included = null;
        if (!all && !Names(includes, "includeCellValuesInFieldIds", null).TryGet(out included, out error) && error is not null)
            return error;
        return new WebhookSpecification(dataTypes, scope, changeTypes, sources, watched, schemas, all, included ?? new HashSet<string>(), includes.GetFlag("includePreviousCellValues") ?? false,
            includes.GetFlag("includePreviousFieldDefinitions") ?? false);
    }

    /// <summary>Is a change from there wanted at all?</summary>
    public bool WantsSource(string? source) => Sources is null || Sources.Contains(source ?? "system");

    /// <summary>Is this entry of a table's log wanted? For cells <paramref name="fields"/> are those that changed, for a definition the one field.</summary>
    public bool Wants(string tableId, string kind, IReadOnlyCollection<string> fields) => (ScopeTableId is null || ScopeTableId == tableId) && kind switch
    {
        ChangeKinds.RecordsCreated => Wants("tableData", "add"),
        ChangeKinds.RecordsDeleted => Wants("tableData", "remove"),
        ChangeKinds.CellsChanged => Wants("tableData", "update") && (WatchedFields is null || fields.Any(WatchedFields.Contains)),
        ChangeKinds.FieldAdded => Wants("tableFields", "add") && WatchesSchema(fields),
        ChangeKinds.FieldRemoved => Wants("tableFields", "remove") && WatchesSchema(fields),
        ChangeKinds.FieldChanged => Wants("tableFields", "update") && WatchesSchema(fields),
        ChangeKinds.TableAdded => Wants("tableMetadata", "add"),
        ChangeKinds.TableRemoved => Wants("tableMetadata", "remove"),
        ChangeKinds.TableChanged => Wants("tableMetadata", "update"),
        _ => false,
    };

    bool Wants(string dataType, string changeType) => DataTypes.Contains(dataType) && (ChangeTypes is null || ChangeTypes.Contains(changeType));

    bool WatchesSchema(IReadOnlyCollection<string> fields) => WatchedSchemas is null || fields.Any(WatchedSchemas.Contains);

    static Result<string?> Scope(JsonElement filters, BaseSchema? schema)
    {
        if (!filters.TryGet("recordChangeScope", out var scope) || scope.ValueKind is JsonValueKind.Null)
            return (string?)null;
        var id = scope.ValueKind is JsonValueKind.String ? scope.GetString()! : "";
        // What is stored was checked; its table may be gone by now, and then nothing is heard of it any more.
        return schema is null ? id
            : schema.Tables.FirstOrDefault(table => table.Id == id || table.Views.Any(view => view.Id == id))?.Id is { } table ? table
            : WebhookErrors.InvalidSpecification("recordChangeScope is no table or view of this base");
    }

    static Result<HashSet<string>?> Names(JsonElement json, string property, HashSet<string>? allowed)
    {
        if (!json.TryGet(property, out var value) || value.ValueKind is JsonValueKind.Null)
            return (HashSet<string>?)null;
        if (value.ValueKind is not JsonValueKind.Array || value.EnumerateArray().Any(item => item.ValueKind is not JsonValueKind.String))
            return WebhookErrors.InvalidSpecification($"{property} is a list of names");
        var names = value.EnumerateArray().Select(item => item.GetString()!).ToHashSet(StringComparer.Ordinal);
        return allowed is not null && names.FirstOrDefault(name => !allowed.Contains(name)) is { } unknown
            ? WebhookErrors.InvalidSpecification($"{property} cannot be \"{unknown.Excerpt()}\"")
            : names;
    }
}
