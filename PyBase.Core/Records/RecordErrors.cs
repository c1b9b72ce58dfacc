using PyBase.Core.Errors;

namespace PyBase.Core.Records;

/// <summary>Refusals of record requests, with the texts that Airtable's clients know.</summary>
public static class RecordErrors
{
    /// <summary>Most records of one request.</summary>
    public const int MaxRecords = 1_000;

    /// <summary>A cell for a field that the table does not have.</summary>
    public static Error UnknownFieldName(string name) => new("unknown-field-name", ErrorKind.Invalid, $"Unknown field name: \"{name.Excerpt()}\"");

    /// <summary>A body without <c>fields</c> and <c>records</c>.</summary>
    public static readonly Error MissingFields = new("invalid-request-missing-fields", ErrorKind.Invalid, "Could not find field \"fields\" in the request body");

    /// <summary>Not a list of record objects, or too long a list.</summary>
    public static readonly Error InvalidRecords = new("invalid-records", ErrorKind.Invalid,
        $"You must provide an array of up to {MaxRecords} record objects, each with an \"id\" ID field and a \"fields\" object for cell values.");

    /// <summary>The body is not JSON.</summary>
    public static readonly Error InvalidBody = new("invalid-request-body", ErrorKind.Malformed, "Could not parse request body");

    /// <summary>A parameter has a value that it cannot have.</summary>
    public static Error InvalidRequest(string? hint = null) => new("invalid-request-unknown", ErrorKind.Invalid, "Invalid request: parameter validation failed. Check your request data.", hint);

    /// <summary>The cursor was not made here, or for another query.</summary>
    public static readonly Error InvalidOffset = new("invalid-offset-value", ErrorKind.Invalid, "The value of offset is invalid.", "Start again without offset.");

    /// <summary>pageSize is 1 to 1,000.</summary>
    public static readonly Error InvalidPageSize = new("invalid-page-size-argument", ErrorKind.Invalid, "pageSize is a whole number from 1 to 1000.");

    /// <summary>Streams hold memory; there are only so many at once.</summary>
    public static readonly Error TooManyStreams = new("too-many-streams", ErrorKind.TooMany, "Too many streams of records are open at once.", "Try again when one has ended, or read by pages.");

    /// <summary>The fields or conditions of a stream are not what they were when it began.</summary>
    public static readonly Error DefinitionsChanged = new("definitions-changed", ErrorKind.Conflict, "The table's fields or the view changed while its records were read.", "Start again.");

    /// <summary>What the caller has seen elsewhere is not here.</summary>
    public static Error Behind(string table, long version, long asked) => new("version-not-reached", ErrorKind.Unavailable,
        $"{table} is at version {version}, before the {asked} that PyBase-At-Least asks for.", "Try again in a moment; after a restore, ask without the header.");

    /// <summary>The table has no such view.</summary>
    public static Error UnknownView(string view) => Ids.Id.Is(view, "viw")
        ? new("view-id-not-found", ErrorKind.Invalid, $"View {view} was not found in this table.")
        : new("view-name-not-found", ErrorKind.Invalid, $"There is no view \"{view.Excerpt()}\" in this table.");

    /// <summary>Links and attachments of one request, all cells together.</summary>
    public static readonly Error TooManyLinks = new("invalid-records", ErrorKind.Invalid,
        $"A request sets at most {RecordPlan.MaxLinks} links and attachments.", "Send fewer records at a time.");

    /// <summary>PostgreSQL keeps a row on one page; some 300 filled text cells are too many for it.</summary>
    public static readonly Error TooWide = new("record-too-wide", ErrorKind.Invalid, "The record has too many filled cells.", "Spread its fields over two linked tables.");

    /// <summary>A key means one request.</summary>
    public static readonly Error KeyReused = new("idempotency-key-reused", ErrorKind.Invalid, "This Idempotency-Key was sent with another request.", "Use a new key for each request.");

    /// <summary>The same record twice in one request.</summary>
    public static Error RepeatedRecord(string id) => new("invalid-records", ErrorKind.Invalid, $"Record {id} stands in the request more than once.");

    /// <summary>A field that cannot tell records apart.</summary>
    public static Error CannotMergeOn(string field) =>
        new("invalid-merge-field", ErrorKind.Invalid, $"Field \"{field}\" cannot be merged on.", "Merge on text, number, select or date fields.");

    /// <summary>Several records have the same values in the fields to merge on.</summary>
    public static Error MergeMatchesSeveral(string record) =>
        new("failed-state-check", ErrorKind.Invalid, $"More than one record matches the fields to merge on ({record} and others).", "Make the values unique, or name the record by id.");
}
