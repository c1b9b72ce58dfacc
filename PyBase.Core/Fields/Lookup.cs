using System.Data.Common;
using System.Text.Json;
using PyBase.Core.Errors;
using PyBase.Core.Formulas;
using PyBase.Core.Schema;

namespace PyBase.Core.Fields;

/// <summary>Airtable's <c>multipleLookupValues</c>: the cells of one field in the linked records, in the order of the links; empty ones are left out.</summary>
public sealed class Lookup : Linked
{
    /// <summary>Most items of a cell.</summary>
    public const int MaxItems = 10_000;

    Lookup(Given given) : base(given) { }

    /// <summary>The field that is read; null while the lookup is not valid.</summary>
    public Field? Source { get; private init; }

    /// <summary>The type of an item: that of the source, or of its items where that is a lookup itself.</summary>
    public FieldType? Item { get; private init; }

    /// <inheritdoc/>
    public override string Name => "multipleLookupValues";

    /// <inheritdoc/>
    public override ColumnType Column => Item?.Column switch
    {
        null => ColumnType.Text,
        ColumnType.Text or ColumnType.Texts => ColumnType.Texts,
        ColumnType.Id or ColumnType.Ids => ColumnType.Ids,
        ColumnType.Number or ColumnType.Numbers => ColumnType.Numbers,
        ColumnType.Boolean or ColumnType.Booleans => ColumnType.Booleans,
        ColumnType.Date or ColumnType.Dates => ColumnType.Dates,
        ColumnType.Instant or ColumnType.Instants => ColumnType.Instants,
        _ => ColumnType.Json,
    };

    /// <inheritdoc/>
    public override FormulaType Value => Item is null ? new(ValueKind.Text) : new(Item.Value.Kind, IsList: true);

    /// <inheritdoc/>
    public override Action<Utf8JsonWriter> Options => json => WriteOptions(json, () =>
    {
        if (Item is null)
            return;
        json.WriteStartObject("result");
        json.WriteString("type", Item.Name);
        if (Item.Options is { } options)
        {
            json.WritePropertyName("options");
            options(json);
        }
        json.WriteEndObject();
    });

    /// <inheritdoc/>
    public override Computed Resolve(BaseSchema schema, Table table)
    {
        if (!Find(schema, table).TryGet(out var found, out var error))
            return new Lookup(Asked) { Fault = error };
        var (link, far, source, condition) = found;
        return new Lookup(new Given(link.Id, source!.Id, null, condition?.Text))
        {
            Link = link, Far = far, Condition = condition, Source = source, Dependencies = Reads(schema, far, link, source, readsNames: false, condition),
            // A lookup of a lookup is resolved as deep as it goes; a ring of them is refused by the dependency graph before anybody asks for its item.
            Item = ItemOf(schema, far, source, 0),
        };
    }

    static FieldType? ItemOf(BaseSchema schema, Table far, Field source, int depth) => source.Type switch
    {
        Lookup lookup when depth < 50 && lookup.Find(schema, far).TryGet(out var next, out _) => ItemOf(schema, next.Far, next.Field!, depth + 1),
        Lookup => null,
        Computed { Fault: null } unresolved when unresolved.Column is ColumnType.Text => unresolved.Resolve(schema, far),
        var type => type,
    };

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter json, DbDataReader row, int column, CellFormat format)
    {
        switch (Item)
        {
            case ISelect select:
                json.WriteStartArray();
                foreach (var id in row.GetFieldValue<string[]>(column))
                    json.WriteStringValue(select.Choices.NameOf(id));
                json.WriteEndArray();
                break;
            case MultipleAttachments or Barcode or Notated:
                using (var items = JsonDocument.Parse(row.GetString(column)))
                {
                    json.WriteStartArray();
                    foreach (var item in items.RootElement.EnumerateArray())
                        if (Item is MultipleAttachments)
                            MultipleAttachments.WriteItem(json, item, format);
                        else
                            item.WriteTo(json);
                    json.WriteEndArray();
                }
                break;
            default:
                base.Write(json, row, column, format);
                break;
        }
    }

    internal static Result<FieldType> FromOptions(JsonElement options, FieldScope scope) =>
        Read("multipleLookupValues", options, hasField: true).Then<FieldType>(given => new Lookup(given));
}
