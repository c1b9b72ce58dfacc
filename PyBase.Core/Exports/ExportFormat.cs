namespace PyBase.Core.Exports;

/// <summary>The files that a table can be written into.</summary>
public enum ExportFormat
{
    /// <summary>Text between commas, UTF-8 with a mark, as spreadsheets open it.</summary>
    Csv,
    /// <summary>Text between tabs.</summary>
    Tsv,
    /// <summary>A workbook of one sheet, cells typed, the header frozen.</summary>
    Xlsx,
    /// <summary><c>{"records":[…]}</c> in the form of <c>/v0</c>.</summary>
    Json,
    /// <summary>The same records, one a line.</summary>
    Ndjson,
}

/// <summary>Names and types of such files.</summary>
public static class ExportFormats
{
    /// <summary>What the browser is told.</summary>
    public static string MediaType(this ExportFormat format) => format switch
    {
        ExportFormat.Csv => "text/csv; charset=utf-8",
        ExportFormat.Tsv => "text/tab-separated-values; charset=utf-8",
        ExportFormat.Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ExportFormat.Json => "application/json",
        _ => "application/x-ndjson",
    };

    /// <summary>The file of a table of that name.</summary>
    public static string FileName(this ExportFormat format, string table)
    {
        var name = new string([.. table.Select(letter => char.IsControl(letter) || "/\\:*?\"<>|".Contains(letter, StringComparison.Ordinal) ? '_' : letter)]).Trim(' ', '.');
        return $"{Schema.FreeName.Cut(name.Length == 0 ? "table" : name, 200)}.{format.ToString().ToLowerInvariant()}";
    }
}
