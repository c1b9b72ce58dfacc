using System.Text;

namespace PyBase.Extraction.Sheets.Csv;

/// <summary>Reads delimited text (RFC 4180, with any of the usual delimiters and line ends).</summary>
static class CsvSheet
{
    const int SniffedRecords = 100;
    const int SniffedCharacters = 256 * 1024;

    public static SheetGrid Read(string text, string name, CellBudget budget, FindingList findings, CancellationToken cancellation, out char delimiter)
    {
        var start = 0;
        // Excel's own hint: sep=;
        if (text.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && text.Length > 5 && text[5] is '\r' or '\n')
        {
            delimiter = text[4];
            start = text.IndexOf('\n', StringComparison.Ordinal) is > 0 and var end ? end + 1 : 6;
        }
        else
        {
            delimiter = Sniff(text);
        }
        var grid = new SheetGrid { Name = name };
        var number = start > 0 ? 1 : 0;
        foreach (var record in Records(text, start, delimiter, findings))
        {
            cancellation.ThrowIfCancellationRequested();
            number++;
            List<SheetCell> cells = [];
            for (var i = 0; i < record.Count; i++)
            {
                if (string.IsNullOrWhiteSpace(record[i]))
                    continue;
                if (budget.Take(record[i], grid, number, i + 1) is not { } kept)
                    break;
                cells.Add(new SheetCell(i + 1, kept, "text"));
            }
            if (cells.Count > 0)
                grid.Rows.Add(new SheetRow(number, false, cells));
            if (budget.IsSpent)
                break;
        }
        return grid;
    }

    // The delimiter that gives most records the same number of fields, and many of them.
    public static char Sniff(string text)
    {
        var sample = text.Length > SniffedCharacters ? text[..SniffedCharacters] : text;
        var best = (Score: 0.0, Delimiter: ',');
        foreach (var delimiter in (ReadOnlySpan<char>)[',', ';', '\t', '|'])
        {
            var counts = Records(sample, 0, delimiter, null).Take(SniffedRecords).Where(record => record.Exists(field => field.Length > 0)).Select(record => record.Count).ToList();
            if (counts.Count == 0)
                continue;
            var common = counts.Where(count => count > 1).GroupBy(count => count).OrderByDescending(group => group.Count()).ThenByDescending(group => group.Key).FirstOrDefault();
            if (common is null)
                continue;
            var score = (double)common.Count() / counts.Count * (1 + Math.Log2(common.Key) / 4);
            if (score > best.Score)
                best = (score, delimiter);
        }
        return best.Delimiter;
    }

    static IEnumerable<List<string>> Records(string text, int at, char delimiter, FindingList? findings)
    {
        const int mostFields = 16_384;
        List<string> record = [];
        var field = new StringBuilder();
        while (at < text.Length)
        {
            if (text[at] == '"')
            {
                at = Quoted(text, at + 1, field, findings);
                // What follows a closing quote up to the delimiter belongs to the field.
            }
            var end = at;
            while (end < text.Length && text[end] != delimiter && text[end] is not ('\r' or '\n'))
                end++;
            field.Append(text, at, end - at);
            if (record.Count < mostFields)
                record.Add(field.ToString());
            field.Clear();
            at = end;
            if (at < text.Length && text[at] == delimiter)
            {
                at++;
                if (at < text.Length && text[at] is not ('\r' or '\n'))
                    continue;
                record.Add("");
            }
            if (at < text.Length && text[at] == '\r')
                at++;
            if (at < text.Length && text[at] == '\n' && (at == 0 || text[at - 1] == '\r' || text[at] == '\n'))
                at++;
            yield return record;
            record = [];
        }
        if (record.Count > 0)
            yield return record;
    }

    static int Quoted(string text, int at, StringBuilder field, FindingList? findings)
    {
        while (at < text.Length)
        {
            var quote = text.IndexOf('"', at);
            if (quote < 0)
            {
                findings?.Warn(SheetFindingCode.QuoteOpen, "A quoted text is not closed; it was read to the end of the file.");
                field.Append(text, at, text.Length - at);
                return text.Length;
            }
            field.Append(text, at, quote - at);
            at = quote + 1;
            if (at >= text.Length || text[at] != '"')
                return at;
            field.Append('"');
            at++;
        }
        return at;
    }
}
