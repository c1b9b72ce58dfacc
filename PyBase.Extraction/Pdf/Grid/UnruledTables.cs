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
    const int LeastRows = 3, MostTries = 20_000;

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
        var tries = 0;
        for (var start = 0; start < rows.Count;)
        {
            if (rows[start].Pieces.Count < 2)
            {
                start++;
                continue;
            }
            var end = TableExtent.Of(rows, start, rulings);
            if (Table(rows.GetRange(start, end - start), rulings, page) is { } table)
            {
                tables.Add(table);
                start = end;
            }
            else
            {
                // The table may begin at any line below; a page of text alone is longer than any heading.
                tries += end - start;
                start = tries < MostTries ? start + 1 : end;
            }
        }
        return tables;
    }

    static PageTable? Table(List<LineRow> rows, Rulings rulings, int page, RuleStack? stack = null)
    {
        if (rows.Count(row => row.Pieces.Count > 1) < LeastRows)
            return null;
        var columns = TableColumns.Of(rows);
        if (columns.Count < 2)
            return null;
        var heading = BodyRows.UnderHeading(rows, stack) ?? rows.FindIndex(row => row.Pieces.Count(piece => Figures.Is(CellText.Join(piece))) >= 0.5 * (row.Pieces.Count - 1) && row.Pieces.Count > 1);
        for (var line = 0; line < rows.Count; line++)
            rows[line].CutAt(columns, line < heading);
        var pieces = rows.SelectMany((row, at) => row.Pieces.Select(piece => TableColumns.PieceOf(piece, at, columns))).ToList();
        if (!LooksLikeTable(rows, pieces, columns, stack))
            return null;
        var body = BodyRows.UnderHeading(rows, stack) ?? BodyRows.First(rows, pieces);
        var cells = HeaderCells.Of(pieces.FindAll(piece => piece.Line < body), columns.Count, rulings, out var headerRows);
        var place = headerRows;
        foreach (var group in BodyRows.Of(rows, pieces, body, rulings, stack))
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
}
