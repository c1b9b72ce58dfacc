using PyBase.Core.Errors;

namespace PyBase.Core.Queries;

/// <summary>Refusals of queries.</summary>
public static class QueryErrors
{
    /// <summary>A filter that cannot be read, or that asks a field what it cannot answer.</summary>
    public static Error InvalidFilter(string rule) => new("invalid-filter", ErrorKind.Invalid, $"Invalid filter: {rule}.");

    /// <summary>A formula that means nothing; the text begins as Airtable's does.</summary>
    public static Error InvalidFilterByFormula(string reason) =>
        new("invalid-filter-by-formula", ErrorKind.Invalid, $"The formula for filtering records is invalid: {reason}");

    /// <summary>Unknown to the time zone database.</summary>
    public static Error UnknownTimeZone(string name) =>
        new("invalid-time-zone", ErrorKind.Invalid, $"There is no time zone \"{name.Excerpt()}\".", "Give a name of the IANA database, for instance Europe/Zurich.");

    /// <summary>Words to search for.</summary>
    public static readonly Error SearchTooLong = new("invalid-search", ErrorKind.Invalid, $"A search has at most {Search.MaxLength} characters and {Search.MaxWords} words.");

    /// <summary>A grouping or an aggregate that cannot be read, or that a field cannot answer.</summary>
    public static Error InvalidAggregate(string rule) => new("invalid-aggregate", ErrorKind.Invalid, $"Invalid aggregate request: {rule}.");

    /// <summary>More groups than a person could look at.</summary>
    public static readonly Error TooManyGroups = new("too-many-groups", ErrorKind.Invalid,
        $"There are more than {AggregateQuery.MaxGroups} groups.", "Filter the records, group by fewer fields, or by one with fewer different values.");
}
