using System.Text;
using PyBase.Core.Errors;

namespace PyBase.Core.Sync;

/// <summary>A CSV text (RFC 4180: commas, quotes doubled inside quotes, any line end): the first line names the columns. Short rows are filled with empty cells.</summary>
public sealed record CsvRows(IReadOnlyList<string> Columns, IReadOnlyList<string[]> Rows)
{
    /// <summary>Most rows below the names, as in Airtable.</summary>
    public const int MaxRows = 10_000;

    /// <summary>Most columns.</summary>
    public const int MaxColumns = 500;

    /// <summary>Reads a whole text; a blank line is no row.</summary>
    public static Result<CsvRows> Read(string text)
    {
        string[]? columns = null;
        var rows = new List<string[]>();
        var (at, line) = (0, new List<string>());
        while (at < text.Length)
        {
            line.Clear();
            if (!ReadLine(text, ref at, line))
                return SyncErrors.InvalidCsv($"a quote is not closed before the end of row {rows.Count + 1}");
            if (line is [""])
                continue;
            if (line.Count > (columns?.Length ?? MaxColumns))
                return columns is null ? SyncErrors.TooLarge : SyncErrors.InvalidCsv($"row {rows.Count + 1} has more cells than there are columns");
            if (columns is null)
            {
                columns = [.. line.Select(name => name.Trim())];
                if (columns.Any(name => name.Length == 0) || columns.Distinct().Count() != columns.Length)
                    return SyncErrors.InvalidCsv("every column has a name of its own in the first line");
            }
            else if (rows.Count == MaxRows)
                return SyncErrors.TooLarge;
            else
                rows.Add([.. line, .. Enumerable.Repeat("", columns.Length - line.Count)]);
        }
        return columns is null ? SyncErrors.InvalidCsv("it is empty") : new CsvRows(columns, rows);
    }

    /// <summary>The cells up to the end of the line; false when a quote stays open.</summary>
    static bool ReadLine(string text, ref int at, List<string> cells)
    {
        var cell = new StringBuilder();
        while (true)
        {
            if (cell.Length == 0 && at < text.Length && text[at] == '"')
            {
                for (at++; ; at++)
                {
                    if (at >= text.Length)
                        return false;
                    if (text[at] != '"')
                        cell.Append(text[at]);
                    else if (at + 1 < text.Length && text[at + 1] == '"')
                        cell.Append(text[at++]);
                    else
                        break;
                }
                at++;
            }
            var end = text.AsSpan(at).IndexOfAny(',', '\r', '\n') is >= 0 and var found ? at + found : text.Length;
            cell.Append(text, at, end - at);
            cells.Add(cell.ToString());
            cell.Clear();
            at = end + 1;
            if (end < text.Length && text[end] == ',')
                continue;
            if (end + 1 < text.Length && text[end] == '\r' && text[end + 1] == '\n')
                at++;
            return true;
        }
    }
}
