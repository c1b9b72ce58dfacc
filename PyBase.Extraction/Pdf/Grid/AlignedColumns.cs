using PyBase.Extraction.Pdf.Content;
using PyBase.Extraction.Pdf.Lines;

namespace PyBase.Extraction.Pdf.Grid;

/// <summary>Columns within a lined grid that no line parts: rows of one long box under a heading of several, and figures side by side in one box.</summary>
static class AlignedColumns
{
    const int LeastRows = 2;
    const double Inside = 0.25, Gap = 0.3;

    public static List<LinedCell> Split(List<LinedCell> cells, List<double> edges) => SplitWithin(SplitLongBoxes(cells, edges));

    // The heading has lines between the columns, the rows below have none.
    static List<LinedCell> SplitLongBoxes(List<LinedCell> cells, List<double> edges)
    {
        Dictionary<object, List<LinedCell>> split = new(ReferenceEqualityComparer.Instance);
        foreach (var group in cells.Where(cell => cell.ColumnSpan > 1 && cell.Words.Count > 0).GroupBy(cell => (cell.Column, cell.ColumnSpan)))
        {
            var (first, span) = group.Key;
            var inner = edges.GetRange(first + 1, span - 1);
            var parted = group.Where(cell => !inner.Exists(edge => Crosses(cell.Words, edge))).ToList();
            var wide = parted.Count(cell => Filled(cell.Words, inner) > Math.Max(1, 0.5 * span));
            if (parted.Count < LeastRows || parted.Count < 0.8 * group.Count() || wide < 0.6 * parted.Count)
                continue;
            foreach (var cell in parted)
            {
                split[cell] = [.. Enumerable.Range(0, span).Select(i => cell with
                {
                    Column = first + i, ColumnSpan = 1,
                    Words = cell.Words.FindAll(word => inner.Count(edge => edge < word.Box.CentreX) == i),
                    Box = cell.Box with { Left = Math.Max(cell.Box.Left, edges[first + i]), Right = Math.Min(cell.Box.Right, edges[first + i + 1]) },
                })];
            }
        }
        return [.. cells.SelectMany(cell => split.TryGetValue(cell, out var parts) ? parts : [cell])];
    }

    // A word over the edge, or one right before it that the next goes on from.
    static bool Crosses(List<TextRun> words, double edge)
    {
        foreach (var word in words)
        {
            if (edge - word.Box.Left > Inside * word.Box.Width && word.Box.Right - edge > Inside * word.Box.Width)
                return true;
            if (word.Box.CentreX < edge && words.Exists(next => next.Box.CentreX > edge && Math.Abs(next.Across - word.Across) < 0.3 * word.Size && next.Along - word.End is var gap && gap < Gap * word.Size && gap > -word.Size))
                return true;
        }
        return false;
    }

    static int Filled(List<TextRun> words, List<double> inner) => words.Select(word => inner.Count(edge => edge < word.Box.CentreX)).Distinct().Count();

    static List<LinedCell> SplitWithin(List<LinedCell> cells)
    {
        var result = cells;
        foreach (var column in cells.Select(cell => cell.Column).Distinct().OrderDescending().ToList())
        {
            var own = result.FindAll(cell => cell.Column == column && cell.ColumnSpan == 1 && cell.Words.Count > 0 && cell.Words.TrueForAll(word => word.IsHorizontal));
            var cuts = Gutters.Within([.. own.OrderBy(cell => cell.Row).SelectMany(cell => CellText.LinesOf(cell.Words))]);
            if (cuts.Count > 0)
                result = [.. result.SelectMany(cell => Split(cell, column, cuts))];
        }
        return result;
    }

    static IEnumerable<LinedCell> Split(LinedCell cell, int column, List<double> cuts)
    {
        if (cell.Column > column)
            return [cell with { Column = cell.Column + cuts.Count }];
        if (cell.Column + cell.ColumnSpan <= column)
            return [cell];
        if (cell.ColumnSpan > 1 || cell.Words.Count == 0 || cuts.Exists(cut => cell.Words.Exists(word => word.Box.Left < cut - 1 && word.Box.Right > cut + 1)) || Filled(cell.Words, cuts) < 2 && IsCentred(cell))
            return [cell with { ColumnSpan = cell.ColumnSpan + cuts.Count }];
        return Enumerable.Range(0, cuts.Count + 1).Select(i => cell with
        {
            Column = cell.Column + i,
            Words = cell.Words.FindAll(word => cuts.Count(cut => cut < word.Box.CentreX) == i),
            Box = cell.Box with { Left = i == 0 ? cell.Box.Left : cuts[i - 1], Right = i == cuts.Count ? cell.Box.Right : cuts[i] },
        });
    }

    static bool IsCentred(LinedCell cell)
    {
        var words = cell.Words.Aggregate(Box.Nothing, (all, word) => all.With(word.Box));
        return Math.Abs(words.CentreX - cell.Box.CentreX) < 0.05 * cell.Box.Width;
    }
}
