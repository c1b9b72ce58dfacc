using System.Text.Json;
using PyBase.Core.Computing;
using PyBase.Core.Errors;
using PyBase.Core.Formulas;
using PyBase.Core.Schema;

namespace PyBase.Core.Fields;

/// <summary>
/// What lookups, rollups and counts share: they read the records that a link field of the same row names, all of them or those that a condition (a formula
/// over the linked table) lets pass.
/// </summary>
public abstract class Linked : Computed
{
    /// <summary>The options as they were given; null for a part that a type does not have.</summary>
    private protected sealed record Given(string Link, string? Field, string? Formula, string? Condition);

    private protected Linked(Given given) => Asked = given;

    private protected Given Asked { get; }

    /// <summary>The link field of the same table; null while the field is not valid.</summary>
    public Field? Link { get; private protected init; }

    /// <summary>The table at the other end.</summary>
    public Table? Far { get; private protected init; }

    /// <summary>Which linked records count; null for all.</summary>
    public Formula? Condition { get; private protected init; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Watched => Condition?.Watched ?? [];

    /// <inheritdoc/>
    public override FormulaClock Clock => Condition?.Clock ?? FormulaClock.None;

    /// <summary>The link resolved: its field, the table at its end, the field read there, and the condition.</summary>
    private protected Result<(Field Link, Table Far, Field? Field, Formula? Condition)> Find(BaseSchema schema, Table table)
    {
        if (table.Find(Asked.Link) is not { Type: MultipleRecordLinks link } field || schema.Find(link.LinkedTableId) is not { } far)
            return FieldErrors.InvalidOptions(Name, "recordLinkFieldId names a link field of the same table");
        var read = Asked.Field is null ? null : far.Find(Asked.Field);
        if (Asked.Field is not null && read is null)
            return FieldErrors.InvalidOptions(Name, "fieldIdInLinkedTable names a field of the linked table");
        if (read?.Type is Computed { Fault: not null })
            return FieldErrors.InvalidSource(read.Name);
        if (Asked.Condition is null)
            return (field, far, read, (Formula?)null);
        return Formula.Compile(Asked.Condition, new FormulaScope(schema, far)).Then(FormulaField.Valid).Then<(Field, Table, Field?, Formula?)>(condition => (field, far, read, condition));
    }

    private protected static IReadOnlyList<Dependency> Reads(BaseSchema schema, Table far, Field link, Field? read, bool readsNames, Formula? condition)
    {
        var reads = new List<Dependency> { new(link.Id) };
        if (read is not null)
            reads.Add(new Dependency(Dependency.KeyOf(far, read), link.Id));
        foreach (var field in condition?.Fields ?? [])
            reads.Add(new Dependency(Dependency.KeyOf(far, field), link.Id));
        // A link cell as text is the names of the records behind it.
        foreach (var field in (condition?.Fields ?? []).Concat(readsNames && read is not null ? [read] : []))
            if (field.Type is MultipleRecordLinks named && schema.Find(named.LinkedTableId) is { } table)
                reads.Add(new Dependency(Dependency.KeyOf(table, table.Primary), link.Id, field.Id));
        if (condition is { ReadsModified: true })
            reads.Add(new Dependency(Dependency.KeyOf(far, Dependency.Modified), link.Id));
        return [.. reads.Distinct()];
    }

    private protected void WriteOptions(Utf8JsonWriter json, Action? more = null)
    {
        json.WriteStartObject();
        json.WriteBoolean("isValid", Link is not null);
        json.WriteString("recordLinkFieldId", Asked.Link);
        if (Asked.Field is not null)
            json.WriteString("fieldIdInLinkedTable", Asked.Field);
        if (Asked.Condition is not null)
            json.WriteString("filterByFormula", Asked.Condition);
        more?.Invoke();
        json.WriteEndObject();
    }

    private protected static Result<Given> Read(string type, JsonElement options, bool hasField)
    {
        if (options.GetText("recordLinkFieldId") is not { } link)
            return FieldErrors.InvalidOptions(type, "recordLinkFieldId names a link field of the same table");
        var field = options.GetText("fieldIdInLinkedTable");
        if (hasField && field is null)
            return FieldErrors.InvalidOptions(type, "fieldIdInLinkedTable names a field of the linked table");
        return new Given(link, hasField ? field : null, options.GetText("formula"), options.GetText("filterByFormula") is { Length: > 0 } condition ? condition : null);
    }
}
