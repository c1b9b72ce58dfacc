namespace PyBase.Extraction.Pdf.Grid;

/// <summary>The rows under the heading of a table without lines, each of one or more lines of text.</summary>
static class BodyRows
{
    const int MostHeadingLines = 8, LeastRules = 3;

    /// <summary>The second line of a stack stands under the heading.</summary>
    public static int? UnderHeading(List<LineRow> rows, RuleStack? stack)
    {
        var body = stack is null ? 0 : rows.FindIndex(row => row.Baseline < stack.Lines[1]);
        return body is > 0 and <= MostHeadingLines ? body : null;
    }

    /// <summary>The first line of figures.</summary>
    public static int First(List<LineRow> rows, List<Piece> pieces)
    {
        var lines = ByLine(rows, pieces);
        for (var line = 0; line < rows.Count; line++)
        {
            var rest = lines[line].FindAll(piece => piece.First > 0);
            var years = rest.Count > 0 && rest.TrueForAll(piece => piece.IsYear);
            if (rest.Count > 0 && !years && rest.Count(piece => piece.IsNumeric) >= 0.5 * rest.Count)
            {
                // A heading between header and figures belongs to the body.
                return line > 0 && lines[line - 1] is [{ First: 0, Last: 0 }]
                    && pieces.Exists(piece => piece.Line < line - 1) ? line - 1 : line;
            }
        }
        return Math.Min(1, rows.Count);
    }

    /// <summary>Lines that are set tighter than the rows, or that lack the first column and have only text, continue the row above.</summary>
    public static List<List<Piece>> Of(List<LineRow> rows, List<Piece> pieces, int body, Rulings rulings, RuleStack? stack)
    {
        List<List<Piece>> result = [];
        if (RowsBetweenLines(rows, pieces, body, stack) is { } lined)
            return lined;
        var steps = Enumerable.Range(body + 1, Math.Max(0, rows.Count - body - 1)).Select(line => rows[line - 1].Baseline - rows[line].Baseline).Order().ToList();
        var usual = steps.Count > 0 ? steps[steps.Count / 2] : 0;
        var lines = ByLine(rows, pieces);
        for (var line = body; line < rows.Count; line++)
        {
            var own = lines[line];
            if (result.Count > 0 && line > body && IsRestOfName(own, result[^1], rows, line, usual))
                result[^1].AddRange(own);
            else if (line > body && result.Count > 0 && rows[line - 1].Baseline - rows[line].Baseline < 1.15 * usual && Continues(own, result[^1], rows, line, rulings))
                result[^1].AddRange(own);
            else
                result.Add(own);
        }
        return result;
    }

    static List<Piece>[] ByLine(List<LineRow> rows, List<Piece> pieces)
    {
        List<Piece>[] lines = [.. rows.Select(_ => new List<Piece>())];
        foreach (var piece in pieces)
            lines[piece.Line].Add(piece);
        return lines;
    }

    // Where a line stands under every row, what is between two is one row.
    static List<List<Piece>>? RowsBetweenLines(List<LineRow> rows, List<Piece> pieces, int body, RuleStack? stack)
    {
        var between = pieces.Where(piece => piece.Line >= body).GroupBy(piece => stack?.Lines.Count(line => line > rows[piece.Line].Baseline) ?? 0).OrderBy(group => group.Key).Select(group => group.ToList()).ToList();
        return between.Count < LeastRules || between.Exists(group => group.Where(piece => piece.IsNumeric && piece.Text.Any(char.IsDigit)).GroupBy(piece => piece.First).Any(column => column.Count() > 1)) ? null : between;
    }

    // The name of a row may take several lines, its figures stand beside the first, the middle or the last of them.
    static bool IsRestOfName(List<Piece> own, List<Piece> above, List<LineRow> rows, int line, double usual)
    {
        var step = rows[line - 1].Baseline - rows[line].Baseline;
        if (step > 1.1 * usual)
            return false;
        var isName = own.Count == 1 && own[0] is { First: 0, Last: 0, IsNumeric: false };
        if (isName && above.Exists(piece => piece.First > 0))
            return step < 0.8 * usual && step < 0.9 * Below(rows, line) || char.IsLower(own[0].Text[0]) || own[0].Words.Count <= 3 && above.Find(piece => piece.First == 0) is { Text: var name } && name[^1] is ('/' or '-' or ',' or '&');
        return !own.Exists(piece => piece.First == 0) && own.Count(piece => piece.IsNumeric) >= 0.5 * own.Count && own.Count > 1
            && above.TrueForAll(piece => piece is { First: 0, Last: 0, IsNumeric: false });
    }

    static double Below(List<LineRow> rows, int line) => line + 1 < rows.Count ? rows[line].Baseline - rows[line + 1].Baseline : double.MaxValue;

    static bool Continues(List<Piece> own, List<Piece> above, List<LineRow> rows, int line, Rulings rulings)
    {
        if (own.Exists(piece => piece.First == 0 || piece.IsNumeric || piece.First != piece.Last) || own.Count >= above.Count)
            return false;
        if (rulings.Horizontal.Any(ruling => ruling.At < rows[line - 1].Baseline && ruling.At > rows[line].Baseline && ruling.From < own[0].Words[0].Along && ruling.To > own[0].Words[0].Along))
            return false;
        return own.TrueForAll(piece => above.Exists(other => other.First == piece.First && !other.IsNumeric));
    }
}
