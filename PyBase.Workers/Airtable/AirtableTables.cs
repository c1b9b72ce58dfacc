using System.Text.Json;
using System.Text.RegularExpressions;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Imports;
using PyBase.Core.Jobs;
using PyBase.Core.Schema;
using PyBase.Storage.Schema;

namespace PyBase.Workers.Airtable;

/// <summary>
/// Makes the tables of another base: first fields that stand alone, then links, then what is computed, as often as something new can be. A field that cannot be
/// made as it is there becomes text, so that its cells are not lost.
/// </summary>
sealed partial class AirtableTables(SchemaEditor editor, CancellationToken cancellation)
{
    static readonly HashSet<string> FollowsOthers = ["formula", "rollup", "multipleLookupValues", "count"];

    /// <summary>Filled by the database and not by the copy: a record that is new here would say so.</summary>
    static readonly HashSet<string> FilledHere = ["createdTime", "createdBy", "lastModifiedTime", "lastModifiedBy", "autoNumber", "button", "externalSyncSource"];

    readonly Dictionary<string, string> ids = [];
    readonly Dictionary<string, Dictionary<string, string>> fields = [];
    readonly List<JobFinding> notes = [];

    public async Task<Result<AirtableState>> MakeAsync(IReadOnlyList<JsonElement> tables)
    {
        foreach (var table in tables)
            if (await AddAsync(table) is { } error)
                return error;
        foreach (var table in tables)
            foreach (var field in FieldsOf(table).Where(field => TypeOf(field) is "multipleRecordLinks"))
                if (await LinkAsync(SourceOf(table), field) is { } error)
                    return error;
        await ComputeAsync(tables);
        return new AirtableState([.. tables.Select(table => new CopiedTable(SourceOf(table), ids[SourceOf(table)], table.GetText("name") ?? "", fields[SourceOf(table)], 0))], 0, 0, notes);
    }

    async Task<Error?> AddAsync(JsonElement table)
    {
        var (source, primary) = (SourceOf(table), table.GetText("primaryFieldId"));
        var alone = FieldsOf(table).Where(field => TypeOf(field) is not "multipleRecordLinks" && !FollowsOthers.Contains(TypeOf(field))).OrderBy(field => SourceOf(field) == primary ? 0 : 1).ToList();
        // What names the records has to be there first, and nothing that follows from others can be.
        if (alone.Count == 0 || SourceOf(alone[0]) != primary)
            alone.Insert(0, FieldsOf(table).FirstOrDefault(field => SourceOf(field) == primary));
        var specs = new List<(string Source, FieldSpec Spec)>();
        foreach (var field in alone)
            specs.Add((SourceOf(field), SpecOf(field, table, isFirst: specs.Count == 0)));
        var name = FreeName.Among(editor.Schema.Tables.Select(t => t.Name), Named(table, "Table"));
        if (!(await editor.AddTableAsync(new TableSpec(name, table.GetText("description"), [.. specs.Select(s => s.Spec)]), cancellation)).TryGet(out var made, out var error))
            return error;
        ids[source] = made.Id;
        fields[source] = specs.ToDictionary(s => s.Source, s => made.Find(s.Spec.Name)!.Id);
        return null;
    }

    FieldSpec SpecOf(JsonElement field, JsonElement table, bool isFirst)
    {
        var (name, type) = (Named(field, "Name"), TypeOf(field));
        var options = field.TryGet("options", out var given) ? given.Clone() : default;
        if (!FollowsOthers.Contains(type) && FieldTypes.Read(type, options, new FieldScope("fld", _ => false)).TryGet(out var read, out _) && (!isFirst || read.CanBePrimary))
            return new FieldSpec(name, type, options, field.GetText("description"));
        Note("field-became-text", $"The field \"{name}\" of \"{table.GetText("name")}\" ({type}) became text.");
        return new FieldSpec(name, "multilineText", default, field.GetText("description"));
    }

    /// <summary>One link for the two fields that show it; the second is found by the first.</summary>
    async Task<Error?> LinkAsync(string table, JsonElement field)
    {
        if (fields[table].ContainsKey(SourceOf(field)) || !field.TryGet("options", out var options))
            return null;
        if (options.GetText("linkedTableId") is not { } far || !ids.TryGetValue(far, out var farId))
            return null;
        var inverse = options.GetText("inverseLinkFieldId");
        var inverseName = inverse is null ? null : FieldNames.GetValueOrDefault(inverse);
        var spec = new FieldSpec(Named(field, "Link"), "multipleRecordLinks",
            JsonSerializer.SerializeToElement(new { linkedTableId = farId, prefersSingleRecordLink = options.GetFlag("prefersSingleRecordLink") ?? false }), field.GetText("description"), inverseName);
        if (!(await editor.AddFieldAsync(ids[table], spec, cancellation)).TryGet(out var made, out var error))
            return error;
        fields[table][SourceOf(field)] = made.Id;
        if (inverse is not null && ((MultipleRecordLinks)made.Type).InverseFieldId is { } inverseId)
            fields[far][inverse] = inverseId;
        return null;
    }

    /// <summary>Names of all fields there, by id.</summary>
    public Dictionary<string, string> FieldNames { get; } = [];

    async Task ComputeAsync(IReadOnlyList<JsonElement> tables)
    {
        var left = tables.SelectMany(table => FieldsOf(table).Where(field => FollowsOthers.Contains(TypeOf(field)) && !fields[SourceOf(table)].ContainsKey(SourceOf(field))).Select(field => (Table: table, Field: field))).ToList();
        for (var isNew = true; isNew && left.Count > 0;)
        {
            isNew = false;
            foreach (var one in left.ToArray())
            {
                // A refused field changes nothing: definitions are checked before a statement is sent.
                var options = one.Field.TryGet("options", out var given) ? Here(given) : default;
                if (References(options).Any(id => !IsHere(id)))
                    continue;
                var spec = new FieldSpec(Named(one.Field, "Field"), TypeOf(one.Field), options, one.Field.GetText("description"));
                if (!(await editor.AddFieldAsync(ids[SourceOf(one.Table)], spec, cancellation)).TryGet(out var made, out _))
                    continue;
                fields[SourceOf(one.Table)][SourceOf(one.Field)] = made.Id;
                left.Remove(one);
                isNew = true;
            }
        }
        foreach (var (table, field) in left)
        {
            Note("field-became-text", $"The field \"{field.GetText("name")}\" of \"{table.GetText("name")}\" ({TypeOf(field)}) cannot be computed here; its values became text.");
            if ((await editor.AddFieldAsync(ids[SourceOf(table)], new FieldSpec(Named(field, "Field"), "multilineText", default, field.GetText("description")), cancellation)).TryGet(out var made, out _))
                fields[SourceOf(table)][SourceOf(field)] = made.Id;
        }
    }

    /// <summary>Options with the ids of here in place of those of there.</summary>
    JsonElement Here(JsonElement options)
    {
        var all = fields.Values.SelectMany(table => table).ToDictionary(pair => pair.Key, pair => pair.Value);
        return JsonSerializer.Deserialize<JsonElement>(FieldId().Replace(options.GetRawText(), match => all.GetValueOrDefault(match.Value, match.Value)));
    }

    static IEnumerable<string> References(JsonElement options) => options.ValueKind is JsonValueKind.Undefined ? [] : FieldId().Matches(options.GetRawText()).Select(match => match.Value);

    bool IsHere(string id) => fields.Values.Any(table => table.ContainsValue(id));

    void Note(string code, string message)
    {
        if (notes.Count < 100)
            notes.Add(new JobFinding(code, "warning", message, null, 1));
    }

    public static IEnumerable<JsonElement> FieldsOf(JsonElement table) => table.TryGetList("fields", out var items) ? items : [];

    public static string SourceOf(JsonElement thing) => thing.GetText("id") ?? "";

    static string TypeOf(JsonElement field) => field.GetText("type") ?? "";

    static string Named(JsonElement thing, string usual) => thing.GetText("name")?.Trim() is { Length: > 0 } name ? FreeName.Cut(name, TableSpec.MaxName) : usual;

    /// <summary>Whose cells are not copied.</summary>
    public static bool IsFilledHere(FieldType type) => type.IsComputed || FilledHere.Contains(type.Name);

    [GeneratedRegex("fld[A-Za-z0-9]{14}")]
    private static partial Regex FieldId();
}
