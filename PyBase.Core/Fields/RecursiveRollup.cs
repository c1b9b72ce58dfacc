using System.Text.Json;
using PyBase.Core.Computing;
using PyBase.Core.Errors;
using PyBase.Core.Formulas;
using PyBase.Core.Schema;

namespace PyBase.Core.Fields;

/// <summary>
/// A roll-up over a tree of records, PyBase's own: the record's own number and, times their quantity, the roll-ups of the records that a link to the same
/// table names. Cost, mass and quantity of a bill of material. A part that is used in several places is computed once.
/// </summary>
public sealed class RecursiveRollup : Computed
{
    readonly (string Link, string Value, string? Quantity) asked;

    RecursiveRollup((string, string, string?) asked, TreeAggregation aggregation) => (this.asked, Aggregation) = (asked, aggregation);

    /// <summary>How a record's own number and those below it become one.</summary>
    public TreeAggregation Aggregation { get; }

    /// <summary>The link to the records below; null while the field is not valid.</summary>
    public Field? Link { get; private init; }

    /// <summary>The record's own number.</summary>
    public Field? Source { get; private init; }

    /// <summary>How many of the record are in each record above it; one where there is no such field, or its cell is empty.</summary>
    public Field? Quantity { get; private init; }

    /// <inheritdoc/>
    public override string Name => "recursiveRollup";

    /// <inheritdoc/>
    public override ColumnType Column => ColumnType.Number;

    /// <inheritdoc/>
    public override Action<Utf8JsonWriter> Options => json =>
    {
        json.WriteStartObject();
        json.WriteBoolean("isValid", Link is not null);
        json.WriteString("recordLinkFieldId", asked.Link);
        json.WriteString("fieldIdInLinkedTable", asked.Value);
        if (asked.Quantity is not null)
            json.WriteString("quantityFieldId", asked.Quantity);
        json.WriteString("aggregation", Spell(Aggregation));
        WriteResult(json, new FormulaType(ValueKind.Number));
        json.WriteEndObject();
    };

    /// <inheritdoc/>
    public override Computed Resolve(BaseSchema schema, Table table)
    {
        if (table.Find(asked.Link) is not { Type: MultipleRecordLinks link } field || link.LinkedTableId != table.Id)
            return Invalid("recordLinkFieldId names a link field of the table to itself");
        if (table.Find(asked.Value) is not { } source || source.Type.Value is not { Kind: ValueKind.Number or ValueKind.Boolean, IsList: false })
            return Invalid("fieldIdInLinkedTable names a number field of the table");
        var quantity = asked.Quantity is null ? null : table.Find(asked.Quantity);
        if (asked.Quantity is not null && quantity?.Type.Value is not { Kind: ValueKind.Number, IsList: false })
            return Invalid("quantityFieldId names a number field of the table");
        Field?[] read = [field, source, quantity];
        return new RecursiveRollup((field.Id, source.Id, quantity?.Id), Aggregation)
        {
            Link = field, Source = source, Quantity = quantity, Dependencies = [.. read.OfType<Field>().Select(f => new Dependency(f.Id))],
        };
    }

    RecursiveRollup Invalid(string rule) => new(asked, Aggregation) { Fault = FieldErrors.InvalidOptions(Name, rule) };

    static string Spell(TreeAggregation aggregation) => aggregation switch { TreeAggregation.Max => "max", TreeAggregation.Min => "min", TreeAggregation.Count => "count", _ => "sum" };

    internal static Result<FieldType> FromOptions(JsonElement options, FieldScope scope)
    {
        TreeAggregation? aggregation = (options.GetText("aggregation") ?? "sum") switch
        {
            "sum" => TreeAggregation.Sum, "count" => TreeAggregation.Count, "min" => TreeAggregation.Min, "max" => TreeAggregation.Max, _ => null,
        };
        return options.GetText("recordLinkFieldId") is { } link && options.GetText("fieldIdInLinkedTable") is { } value && aggregation is { } known
            ? new RecursiveRollup((link, value, options.GetText("quantityFieldId")), known)
            : FieldErrors.InvalidOptions("recursiveRollup", "recordLinkFieldId, fieldIdInLinkedTable and quantityFieldId name fields of the table, aggregation is sum, count, min or max");
    }
}
