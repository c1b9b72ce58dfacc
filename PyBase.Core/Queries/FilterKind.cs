using PyBase.Core.Fields;
using PyBase.Core.Formulas;

namespace PyBase.Core.Queries;

/// <summary>What the cells of a field are to a condition.</summary>
public enum FilterKind
{
    /// <summary>Text.</summary>
    Text,
    /// <summary>A barcode, of which the text counts.</summary>
    Barcode,
    /// <summary>An engineering notation that is compared by its key.</summary>
    Notation,
    /// <summary>A list of texts.</summary>
    Texts,
    /// <summary>A number.</summary>
    Number,
    /// <summary>A list of numbers, of which any may answer.</summary>
    Numbers,
    /// <summary>Ticked or not.</summary>
    Boolean,
    /// <summary>A list of those.</summary>
    Booleans,
    /// <summary>A day.</summary>
    Date,
    /// <summary>A list of days, of which any may answer.</summary>
    Dates,
    /// <summary>A moment.</summary>
    Instant,
    /// <summary>A list of moments, of which any may answer.</summary>
    Instants,
    /// <summary>One choice.</summary>
    Choice,
    /// <summary>Several choices.</summary>
    Choices,
    /// <summary>One person.</summary>
    Person,
    /// <summary>Several people.</summary>
    People,
    /// <summary>Linked records.</summary>
    Records,
    /// <summary>Attached files.</summary>
    Files,
}

/// <summary>Which operators a kind answers.</summary>
public static class FilterKinds
{
    const FilterOperator Empty = FilterOperator.IsEmpty, Filled = FilterOperator.IsNotEmpty;

    static readonly FilterOperator[] OfText = [FilterOperator.Contains, FilterOperator.DoesNotContain, FilterOperator.Is, FilterOperator.IsNot, FilterOperator.StartsWith, FilterOperator.EndsWith, FilterOperator.IsAnyOf, FilterOperator.IsNoneOf, Empty, Filled];
    static readonly FilterOperator[] OfNumbers = [FilterOperator.Is, FilterOperator.IsNot, FilterOperator.Less, FilterOperator.LessOrEqual, FilterOperator.Greater, FilterOperator.GreaterOrEqual, FilterOperator.Between, FilterOperator.IsAnyOf, FilterOperator.IsNoneOf, Empty, Filled];
    static readonly FilterOperator[] OfDates = [FilterOperator.Is, FilterOperator.IsNot, FilterOperator.Less, FilterOperator.LessOrEqual, FilterOperator.Greater, FilterOperator.GreaterOrEqual, FilterOperator.Between, Empty, Filled];
    static readonly FilterOperator[] OfSets = [FilterOperator.HasAnyOf, FilterOperator.HasAllOf, FilterOperator.IsExactly, FilterOperator.HasNoneOf, FilterOperator.Contains, FilterOperator.DoesNotContain, Empty, Filled];

    /// <summary>The operators that make sense of a kind.</summary>
    public static IReadOnlyList<FilterOperator> Operators(this FilterKind kind) => kind switch
    {
        FilterKind.Text or FilterKind.Barcode => OfText,
        FilterKind.Notation => [.. OfText[..8], FilterOperator.Less, FilterOperator.LessOrEqual, FilterOperator.Greater, FilterOperator.GreaterOrEqual, FilterOperator.Between, Empty, Filled],
        FilterKind.Texts => [.. OfText, FilterOperator.HasAnyOf, FilterOperator.HasAllOf, FilterOperator.IsExactly, FilterOperator.HasNoneOf],
        FilterKind.Number or FilterKind.Numbers => OfNumbers,
        FilterKind.Boolean or FilterKind.Booleans => [FilterOperator.Is, FilterOperator.IsNot, Empty, Filled],
        FilterKind.Date or FilterKind.Dates or FilterKind.Instant or FilterKind.Instants => OfDates,
        FilterKind.Choice => [FilterOperator.Is, FilterOperator.IsNot, FilterOperator.IsAnyOf, FilterOperator.IsNoneOf, FilterOperator.Contains, FilterOperator.DoesNotContain, Empty, Filled],
        FilterKind.Person => [FilterOperator.Is, FilterOperator.IsNot, FilterOperator.IsAnyOf, FilterOperator.IsNoneOf, Empty, Filled],
        FilterKind.People => [FilterOperator.HasAnyOf, FilterOperator.HasAllOf, FilterOperator.IsExactly, FilterOperator.HasNoneOf, Empty, Filled],
        FilterKind.Choices or FilterKind.Records => OfSets,
        _ => [FilterOperator.FileName, FilterOperator.FileType, FilterOperator.Contains, FilterOperator.DoesNotContain, Empty, Filled],
    };

    /// <summary>What a part of a field's cells is to a condition.</summary>
    internal static FilterKind KindOf(Part part, FieldType type) => (part.Kind, type is Lookup) switch
    {
        (ValueKind.Number, false) => FilterKind.Number,
        (ValueKind.Number, true) => FilterKind.Numbers,
        (ValueKind.Boolean, false) => FilterKind.Boolean,
        (ValueKind.Boolean, true) => FilterKind.Booleans,
        (_, false) => FilterKind.Text,
        _ => FilterKind.Texts,
    };

    /// <summary>What a field's cells are to a condition; null when nothing can be asked of them.</summary>
    public static FilterKind? KindOf(FieldType type) => type switch
    {
        ISelect => type.Column is ColumnType.Ids ? FilterKind.Choices : FilterKind.Choice,
        MultipleRecordLinks => FilterKind.Records,
        MultipleAttachments => FilterKind.Files,
        Barcode => FilterKind.Barcode,
        Notated { Order.Kind: not ValueKind.Number } => FilterKind.Notation,
        _ when Notated.Of(type) is { } notated => KindOf(notated.Order.Kind is ValueKind.Number ? notated.Order : Part.Text, type),
        _ => type.Column switch
        {
            ColumnType.Text => FilterKind.Text,
            ColumnType.Number => FilterKind.Number,
            ColumnType.Boolean => FilterKind.Boolean,
            ColumnType.Date => FilterKind.Date,
            ColumnType.Instant => FilterKind.Instant,
            ColumnType.Id => FilterKind.Person,
            ColumnType.Ids => FilterKind.People,
            ColumnType.Texts => FilterKind.Texts,
            ColumnType.Numbers => FilterKind.Numbers,
            ColumnType.Booleans => FilterKind.Booleans,
            ColumnType.Dates => FilterKind.Dates,
            ColumnType.Instants => FilterKind.Instants,
            _ => null,
        },
    };
}
