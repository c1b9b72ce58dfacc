using PyBase.Core.Fields;
using PyBase.Core.Formulas;
using PyBase.Core.Queries;

namespace PyBase.Storage.Queries;

/// <summary>
/// Cells in an engineering notation: a document for each, and what is asked of it. Filters, sorts, indexes and formulas write the same expression for the same part,
/// so that an index over it serves them.
/// </summary>
static class NotatedSql
{
    /// <summary>The part of a cell; of a lookup the list of its items' parts.</summary>
    public static string Of(string cell, FieldType type, Part part) => type is Lookup
        ? $"array(select {Item("i", part)} from jsonb_array_elements({cell}) with ordinality as u(i, place) order by place)"
        : Item(cell, part);

    /// <summary>What a cell is compared by; of a lookup that of its first item. Cells of other types are compared as they are.</summary>
    public static string Order(string cell, FieldType type) => Notated.Of(type) is not { Order: var order } ? cell : type is Lookup ? Item($"({cell} -> 0)", order) : Item(cell, order);

    /// <summary>What a condition or an aggregate sees: as <see cref="FilterKinds.KindOf(FieldType)"/> says, of a lookup the list of numbers or texts.</summary>
    public static string Seen(string cell, FieldType type) => Notated.Of(type) is not { Order: var order } ? cell
        : type is Lookup ? Of(cell, type, order.Kind is ValueKind.Number ? order : Part.Text) : Item(cell, order);

    /// <summary>The same for equal cells.</summary>
    public static string Key(string cell) => Item(cell, Part.Key);

    // Names of parts are ours, and the documents too, so that no cast fails.
    static string Item(string json, Part part) => part.Kind switch
    {
        ValueKind.Number => $"(({json} -> '{part.Name}')::double precision)",
        ValueKind.Boolean => $"(({json} -> '{part.Name}')::boolean)",
        _ when part == Part.Key => $"(({json} ->> 'key') collate \"C\")",
        _ => $"({json} ->> '{part.Name}')",
    };
}
