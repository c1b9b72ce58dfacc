using System.Text.Json;
using PyBase.Core.Computing;
using PyBase.Core.Errors;
using PyBase.Core.Formulas;
using PyBase.Core.Schema;

namespace PyBase.Core.Fields;

/// <summary>Airtable's <c>formula</c>: a value computed from other cells of the row. Kept with fields named by id, so that renaming one changes nothing.</summary>
public sealed class FormulaField : Computed
{
    readonly string text;

    FormulaField(string text, Formula? formula = null) => (this.text, Formula) = (text, formula);

    /// <summary>The compiled formula; null while it is not valid.</summary>
    public Formula? Formula { get; }

    /// <inheritdoc/>
    public override string Name => "formula";

    /// <inheritdoc/>
    public override bool CanBePrimary => true;

    /// <inheritdoc/>
    public override ColumnType Column => Formula is null ? ColumnType.Text : ColumnOf(Formula.Type);

    /// <inheritdoc/>
    public override FormulaType Value => Formula?.Type ?? new(ValueKind.Text);

    /// <inheritdoc/>
    public override bool CanFail => Formula?.CanFail ?? false;

    /// <inheritdoc/>
    public override FormulaClock Clock => Formula?.Clock ?? FormulaClock.None;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Watched => Formula?.Watched ?? [];

    /// <inheritdoc/>
    public override Action<Utf8JsonWriter> Options => json =>
    {
        json.WriteStartObject();
        json.WriteString("formula", text);
        json.WriteBoolean("isValid", Formula is not null);
        WriteReferences(json, Dependencies);
        if (Formula is not null)
            WriteResult(json, Formula.Type);
        json.WriteEndObject();
    };

    /// <inheritdoc/>
    public override Computed Resolve(BaseSchema schema, Table table) =>
        Formula.Compile(text, new FormulaScope(schema, table)).Then(Valid).TryGet(out var formula, out var error)
            ? new FormulaField(formula.Text, formula) { Dependencies = DependenciesOf(formula, schema, table) }
            : new FormulaField(text) { Fault = error };

    /// <summary>A formula over a field that has no values has none either.</summary>
    internal static Result<Formula> Valid(Formula formula) =>
        formula.Fields.FirstOrDefault(f => f.Type is Computed { Fault: not null }) is { } invalid ? FieldErrors.InvalidSource(invalid.Name) : formula;

    /// <summary>The cells that a formula reads: of its own row, and the names of linked records.</summary>
    internal static IReadOnlyList<Dependency> DependenciesOf(Formula formula, BaseSchema schema, Table table)
    {
        var dependencies = new List<Dependency>();
        foreach (var field in formula.Fields)
        {
            dependencies.Add(new Dependency(Dependency.KeyOf(table, field)));
            if (field.Type is MultipleRecordLinks link && schema.Find(link.LinkedTableId) is { } far)
                dependencies.Add(new Dependency(Dependency.KeyOf(far, far.Primary), field.Id));
        }
        if (formula.ReadsModified)
            dependencies.Add(new Dependency(Dependency.KeyOf(table, Dependency.Modified)));
        return dependencies;
    }

    internal static void WriteReferences(Utf8JsonWriter json, IReadOnlyList<Dependency> dependencies)
    {
        json.WriteStartArray("referencedFieldIds");
        foreach (var id in dependencies.Where(d => d.LinkFieldId is null).Select(d => d.FieldId).Distinct().Where(id => Ids.Id.Is(id, "fld")))
            json.WriteStringValue(id);
        json.WriteEndArray();
    }

    internal static Result<FieldType> FromOptions(JsonElement options, FieldScope scope) => options.GetText("formula") is { } text
        ? new FormulaField(text)
        : FieldErrors.InvalidOptions("formula", "formula is a text");
}
