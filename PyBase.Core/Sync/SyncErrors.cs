using PyBase.Core.Errors;

namespace PyBase.Core.Sync;

/// <summary>Refusals of files that are synced into a table.</summary>
public static class SyncErrors
{
    /// <summary>Largest file, in bytes.</summary>
    public const int MaxBytes = 2 << 20;

    /// <summary>What the text is instead of CSV.</summary>
    public static Error InvalidCsv(string rule) => new("invalid-csv", ErrorKind.Invalid, $"The CSV cannot be synced: {rule}.", "Send text/csv with the names of the fields in the first line.");

    /// <summary>Too many bytes, rows or columns.</summary>
    public static readonly Error TooLarge = new("sync-too-large", ErrorKind.TooLarge, $"A sync takes at most {MaxBytes >> 20} MB, {CsvRows.MaxRows} rows and {CsvRows.MaxColumns} columns.", "Drop the file on the base instead.");

    /// <summary>Rows are told apart by the first column.</summary>
    public static Error RepeatedKey(string key) => new("invalid-csv", ErrorKind.Invalid, $"The CSV cannot be synced: \"{key.Excerpt()}\" stands in the first column more than once.", "The first column tells the rows apart.");

    /// <summary>The name of a sync.</summary>
    public static readonly Error InvalidName = new("invalid-sync", ErrorKind.Invalid, "A sync is named by 1 to 100 letters, digits, dashes and underscores.");
}
