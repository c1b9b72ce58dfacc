using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Records;
using PyBase.Core.Schema;

namespace PyBase.Core.Queries;

/// <summary>
/// One key of an order. An empty cell is the smallest value, so it comes first ascending and last descending, as in Airtable; choices sort in the
/// order of their list, text by the rules of language with numbers by value (<c>M8</c> before <c>M10</c>).
/// </summary>
/// <param name="Field">Whose cells decide.</param>
/// <param name="Descending">Greatest first.</param>
public sealed record Sort(Field Field, bool Descending)
{
    /// <summary>Most keys of an order.</summary>
    public const int MaxKeys = 10;

    /// <summary>What decides in place of the cell itself.</summary>
    public SortKind Kind => KindOf(Field.Type)!.Value;

    /// <summary>A sort as a client asks for it: <c>{field, direction}</c>.</summary>
    public static Result<Sort> Plan(Table table, string field, string? direction)
    {
        if (table.Find(field) is not { } found)
            return RecordErrors.UnknownFieldName(field);
        if (direction is not (null or "" or "asc" or "desc"))
            return RecordErrors.InvalidRequest("A sort's direction is asc or desc.");
        return KindOf(found.Type) is null
            ? RecordErrors.InvalidRequest($"Sorting by a field of type {found.Type.Name} is not part of this version.")
            : new Sort(found, direction == "desc");
    }

    static SortKind? KindOf(FieldType type) => type switch
    {
        ISelect => SortKind.Choice,
        Barcode => SortKind.BarcodeText,
        { Column: ColumnType.Text } => SortKind.Text,
        { Column: ColumnType.Number } => SortKind.Number,
        { Column: ColumnType.Boolean } => SortKind.Boolean,
        { Column: ColumnType.Date } => SortKind.Date,
        { Column: ColumnType.Instant } => SortKind.Instant,
        _ => null,
    };
}

/// <summary>What a sort compares.</summary>
public enum SortKind
{
    /// <summary>Text, by language and number.</summary>
    Text,
    /// <summary>The text of a barcode, likewise.</summary>
    BarcodeText,
    /// <summary>Numbers.</summary>
    Number,
    /// <summary>Ticked or not.</summary>
    Boolean,
    /// <summary>Days.</summary>
    Date,
    /// <summary>Moments.</summary>
    Instant,
    /// <summary>The place of the (first) choice in its list.</summary>
    Choice,
}
