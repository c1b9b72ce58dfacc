using PyBase.Core.Errors;

namespace PyBase.Core.Imports;

/// <summary>Refusals of imports, and what is said of single cells.</summary>
public static class ImportErrors
{
    /// <summary>The text means nothing to the field.</summary>
    public static Error CellNotRead(string field, string type) => new("cell-not-read", ErrorKind.Invalid, $"A text is no value of field \"{field.Excerpt()}\" ({type}).", "Choose another field or type for the column, or skip such rows.");

    /// <summary>The mapping cannot be understood.</summary>
    public static Error InvalidMapping(string why) => new("invalid-import-mapping", ErrorKind.Invalid, $"The mapping of the import is not acceptable: {why}.", "Take the mapping of the preview and change it.");

    /// <summary>Nobody is asked any more.</summary>
    public static readonly Error NotWaiting = new("import-not-waiting", ErrorKind.Conflict, "The job does not wait for a decision.", "Drop the file again with import: \"preview\".");

    /// <summary>There is nothing to show.</summary>
    public static readonly Error NoPreview = new("import-no-preview", ErrorKind.NotFound, "The job has no preview.", "Drop the file with import: \"preview\".");

    /// <summary>The file's rows do not fit, and the mapping says that all of them have to.</summary>
    public static Error BadRows(long rows) => new("import-bad-rows", ErrorKind.Invalid, $"{rows} rows of the file cannot be read as they are mapped; nothing was imported.", "The findings name rows and columns. Correct them, or import with badRows: \"skip\" or \"emptyCells\".");

    /// <summary>Somebody took the table away while it was filled.</summary>
    public static readonly Error TableGone = new("import-table-gone", ErrorKind.Conflict, "The table of the import is not there any more.", "Drop the file again.");

    /// <summary>A file of rows without a column that goes anywhere.</summary>
    public static readonly Error NothingToImport = new("import-nothing-mapped", ErrorKind.Invalid, "No column of the file goes into a field.", "Map at least one column.");

    /// <summary>A new field where the role does not allow one.</summary>
    public static readonly Error FieldsNotPermitted = new("import-fields-not-permitted", ErrorKind.Forbidden, "The mapping adds fields to a table, which your role does not allow.", "Map the columns to fields that are there, or import into a new table.");

    /// <summary>The other base cannot be named like this.</summary>
    public static Error InvalidSource(string why) => new("invalid-import-source", ErrorKind.Invalid, $"The base to import cannot be read: {why}.");

    /// <summary>The other side refused or fell silent.</summary>
    public static Error SourceFailed(string why) => new("import-source-failed", ErrorKind.Invalid, $"The other server does not give the base: {why}.", "Check the id of the base and the scopes of the token (schema.bases:read, data.records:read).");

    /// <summary>Ids are to be kept, and some are taken.</summary>
    public static Error RecordsExist(int count) => new("import-records-exist", ErrorKind.Conflict, $"{count} records of the file have ids that are there already, or twice in the file.", "Import without keepIds, or merge by a field.");
}
