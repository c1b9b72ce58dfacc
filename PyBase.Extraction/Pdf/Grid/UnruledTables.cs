using PyBase.Extraction.Pdf.Content;
using PyBase.Extraction.Pdf.Lines;

namespace PyBase.Extraction.Pdf.Grid;

/// <summary>
/// Tables whose columns are only aligned: lines with several pieces one under the other, columns where no line has a letter
/// between. Lines above the first row of figures are headings, which may span columns and take several lines.
/// </summary>
static class UnruledTables
{
    const double LineReach = 2.6, RuledReach = 4.5, GutterShare = 0.05;
    const int LeastRows = 3;

    public static List<PageTable> Find(List<TextRun> words, Rulings rulings, int page)
    {
        List<PageTable> tables = [];
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
            if (gap > (isRuled ? RuledReach : LineReach) * size)
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
        return end;
    }

    static PageTable? Table(List<LineRow> rows, Rulings rulings, int page)
    {
        if (rows.Count(row => row.Pieces.Count > 1) < LeastRows)
            return null;
        var columns = Columns(rows);
        if (columns.Count < 2)
            return null;
        foreach (var row in rows)
            row.CutAt(columns);
        var pieces = rows.SelectMany((row, at) => row.Pieces.Select(piece => PieceOf(piece, at, columns))).ToList();
        if (!LooksLikeTable(rows, pieces, columns.Count))
            return null;
        var body = FirstBodyRow(rows, pieces);
        var cells = HeaderCells.Of(pieces.FindAll(piece => piece.Line < body), columns.Count, rulings, out var headerRows);
        var place = headerRows;
        foreach (var group in BodyRows(rows, pieces, body, rulings))
        {
            foreach (var column in group.GroupBy(piece => (piece.First, piece.Last)).OrderBy(cell => cell.Key.First))
            {
                var words = column.SelectMany(piece => piece.Words).ToList();
                cells.Add(new GridCell(place, column.Key.First, 1, column.Key.Last - column.Key.First + 1, CellText.Of(words), words.Aggregate(Box.Nothing, (box, word) => box.With(word.Box))));
            }
            place++;
        }
        var all = cells.Aggregate(Box.Nothing, (box, cell) => box.With(cell.Box));
        return new PageTable { Page = page, Box = all, Cells = cells, IsRuled = false, Edges = [.. columns.Select(column => column.Left)], HeaderRows = headerRows };
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

    static bool LooksLikeTable(List<LineRow> rows, List<Piece> pieces, int columns)
    {
        var numeric = pieces.Count(piece => piece.IsNumeric);
        var words = pieces.Average(piece => piece.Words.Count);
        // Text in two or three columns, and lists with numbers before their lines.
        if (columns <= 3 && words > 5 && numeric < 0.3 * pieces.Count)
            return false;
        var firsts = pieces.FindAll(piece => piece.First == 0);
        if (columns == 2 && firsts.Count > 0 && firsts.Average(piece => piece.Words.Sum(word => word.Text.Length)) <= 3)
            return false;
        var full = rows.Count(row => row.Pieces.Count >= Math.Max(2, 0.5 * columns));
        return full >= LeastRows && full >= 0.4 * rows.Count;
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
    static List<List<Piece>> BodyRows(List<LineRow> rows, List<Piece> pieces, int body, Rulings rulings)
    {
        List<List<Piece>> result = [];
        var steps = Enumerable.Range(body + 1, Math.Max(0, rows.Count - body - 1)).Select(line => rows[line - 1].Baseline - rows[line].Baseline).Order().ToList();
        var usual = steps.Count > 0 ? steps[steps.Count / 2] : 0;
        for (var line = body; line < rows.Count; line++)
        {
            var own = pieces.FindAll(piece => piece.Line == line);
            if (line > body && result.Count > 0 && rows[line - 1].Baseline - rows[line].Baseline < 1.15 * usual && Continues(own, result[^1], rows, line, rulings))
                result[^1].AddRange(own);
            else
                result.Add(own);
        }
        return result;
    }

    static bool Continues(List<Piece> own, List<Piece> above, List<LineRow> rows, int line, Rulings rulings)
    {
        if (own.Exists(piece => piece.First == 0 || piece.IsNumeric || piece.First != piece.Last) || own.Count >= above.Count)
            return false;
        if (rulings.Horizontal.Any(ruling => ruling.At < rows[line - 1].Baseline && ruling.At > rows[line].Baseline && ruling.From < own[0].Words[0].Along && ruling.To > own[0].Words[0].Along))
            return false;
        return own.TrueForAll(piece => above.Exists(other => other.First == piece.First && !other.IsNumeric));
    }
}
