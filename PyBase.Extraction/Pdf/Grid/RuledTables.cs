using PyBase.Extraction.Pdf.Content;
using PyBase.Extraction.Pdf.Lines;

namespace PyBase.Extraction.Pdf.Grid;

/// <summary>Lays the words inside of lined cells into rows and columns.</summary>
static class RuledTables
{
    const double SameEdge = 2.0;
    const int LeastCells = 4;

    static readonly Comparer<double> s_downwards = Comparer<double>.Create((one, other) => other.CompareTo(one));

    /// <summary>The grid of a group of neighbouring cells; null when it is no table.</summary>
    public static PageTable? Of(List<Box> boxes, List<TextRun> words, int page)
    {
        if (boxes.Count < LeastCells)
            return null;
        var xs = Edges(boxes.SelectMany(box => new[] { box.Left, box.Right }));
        var ys = Edges(boxes.SelectMany(box => new[] { box.Bottom, box.Top }));
        if (xs.Count < 3 || ys.Count < 3)
            return null;
        ys.Reverse();
        var box = boxes.Aggregate(Box.Nothing, (all, each) => all.With(each));
        List<LinedCell> cells = [];
        foreach (var one in boxes)
        {
            var (row, column) = (Nearest(ys, one.Top), Nearest(xs, one.Left));
            cells.Add(new LinedCell(row, column, Math.Max(1, Nearest(ys, one.Bottom) - row), Math.Max(1, Nearest(xs, one.Right) - column), [], one));
        }
        Place(words, cells, ys);
        var filled = cells.Count(cell => cell.Words.Count > 0);
        if (filled < LeastCells || filled < 0.2 * cells.Count || cells.Where(cell => cell.Words.Count > 0).Select(cell => cell.Column).Distinct().Count() < 2)
            return null;
        var parted = PartRows(cells);
        var labels = SideLabels.Of(parted, words, box);
        List<GridCell> grid = [.. labels.Concat(AlignedColumns.Split(parted, xs)).Select(cell => cell.ToCell())];
        Squeeze(grid);
        return new PageTable { Page = page, Box = labels.Aggregate(box, (all, label) => all.With(label.Box)), Cells = grid, IsRuled = true, Edges = xs };
    }

    // Each word asks the cells of its own row and of those beside it, whose edges may be a little off.
    static void Place(List<TextRun> words, List<LinedCell> cells, List<double> ys)
    {
        List<int>[] rows = [.. ys.Select(_ => new List<int>())];
        for (var i = 0; i < cells.Count; i++)
        {
            for (var row = cells[i].Row; row < Math.Min(cells[i].Row + cells[i].RowSpan, rows.Length); row++)
                rows[row].Add(i);
        }
        foreach (var word in words)
        {
            var (x, y) = (word.Box.CentreX, word.Box.CentreY);
            var row = ys.BinarySearch(y, s_downwards) is var at && at >= 0 ? at : ~at - 1;
            var place = int.MaxValue;
            for (var near = Math.Max(0, row - 1); near <= Math.Min(rows.Length - 1, row + 1); near++)
            {
                var own = rows[near].FindIndex(cell => cells[cell].Box.Holds(x, y));
                place = own < 0 ? place : Math.Min(place, rows[near][own]);
            }
            if (place < int.MaxValue)
                cells[place].Words.Add(word);
        }
    }

    static List<LinedCell> PartRows(List<LinedCell> cells)
    {
        List<LinedCell> grid = [];
        var added = 0;
        foreach (var row in cells.GroupBy(cell => cell.Row).OrderBy(row => row.Key))
        {
            List<LinedCell> own = [.. row];
            var lines = SharedLines(own);
            var blocks = lines is null ? SharedBlocks.Of(own) : null;
            lines ??= blocks;
            foreach (var cell in row)
            {
                if (lines is null)
                    grid.Add(cell with { Row = cell.Row + added });
                for (var i = 0; i < lines?.Count; i++)
                {
                    var part = cell.Words.FindAll(word => (blocks is null ? Nearest(lines, word.Across) : SharedBlocks.At(blocks, word)) == i);
                    grid.Add(cell with { Row = cell.Row + added + i, RowSpan = 1, Words = part, Box = part.Count > 0 ? part.Aggregate(Box.Nothing, (all, word) => all.With(word.Box)) : cell.Box });
                }
            }
            added += lines is null ? 0 : lines.Count - 1;
        }
        return grid;
    }

    // Columns may be lined and rows not: then the cells of a row have the same many lines at the same heights.
    static List<double>? SharedLines(List<LinedCell> row)
    {
        var filled = row.FindAll(cell => cell.Words.Count > 0);
        if (filled.Count < 2 || filled.Exists(cell => cell.RowSpan > 1) || filled.Exists(cell => cell.Words.Exists(word => !word.IsHorizontal)))
            return null;
        var lines = filled.Select(cell => CellText.LinesOf(cell.Words).Select(line => line[0].Across).ToList()).ToList();
        var most = lines.MaxBy(line => line.Count)!;
        // Three lines may be one wrapped text in each; they are rows where every cell has just as many and most hold figures alone.
        if (most.Count < 3 || most.Count == 3 && !(lines.TrueForAll(line => line.Count == 3) && 2 * filled.Count(HasOnlyFigures) > filled.Count))
            return null;
        var size = filled[0].Words[0].Size;
        // Names of rows and of their groups beside figures that all have the same heights.
        var figures = filled.Where(HasOnlyFigures).Select(cell => CellText.LinesOf(cell.Words).Select(line => line[0].Across).ToList()).ToList();
        if (figures.Count >= 2 && figures.Count == filled.Count - 1 && figures.TrueForAll(line => line.Count >= 3 && line.Count == figures[0].Count && line.Zip(figures[0], (one, other) => Math.Abs(one - other)).Max() < 0.3 * size)
            && figures[0].TrueForAll(at => most.Exists(other => Math.Abs(other - at) < 0.3 * size)))
            return most;
        // Wrapped headings have as many lines and no figures.
        if (!filled.Exists(cell => CellText.LinesOf(cell.Words) is var own && own.Count >= 0.6 * most.Count && own.Count(line => line.Exists(word => char.IsDigit(word.Text[^1]) || char.IsDigit(word.Text[0]))) >= 0.6 * own.Count))
            return null;
        var alike = lines.Count(line => line.Count >= 0.6 * most.Count && line.TrueForAll(at => most.Exists(other => Math.Abs(other - at) < 0.3 * size)));
        return alike >= Math.Max(2, 0.6 * filled.Count) ? most : null;
    }

    static bool HasOnlyFigures(LinedCell cell) => cell.Words.TrueForAll(word => word.Text.Any(char.IsDigit) && !word.Text.Any(char.IsLetter));

    // Rows and columns without a letter, such as the gap of a double line.
    static void Squeeze(List<GridCell> cells)
    {
        var rows = Used(cells.Where(cell => cell.Text.Length > 0).Select(cell => cell.Row));
        var columns = Used(cells.Where(cell => cell.Text.Length > 0).Select(cell => cell.Column));
        var thin = cells.Where(cell => cell.Text.Length == 0 && (cell.Box.Height < 5 || cell.Box.Width < 5)).ToHashSet();
        foreach (var cell in thin)
        {
            if (!rows.Contains(cell.Row) || !columns.Contains(cell.Column))
                cells.Remove(cell);
        }
        var rowPlaces = Places(cells.Select(cell => cell.Row));
        var columnPlaces = Places(cells.Select(cell => cell.Column));
        for (var i = 0; i < cells.Count; i++)
        {
            var cell = cells[i];
            cells[i] = cell with
            {
                Row = rowPlaces[cell.Row], Column = columnPlaces[cell.Column],
                RowSpan = Math.Max(1, rowPlaces.Count(place => place.Key >= cell.Row && place.Key < cell.Row + cell.RowSpan)),
                ColumnSpan = Math.Max(1, columnPlaces.Count(place => place.Key >= cell.Column && place.Key < cell.Column + cell.ColumnSpan)),
            };
        }
        cells.Sort((one, other) => (one.Row, one.Column).CompareTo((other.Row, other.Column)));
    }

    static HashSet<int> Used(IEnumerable<int> places) => [.. places];

    static Dictionary<int, int> Places(IEnumerable<int> used) => used.Distinct().Order().Select((place, i) => (place, i)).ToDictionary(pair => pair.place, pair => pair.i);

    static List<double> Edges(IEnumerable<double> values)
    {
        List<double> edges = [];
        foreach (var value in values.Order())
        {
            if (edges.Count == 0 || value - edges[^1] > SameEdge)
                edges.Add(value);
        }
        return edges;
    }

    static int Nearest(List<double> edges, double value)
    {
        var best = 0;
        for (var i = 1; i < edges.Count; i++)
        {
            if (Math.Abs(edges[i] - value) < Math.Abs(edges[best] - value))
                best = i;
        }
        return best;
    }
}
