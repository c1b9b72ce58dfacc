using System.Text.Json;
using PyBase.Core.Errors;
using PyBase.Core.Formulas;
using PyBase.Core.Schema;

namespace PyBase.Core.Fields;

/// <summary>
/// Airtable's <c>rollup</c>: a formula over <c>values</c>, the cells of one field in the linked records, empty ones included. Without a formula the sum.
/// </summary>
public sealed class Rollup : Linked
{
    Rollup(Given given) : base(given) { }

    /// <summary>What is read of each linked record, as a formula over its table; null while the rollup is not valid.</summary>
    public Formula? Item { get; private init; }

    /// <summary>The formula over <c>values</c>.</summary>
    public Formula? Formula { get; private init; }

    /// <inheritdoc/>
    public override string Name => "rollup";

    /// <inheritdoc/>
    public override ColumnType Column => Formula is null ? ColumnType.Text : ColumnOf(Formula.Type);

    /// <inheritdoc/>
    public override FormulaType Value => Formula?.Type ?? new(ValueKind.Text);

    /// <inheritdoc/>
    public override bool CanFail => Formula is not null && (Formula.CanFail || Item!.CanFail);

    /// <inheritdoc/>
    public override IReadOnlyList<string> Watched => [.. base.Watched, .. Formula?.Watched ?? []];

    /// <inheritdoc/>
    public override FormulaClock Clock => (FormulaClock)Math.Max((int)base.Clock, (int)(Formula?.Clock ?? FormulaClock.None));

    /// <inheritdoc/>
    public override Action<Utf8JsonWriter> Options => json => WriteOptions(json, () =>
    {
        json.WriteString("formula", Asked.Formula);
        FormulaField.WriteReferences(json, Dependencies);
        if (Formula is not null)
            WriteResult(json, Formula.Type);
    });

    /// <inheritdoc/>
    public override Computed Resolve(BaseSchema schema, Table table)
    {
        if (!Find(schema, table).TryGet(out var found, out var error))
            return new Rollup(Asked) { Fault = error };
        var (link, far, source, condition) = found;
        if (!Formula.Compile($"{{{source!.Id}}}", new FormulaScope(schema, far)).TryGet(out var item, out error))
            return new Rollup(Asked) { Fault = error };
        var text = string.IsNullOrWhiteSpace(Asked.Formula) ? "SUM(values)" : Asked.Formula;
        if (!Formula.Compile(text, new FormulaScope(schema, table, new FormulaType(item.Type.Kind, IsList: true))).TryGet(out var formula, out error))
            return new Rollup(Asked) { Fault = error };
        return new Rollup(new Given(link.Id, source.Id, formula.Text, condition?.Text))
        {
            Link = link, Far = far, Condition = condition, Item = item, Formula = formula,
            Dependencies = [.. Reads(schema, far, link, source, readsNames: true, condition), .. FormulaField.DependenciesOf(formula, schema, table)],
        };
    }

    internal static Result<FieldType> FromOptions(JsonElement options, FieldScope scope) =>
        Read("rollup", options, hasField: true).Then<FieldType>(given => new Rollup(given));
}
