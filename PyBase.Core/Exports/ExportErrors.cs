using PyBase.Core.Errors;

namespace PyBase.Core.Exports;

/// <summary>Refusals of exports.</summary>
public static class ExportErrors
{
    /// <summary>Most rows of a sheet, the header aside.</summary>
    public const int MaxSheetRows = 1_048_575;

    /// <summary>No such format, or a field that the table does not have.</summary>
    public static Error Invalid(string why) => new("invalid-export", ErrorKind.Invalid, $"The export is not acceptable: {why}.", "Formats: csv, tsv, xlsx, json, ndjson.");

    /// <summary>The file went, or the job did not make one.</summary>
    public static readonly Error NoFile = new("export-no-file", ErrorKind.NotFound, "The job has no file, or not any more.", "Export again; the file of an export is kept for seven days.");

    /// <summary>A sheet ends there.</summary>
    public static readonly Error TooManyRows = new("export-too-many-rows", ErrorKind.Invalid, $"A sheet has at most {MaxSheetRows:N0} rows.", "Export as csv, json or ndjson, or through a view with a filter.");

    /// <summary>Larger than the file store takes.</summary>
    public static Error TooLarge(long limit) => new("export-too-large", ErrorKind.TooLarge, $"The file would have more than {limit:N0} bytes.", "Export through a view with a filter, or raise Files:MaxBytes.");
}
