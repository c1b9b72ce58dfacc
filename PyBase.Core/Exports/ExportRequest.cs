using System.Text.Json;
using System.Text.Json.Nodes;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Queries;
using PyBase.Core.Records;
using PyBase.Core.Schema;

namespace PyBase.Core.Exports;

/// <summary>What somebody wants of a table as a file.</summary>
/// <param name="Format">Of the file.</param>
/// <param name="Table">The table.</param>
/// <param name="Selection">Which of its records: a view, filters, search.</param>
/// <param name="Fields">By id or name, in this order; null for those that the view shows, or all.</param>
/// <param name="GuardsFormulas">Texts that a spreadsheet would run get an apostrophe in front.</param>
/// <param name="Origin">What addresses of attachments begin with.</param>
public sealed record ExportRequest(ExportFormat Format, string Table, Selection Selection, IReadOnlyList<string>? Fields, bool GuardsFormulas, string Origin)
{
    /// <summary><c>{"format":"csv","view":"viw…","fields":["Name"],"guardFormulas":false}</c></summary>
    public static Result<ExportRequest> Read(JsonElement json, string table, string origin)
    {
        if (FormatOf(json.GetText("format")) is not { } format)
            return ExportErrors.Invalid("format is missing or unknown");
        IReadOnlyList<string>? fields = null;
        if (json.TryGetList("fields", out var named))
        {
            if (named.Count is 0 or > TableSpec.MaxFields || named.Any(field => field.ValueKind is not JsonValueKind.String))
                return ExportErrors.Invalid("fields is a list of names or ids");
            fields = [.. named.Select(field => field.GetString()!)];
        }
        return new ExportRequest(format, table, Selection.Read(json), fields, json.GetFlag("guardFormulas") ?? true, origin);
    }

    /// <summary>The format of that name.</summary>
    public static ExportFormat? FormatOf(string? name) => name is { Length: > 0 } && char.IsAsciiLetter(name[0]) && Enum.TryParse<ExportFormat>(name, ignoreCase: true, out var format) && Enum.IsDefined(format) ? format : null;

    /// <summary>As a job keeps it; <see cref="Open"/> reads it.</summary>
    public string Write()
    {
        var json = new JsonObject
        {
            ["format"] = Format.ToString(), ["table"] = Table, ["guardFormulas"] = GuardsFormulas, ["origin"] = Origin,
            ["view"] = Selection.View, ["search"] = Selection.Search, ["timeZone"] = Selection.TimeZone, ["filterByFormula"] = Selection.FilterByFormula,
        };
        if (Fields is not null)
            json["fields"] = new JsonArray([.. Fields.Select(field => (JsonNode)field)]);
        if (Selection.Filter.ValueKind is JsonValueKind.Object)
            json["filter"] = JsonObject.Create(Selection.Filter);
        return json.ToJsonString();
    }

    /// <summary>From a job's input.</summary>
    public static Result<ExportRequest> Open(JsonElement json) => Read(json, json.GetText("table") ?? "", json.GetText("origin") ?? "");

    /// <summary>The rows and cells, names resolved.</summary>
    public Result<RecordQuery> Plan(BaseSchema schema)
    {
        if (schema.Find(Table) is not { } table)
            return SchemaErrors.ModelNotFound;
        if (!Selection.Plan(schema, table).TryGet(out var selected, out var error))
            return error;
        var fields = new List<Field>();
        foreach (var name in Fields ?? [])
        {
            if (table.Find(name) is not { } field)
                return RecordErrors.UnknownFieldName(name);
            if (!fields.Contains(field))
                fields.Add(field);
        }
        IReadOnlyList<Field> shown = Fields is not null ? fields : selected.View?.Settings.Fields(table) ?? table.Fields;
        return new RecordQuery(table, shown, ByFieldId: false, selected.Order, RecordQuery.MaxPageSize, null, long.MaxValue) { Filter = selected.Filter, Search = selected.Search };
    }
}
