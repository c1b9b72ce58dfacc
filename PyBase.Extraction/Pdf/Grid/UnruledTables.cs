using PyBase.Extraction.Pdf.Content;
using PyBase.Extraction.Pdf.Lines;

namespace PyBase.Extraction.Pdf.Grid;

/// <summary>
/// Tables whose columns are only aligned: lines with several pieces one under the other, columns where no line has a letter
/// between. Lines above the first row of figures are headings, which may span columns and take several lines. Where the page
/// has lines over the heading, under it and under the table, these say what belongs to it.
/// </summary>
static class UnruledTables
{
    const double LineReach = 2.6, RuledReach = 4.5, GutterShare = 0.05;
    const int LeastRows = 3, MostHeadingLines = 8, LeastRules = 3;

    public static List<PageTable> Find(List<TextRun> words, Rulings rulings, int page)
    {
        List<PageTable> tables = [];
        foreach (var stack in RuleStack.Find(rulings, words))
        {
            var box = stack.Box.Grown(1);
            var inside = words.FindAll(word => box.Holds(word.Box.CentreX, word.Box.CentreY));
            if (inside.Count == 0 || Table(LineRow.Of(inside), rulings, page, stack) is not { } table)
                continue;
            tables.Add(table);
            words = words.FindAll(word => !box.Holds(word.Box.CentreX, word.Box.CentreY));
        }
        var rows = LineRow.Of(words);
        for (var start = 0; start < rows.Count;)
        {
            if (rows[start].Pieces.Count < 2)
            {
                start++;
                continue;
            }
            var end = Extent(rows, start, rulings);
            if (Table(rows.GetRange(start, end - start), rulings, page) is { } table)
            {
                tables.Add(table);
                start = end;
            }
            else
            {
                start++;
            }
        }
        return tables;
    }

    // Up to the last line of several pieces before a gap or text that runs on.
    static int Extent(List<LineRow> rows, int start, Rulings rulings)
    {
        var end = start + 1;
        var box = rows[start].Box;
        var alone = 0;
        for (var i = start + 1; i < rows.Count; i++)
        {
            var gap = rows[i - 1].Baseline - rows[i].Baseline;
            var size = Math.Max(rows[i].Size, rows[i - 1].Size);
            var isRuled = rulings.Horizontal.Any(ruling => ruling.At < rows[i - 1].Baseline && ruling.At > rows[i].Baseline && ruling.From < box.Right && ruling.To > box.Left);
            if (gap > (isRuled || AreAlike(rows[i - 1], rows[i]) ? RuledReach : LineReach) * size || RunsOn(rows[i], box) || IsNextHeading(rows, i, start, rulings))
                break;
            if (rows[i].Pieces.Count > 1)
            {
                (end, alone) = (i + 1, 0);
                box = box.With(rows[i].Box);
                continue;
            }
            // A line of its own within the table is a heading between rows, or the rest of a cell; text that runs on ends it.
            if (++alone > 3 || rows[i].Box.Width > 0.85 * box.Width && rows[i].Pieces[0].Count > 6)
                break;
        }
        return end < rows.Count && IsEndOfName(rows, start, end) ? end + 1 : end;
    }

    // The name of the last row goes on below its figures.
    static bool IsEndOfName(List<LineRow> rows, int start, int end) => end - start > LeastRows && rows[end].Pieces is [var name] && char.IsLower(name[0].Text[0])
        && Math.Abs(name[0].Along - rows[end - 1].Pieces[0][0].Along) < rows[end].Size && rows[end - 1].Baseline - rows[end].Baseline < 1.4 * rows[end].Size && name[^1].End < rows[end - 1].Pieces[1][0].Along;

    // Rows of figures may stand far apart.
    static bool AreAlike(LineRow one, LineRow other) => one.Pieces.Count > 2 && one.Pieces.Count == other.Pieces.Count && one.HasFigures && other.HasFigures;

    static bool RunsOn(LineRow row, Box box) => row.Pieces.Exists(piece => piece.Count > 8 && piece[^1].End - piece[0].Along > 0.7 * box.Width);

    // After a gap lines without figures and a line drawn under them: another table.
    static bool IsNextHeading(List<LineRow> rows, int at, int start, Rulings rulings)
    {
        if (at - start < LeastRows + 1 || rows[at - 1].Baseline - rows[at].Baseline < 1.5 * (rows[start].Baseline - rows[at - 1].Baseline) / (at - 1 - start))
            return false;
        for (var i = at; i < Math.Min(at + 3, rows.Count - 1); i++)
        {
            var box = rows[i].Box.With(rows[at].Box);
            if (rulings.Horizontal.Any(ruling => ruling.At < rows[i].Baseline && ruling.At > rows[i + 1].Baseline && ruling.From < box.Left + 3 && ruling.To > box.Right - 3))
                return i > at || !rows[i].HasFigures;
        }
        return false;
    }

    static PageTable? Table(List<LineRow> rows, Rulings rulings, int page, RuleStack? stack = null)
    {
        if (rows.Count(row => row.Pieces.Count > 1) < LeastRows)
            return null;
        var columns = Refined(Columns(rows), rows);
        if (columns.Count < 2)
            return null;
        var heading = UnderHeading(rows, stack) ?? rows.FindIndex(row => row.Pieces.Count(piece => Figures.Is(CellText.Join(piece))) >= 0.5 * (row.Pieces.Count - 1) && row.Pieces.Count > 1);
        for (var line = 0; line < rows.Count; line++)
            rows[line].CutAt(columns, line < heading);
        var pieces = rows.SelectMany((row, at) => row.Pieces.Select(piece => PieceOf(piece, at, columns))).ToList();
        if (!LooksLikeTable(rows, pieces, columns, stack))
            return null;
        var body = UnderHeading(rows, stack) ?? FirstBodyRow(rows, pieces);
        var cells = HeaderCells.Of(pieces.FindAll(piece => piece.Line < body), columns.Count, rulings, out var headerRows);
        var place = headerRows;
        foreach (var group in BodyRows(rows, pieces, body, rulings, stack))
        {
            foreach (var column in group.GroupBy(piece => (piece.First, piece.Last)).OrderBy(cell => cell.Key.First))
            {
                var words = column.SelectMany(piece => piece.Words).ToList();
                cells.Add(new GridCell(place, column.Key.First, 1, column.Key.Last - column.Key.First + 1, CellText.Of(words), words.Aggregate(Box.Nothing, (box, word) => box.With(word.Box))));
            }
            place++;
        }
        var all = cells.Aggregate(Box.Nothing, (box, cell) => box.With(cell.Box));
        return new PageTable { Page = page, Box = all, Cells = cells, IsRuled = false, Edges = [.. columns.Select(column => column.Left)], Ends = [.. columns.Select(column => column.Right)], HeaderRows = headerRows };
    }

    static Piece PieceOf(List<TextRun> words, int line, List<(double Left, double Right)> columns)
    {
        var (left, right) = (words[0].Along, words.Max(word => word.End));
        var first = -1;
        var last = -1;
        for (var i = 0; i < columns.Count; i++)
        {
            var shared = Math.Min(right, columns[i].Right) - Math.Max(left, columns[i].Left);
            if (shared <= Math.Min(2.5, 0.3 * (columns[i].Right - columns[i].Left)))
                continue;
            first = first < 0 ? i : first;
            last = i;
        }
        if (first < 0)
            first = last = Enumerable.Range(0, columns.Count).MinBy(i => Math.Abs((columns[i].Left + columns[i].Right) / 2 - (left + right) / 2));
        return new Piece(words, line, first, last);
    }

    // Where hardly a line has a letter is a gutter.
    static List<(double Left, double Right)> Columns(List<LineRow> rows)
    {
        var most = rows.Max(row => row.Pieces.Count);
        var wanted = rows.FindAll(row => row.Pieces.Count >= Math.Max(2, 0.5 * most));
        var ends = wanted.SelectMany(row => row.Spans).SelectMany(span => new[] { (At: span.Left, Step: 1), (At: span.Right, Step: -1) }).OrderBy(end => end.At).ThenByDescending(end => end.Step).ToList();
        var ignored = (int)(GutterShare * wanted.Count);
        List<(double Left, double Right)> columns = [];
        var depth = 0;
        foreach (var (at, step) in ends)
        {
            var before = depth;
            depth += step;
            if (before <= ignored && depth > ignored)
                columns.Add((at, at));
            else if (before > ignored && depth <= ignored && columns.Count > 0)
                columns[^1] = (columns[^1].Left, at);
        }
        // Parts of one column that touch.
        for (var i = columns.Count - 1; i > 0; i--)
        {
            if (columns[i].Left - columns[i - 1].Right >= 0.8)
                continue;
            columns[i - 1] = (columns[i - 1].Left, columns[i].Right);
            columns.RemoveAt(i);
        }
        columns.RemoveAll(column => column.Right - column.Left < 0.5);
        return columns;
    }

    // Figures side by side are columns though only a blank parts them.
    static List<(double Left, double Right)> Refined(List<(double Left, double Right)> columns, List<LineRow> rows)
    {
        List<(double Left, double Right)> refined = [];
        foreach (var column in columns)
        {
            var lines = rows.Select(row => row.Pieces.SelectMany(piece => piece).Where(word => word.Box.CentreX >= column.Left && word.Box.CentreX <= column.Right).OrderBy(word => word.Along).ToList())
                .Where(line => line.Count > 0).ToList();
            var left = column.Left;
            foreach (var cut in Gutters.Within(lines))
            {
                var right = lines.SelectMany(line => line).Where(word => word.End <= cut + 0.1).Max(word => word.End);
                refined.Add((left, right));
                left = lines.SelectMany(line => line).Where(word => word.Along >= cut - 0.1).Min(word => word.Along);
            }
            refined.Add((left, column.Right));
        }
        return refined;
    }

    static bool LooksLikeTable(List<LineRow> rows, List<Piece> pieces, List<(double Left, double Right)> bounds, RuleStack? stack)
    {
        var columns = bounds.Count;
        if (stack is null && Prose.Is(pieces, bounds))
            return false;
        var numeric = pieces.Count(piece => piece.IsNumeric);
        var words = pieces.Average(piece => piece.Words.Count);
        // Text in two or three columns, and lists with numbers before their lines.
        if (stack is null && columns <= 3 && words > 5 && numeric < 0.3 * pieces.Count)
            return false;
        var firsts = pieces.FindAll(piece => piece.First == 0);
        if (columns == 2 && firsts.Count > 0 && firsts.Average(piece => piece.Words.Sum(word => word.Text.Length)) <= 3)
            return false;
        var full = rows.Count(row => row.Pieces.Count >= Math.Max(2, 0.5 * columns));
        return full >= LeastRows && full >= (stack is null ? 0.4 : 0.25) * rows.Count;
    }

    // The second line of a stack stands under the heading.
    static int? UnderHeading(List<LineRow> rows, RuleStack? stack)
    {
        var body = stack is null ? 0 : rows.FindIndex(row => row.Baseline < stack.Lines[1]);
        return body is > 0 and <= MostHeadingLines ? body : null;
    }

    static int FirstBodyRow(List<LineRow> rows, List<Piece> pieces)
    {
        for (var line = 0; line < rows.Count; line++)
        {
            var rest = pieces.FindAll(piece => piece.Line == line && piece.First > 0);
            var years = rest.Count > 0 && rest.TrueForAll(piece => piece.IsYear);
            if (rest.Count > 0 && !years && rest.Count(piece => piece.IsNumeric) >= 0.5 * rest.Count)
            {
                // A heading between header and figures belongs to the body.
                return line > 0 && pieces.Count(piece => piece.Line == line - 1) == 1 && pieces.Exists(piece => piece.Line == line - 1 && piece.First == 0 && piece.Last == 0)
                    && pieces.Exists(piece => piece.Line < line - 1) ? line - 1 : line;
            }
        }
        return Math.Min(1, rows.Count);
    }

    // Lines that are set tighter than the rows, or that lack the first column and have only text, continue the row above.
    static List<List<Piece>> BodyRows(List<LineRow> rows, List<Piece> pieces, int body, Rulings rulings, RuleStack? stack)
    {
        List<List<Piece>> result = [];
        if (RowsBetweenLines(rows, pieces, body, stack) is { } lined)
            return lined;
        var steps = Enumerable.Range(body + 1, Math.Max(0, rows.Count - body - 1)).Select(line => rows[line - 1].Baseline - rows[line].Baseline).Order().ToList();
        var usual = steps.Count > 0 ? steps[steps.Count / 2] : 0;
        for (var line = body; line < rows.Count; line++)
        {
            var own = pieces.FindAll(piece => piece.Line == line);
            if (result.Count > 0 && line > body && IsRestOfName(own, result[^1], rows, line, usual))
                result[^1].AddRange(own);
            else if (line > body && result.Count > 0 && rows[line - 1].Baseline - rows[line].Baseline < 1.15 * usual && Continues(own, result[^1], rows, line, rulings))
                result[^1].AddRange(own);
            else
                result.Add(own);
        }
        return result;
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
