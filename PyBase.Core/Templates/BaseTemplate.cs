using System.Collections.Frozen;
using System.Text.Json;
using System.Text.RegularExpressions;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Schema;

namespace PyBase.Core.Templates;

/// <summary>
/// A base to begin with, with tables, views and rows that show how it is meant: a file of JSON beside this one, in the form of the metadata API. Where a client would
/// write the id of a table or field, the file says <c>@Table</c> or <c>@Table/Field</c>.
/// </summary>
public sealed partial class BaseTemplate
{
    const string Prefix = "PyBase.Core.Templates.";

    readonly JsonElement root;

    BaseTemplate(string id, JsonElement root) => (Id, this.root) = (id, root);

    /// <summary>What it is asked for by.</summary>
    public string Id { get; }

    /// <summary>What people call it, and a base made from it unless they say otherwise.</summary>
    public string Name => root.GetText("name")!;

    /// <summary>What it is good for.</summary>
    public string Description => root.GetText("description")!;

    /// <summary>All there are, by id.</summary>
    public static FrozenDictionary<string, BaseTemplate> All { get; } = Load();

    /// <summary>The template, or the refusal.</summary>
    public static Result<BaseTemplate> Find(string id) => All.TryGetValue(id, out var template) ? template : TemplateErrors.NotFound;

    /// <summary>The tables in the order they are made, with the fields that name no other.</summary>
    public IReadOnlyList<TableSpec> Tables => [.. Items("tables").Select(table => new TableSpec(table.GetText("name")!, table.GetText("description"),
        [.. Fields(table).Where(f => !References(f)).Select(f => FieldSpec.Read(f).Value)]))];

    /// <summary>The fields that name tables or fields, in the order of the file, with the table each belongs to.</summary>
    public IEnumerable<(string Table, JsonElement Field)> Linked =>
        Items("tables").SelectMany(table => Fields(table).Where(References).Select(linked => (table.GetText("name")!, linked)));

    /// <summary>Views beyond the first grid.</summary>
    public IEnumerable<(string Table, JsonElement View)> Views =>
        Items("tables").SelectMany(table => (table.TryGetList("views", out var views) ? views : []).Select(view => (table.GetText("name")!, view)));

    /// <summary>Rows in the order they are made: links name rows that are there.</summary>
    public IEnumerable<(string Table, IReadOnlyList<JsonElement> Rows)> Records =>
        Items("records").Select(part => (part.GetText("table")!, part.TryGetList("rows", out var rows) ? rows : []));

    /// <summary>The field with ids for names; null while something it names is not there yet.</summary>
    public static FieldSpec? Resolve(JsonElement field, BaseSchema schema)
    {
        var isWhole = true;
        var text = Reference().Replace(field.GetRawText(), match =>
        {
            var table = schema.Find(match.Groups["table"].Value);
            var id = match.Groups["field"].Success ? table?.Find(match.Groups["field"].Value)?.Id : table?.Id;
            isWhole &= id is not null;
            return $"\"{id}\"";
        });
        return isWhole ? FieldSpec.Read(JsonSerializer.Deserialize<JsonElement>(text)).Value with { InverseName = field.GetText("inverse") } : null;
    }

    IReadOnlyList<JsonElement> Items(string name) => root.TryGetList(name, out var items) ? items : [];

    static IReadOnlyList<JsonElement> Fields(JsonElement table) => table.TryGetList("fields", out var fields) ? fields : [];

    /// <summary>A formula names its fields as people do, so it comes with those that name others.</summary>
    static bool References(JsonElement field) => field.GetText("type") is "formula" || Reference().IsMatch(field.GetRawText());

    static FrozenDictionary<string, BaseTemplate> Load()
    {
        var assembly = typeof(BaseTemplate).Assembly;
        return assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Select(name =>
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            return new BaseTemplate(name[Prefix.Length..^".json".Length], JsonSerializer.Deserialize<JsonElement>(stream));
        }).ToFrozenDictionary(template => template.Id);
    }

    [GeneratedRegex("\"@(?<table>[^\"/]+)(/(?<field>[^\"]+))?\"", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Reference();
}
