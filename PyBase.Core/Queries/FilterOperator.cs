using System.Collections.Frozen;

namespace PyBase.Core.Queries;

/// <summary>What a condition asks of a cell. A negation (<c>…Not</c>, <c>…NoneOf</c>) is true of empty cells too.</summary>
public enum FilterOperator
{
    /// <summary>The text stands somewhere in the cell, whatever its case; of a list, in any item.</summary>
    Contains,
    /// <summary>Not so.</summary>
    DoesNotContain,
    /// <summary>Exactly this.</summary>
    Is,
    /// <summary>Anything else, or nothing.</summary>
    IsNot,
    /// <summary>Begins with the text, whatever its case.</summary>
    StartsWith,
    /// <summary>Ends with the text, whatever its case.</summary>
    EndsWith,
    /// <summary>Nothing in it.</summary>
    IsEmpty,
    /// <summary>Something in it.</summary>
    IsNotEmpty,
    /// <summary>Smaller, or before the day.</summary>
    Less,
    /// <summary>Not greater, or not after the day.</summary>
    LessOrEqual,
    /// <summary>Greater, or after the day.</summary>
    Greater,
    /// <summary>Not smaller, or not before the day.</summary>
    GreaterOrEqual,
    /// <summary>From one to the other, both included; of days also a span such as the past week.</summary>
    Between,
    /// <summary>One of these.</summary>
    IsAnyOf,
    /// <summary>None of these, or nothing.</summary>
    IsNoneOf,
    /// <summary>At least one of these is in the list.</summary>
    HasAnyOf,
    /// <summary>All of these are in the list.</summary>
    HasAllOf,
    /// <summary>These are in the list, and no others.</summary>
    IsExactly,
    /// <summary>None of these is in the list.</summary>
    HasNoneOf,
    /// <summary>A file's name contains the text.</summary>
    FileName,
    /// <summary>A file is of the kind: <c>image</c>, <c>video</c>, <c>audio</c>, <c>text</c>, <c>pdf</c>, <c>other</c>, or a media type.</summary>
    FileType,
}

/// <summary>The words for operators on the wire: Airtable's first, then those of other clients.</summary>
public static class FilterOperators
{
    static readonly (FilterOperator Operator, string[] Names)[] All =
    [
        (FilterOperator.Contains, ["contains"]),
        (FilterOperator.DoesNotContain, ["doesNotContain", "not_contains"]),
        (FilterOperator.Is, ["is", "=", "equals"]),
        (FilterOperator.IsNot, ["isNot", "!=", "≠", "not_equals"]),
        (FilterOperator.StartsWith, ["startsWith", "starts_with"]),
        (FilterOperator.EndsWith, ["endsWith", "ends_with"]),
        (FilterOperator.IsEmpty, ["isEmpty", "is_empty"]),
        (FilterOperator.IsNotEmpty, ["isNotEmpty", "is_not_empty"]),
        (FilterOperator.Less, ["<", "lt", "isBefore", "is_before"]),
        (FilterOperator.LessOrEqual, ["<=", "≤", "lte", "isOnOrBefore"]),
        (FilterOperator.Greater, [">", "gt", "isAfter", "is_after"]),
        (FilterOperator.GreaterOrEqual, [">=", "≥", "gte", "isOnOrAfter"]),
        (FilterOperator.Between, ["isWithin", "isBetween", "between"]),
        (FilterOperator.IsAnyOf, ["isAnyOf", "in"]),
        (FilterOperator.IsNoneOf, ["isNoneOf", "not_in"]),
        (FilterOperator.HasAnyOf, ["hasAnyOf", "|"]),
        (FilterOperator.HasAllOf, ["hasAllOf", "&"]),
        (FilterOperator.IsExactly, ["isExactly"]),
        (FilterOperator.HasNoneOf, ["hasNoneOf"]),
        (FilterOperator.FileName, ["filename"]),
        (FilterOperator.FileType, ["filetype", "fileType"]),
    ];

    static readonly FrozenDictionary<string, FilterOperator> ByName = All.SelectMany(o => o.Names.Select(name => (name, o.Operator))).ToFrozenDictionary(o => o.name, o => o.Operator);
    static readonly FrozenDictionary<FilterOperator, string> FirstNames = All.ToFrozenDictionary(o => o.Operator, o => o.Names[0]);

    /// <summary>The operator of that name; null when there is none.</summary>
    public static FilterOperator? Find(string name) => ByName.TryGetValue(name, out var found) ? found : null;

    /// <summary>Its first name.</summary>
    public static string Name(this FilterOperator of) => FirstNames[of];
}
