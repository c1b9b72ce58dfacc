using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Formulas;
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
            ? RecordErrors.InvalidRequest($"Records cannot be sorted by a field of type {found.Type.Name}.")
            : new Sort(found, direction == "desc");
    }

    /// <summary>What decides when records are sorted by a field of the type: the first item of a list; null when nothing can.</summary>
    public static SortKind? KindOf(FieldType type) => type switch
    {
        ISelect => SortKind.Choice,
        Barcode => SortKind.BarcodeText,
        _ when Notated.Of(type) is { } notated => notated.Order.Kind is ValueKind.Number ? SortKind.NotatedNumber : SortKind.NotatedKey,
        MultipleRecordLinks => SortKind.RecordText,
        MultipleAttachments => SortKind.FileText,
        _ => type.Column switch
        {
            ColumnType.Text => SortKind.Text,
            ColumnType.Number => SortKind.Number,
            ColumnType.Boolean => SortKind.Boolean,
            ColumnType.Date => SortKind.Date,
            ColumnType.Instant => SortKind.Instant,
            ColumnType.Id => SortKind.Id,
            ColumnType.Ids => SortKind.FirstId,
            ColumnType.Texts => SortKind.FirstText,
            ColumnType.Numbers => SortKind.FirstNumber,
            ColumnType.Booleans => SortKind.FirstBoolean,
            ColumnType.Dates => SortKind.FirstDate,
            ColumnType.Instants => SortKind.FirstInstant,
            _ => null,
        },
    };
}

/// <summary>What a sort compares.</summary>
public enum SortKind
{
    /// <summary>Text, by language and number.</summary>
    Text,
    /// <summary>The text of a barcode, likewise.</summary>
    BarcodeText,
    /// <summary>The key of a notation; of a lookup that of the first.</summary>
    NotatedKey,
    /// <summary>The number of a notation, likewise.</summary>
    NotatedNumber,
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
    /// <summary>What the first linked record is called.</summary>
    RecordText,
    /// <summary>The name of the first file.</summary>
    FileText,
    /// <summary>An id, so that the same stand together.</summary>
    Id,
    /// <summary>The first of some ids.</summary>
    FirstId,
    /// <summary>The first of some texts.</summary>
    FirstText,
    /// <summary>The first of some numbers.</summary>
    FirstNumber,
    /// <summary>The first of some ticks.</summary>
    FirstBoolean,
    /// <summary>The first of some days.</summary>
    FirstDate,
    /// <summary>The first of some moments.</summary>
    FirstInstant,
}
