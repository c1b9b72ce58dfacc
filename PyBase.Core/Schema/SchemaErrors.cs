using PyBase.Core.Errors;

namespace PyBase.Core.Schema;

/// <summary>Refusals about bases, tables and what is in them.</summary>
public static class SchemaErrors
{
    /// <summary>Airtable does not tell an unknown base or table from a forbidden one.</summary>
    public static readonly Error ModelNotFound = new("invalid-permissions-or-model-not-found", ErrorKind.Forbidden,
        "Invalid permissions, or the requested model was not found. Check that both your user and your token have the required permissions, and that the model names and/or ids are correct.");

    /// <summary>The role does not allow it.</summary>
    public static readonly Error NotPermitted = new("invalid-permissions", ErrorKind.Forbidden, "You are not permitted to perform this operation");

    /// <summary>No such record.</summary>
    public static readonly Error RecordNotFound = new("record-not-found", ErrorKind.NotFound, "Record not found");

    /// <summary>An id that somebody wants for a new thing.</summary>
    public static readonly Error InvalidId = new("invalid-id", ErrorKind.Invalid, "An id is of the wrong form, or it is taken.",
        "An id is three letters that say what it names (app, tbl, fld, viw, rec) and 14 letters or digits. Leave it out to get a fresh one.");

    /// <summary>A base has a name.</summary>
    public static readonly Error BaseNeedsName = new("invalid-request-missing-fields", ErrorKind.Invalid, "A base needs a name.");

    /// <summary>Table names are unique in a base, and not empty.</summary>
    public static Error TableNameTaken(string name) =>
        new("duplicate-table-name", ErrorKind.Invalid, name.Length == 0 ? "A table needs a name." : $"There is a table \"{name}\" already.");

    /// <summary>A table starts with at least one field.</summary>
    public static readonly Error NoFields = new("invalid-request-missing-fields", ErrorKind.Invalid, "A table needs at least one field; the first is its primary field.");

    /// <summary>The base is full.</summary>
    public static readonly Error TooManyTables = new("too-many-tables", ErrorKind.Invalid,
        $"A base has at most {TableSpec.MaxTables} tables, and a request makes at most {TableSpec.MaxTablesAtOnce}.");

    /// <summary>Descriptions are for people.</summary>
    public static readonly Error DescriptionTooLong = new("invalid-request-unknown", ErrorKind.Invalid,
        $"A description has at most {TableSpec.MaxDescription} characters.");

    /// <summary>Others change the base's definitions all the time, so this write never got its turn.</summary>
    public static readonly Error BaseBusy = new("retriable-error", ErrorKind.Unavailable,
        "Server encountered an error while processing your request, and it is safe to retry the request", "The base is busy; try again in two seconds.");

    /// <summary>Between two databases: for moments nothing of the base is to be had, and before that, while it is copied, its definitions cannot be changed.</summary>
    public static readonly Error BaseMoves = new("base-moves", ErrorKind.Unavailable,
        "The base is on its way to another database, and it is safe to retry the request", "Records can be read and written again in two seconds, definitions be changed when all is copied.");
}
