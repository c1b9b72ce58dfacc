using PyBase.Extraction.Pdf.Content;

namespace PyBase.Extraction.Pdf.Grid;

/// <summary>
/// The smallest rectangles that lines enclose, in groups of neighbours. A line that only touches a box (a leader at a
/// tolerance frame) does not join it to the rest.
/// </summary>
static class CellFinder
{
    const double Touch = 2.2, Shared = 1.2, ShortReach = 0.1, Closest = 0.6;
    const int Ahead = 48, MostCrossings = 100_000;

    public static List<List<Box>> Groups(Rulings rulings, Box page) => Group(Cells(rulings, page));

    /// <summary>Neighbours and neighbours of neighbours.</summary>
    public static List<List<Box>> Group(List<Box> cells)
    {
        var root = Enumerable.Range(0, cells.Count).ToArray();
        var places = new Lines.NearBy<int>(48);
        for (var i = 0; i < cells.Count; i++)
        {
            foreach (var (x, y) in Corners(cells[i]))
                places.Add(x, y, i);
        }
        for (var i = 0; i < cells.Count; i++)
        {
            // Along the edges, since the neighbour's corner may lie anywhere on them.
            foreach (var other in places.Around(cells[i].Grown(Shared)))
            {
                if (other != i && AreNeighbours(cells[i], cells[other]))
                    root[Root(root, i)] = Root(root, other);
            }
        }
        return [.. Enumerable.Range(0, cells.Count).GroupBy(i => Root(root, i)).Select(group => group.Select(i => cells[i]).ToList())];
    }

    static List<Box> Cells(Rulings rulings, Box page)
    {
        var (rows, columns) = (rulings.Horizontal, rulings.Vertical);
        var byX = Enumerable.Range(0, columns.Count).OrderBy(v => columns[v].At).ToArray();
        var xs = byX.Select(v => columns[v].At).ToArray();
        List<int>[] ofRow = [.. rows.Select(_ => new List<int>())], ofColumn = [.. columns.Select(_ => new List<int>())];
        HashSet<long> crossings = [];
        // More crossings are a pattern.
        for (var h = 0; h < rows.Count && crossings.Count < MostCrossings; h++)
        {
            var reach = Reach(rows[h]);
            var first = Array.BinarySearch(xs, rows[h].From - reach);
            for (var i = first < 0 ? ~first : first; i < xs.Length && xs[i] <= rows[h].To + reach; i++)
            {
                var column = columns[byX[i]];
                if (rows[h].At < column.From - Reach(column) || rows[h].At > column.To + Reach(column))
                    continue;
                ofRow[h].Add(byX[i]);
                ofColumn[byX[i]].Add(h);
                crossings.Add((long)h << 32 | (uint)byX[i]);
            }
        }
        List<Box> cells = [];
        for (var h = 0; h < rows.Count; h++)
        {
            for (var i = 0; i + 1 < ofRow[h].Count; i++)
            {
                if (Smallest(h, i) is { } cell && cell.Width * cell.Height < 0.5 * page.Width * page.Height)
                    cells.Add(cell);
            }
        }
        return cells;

        // The bottom of the cell is row h; rows are in order of height.
        Box? Smallest(int h, int i)
        {
            var left = ofRow[h][i];
            var above = ofColumn[left];
            var start = above.BinarySearch(h) + 1;
            for (var k = start; k < Math.Min(above.Count, start + Ahead); k++)
            {
                if (rows[above[k]].At - rows[h].At < Touch)
                    continue;
                for (var j = i + 1; j < Math.Min(ofRow[h].Count, i + Ahead); j++)
                {
                    var right = ofRow[h][j];
                    if (columns[right].At - columns[left].At < Touch)
                        continue;
                    if (crossings.Contains((long)above[k] << 32 | (uint)right))
                        return new Box(columns[left].At, rows[h].At, columns[right].At, rows[above[k]].At);
                }
            }
            return null;
        }
    }

    // The strokes of a sign that fills its cell end near the sides and are none of its lines.
    static double Reach(Ruling ruling) => Math.Clamp(ShortReach * ruling.Length, Closest, Touch);

    static IEnumerable<(double X, double Y)> Corners(Box box) =>
        [(box.Left, box.Bottom), (box.Right, box.Bottom), (box.Left, box.Top), (box.Right, box.Top)];

    static bool AreNeighbours(Box one, Box other)
    {
        var side = Math.Min(one.Right, other.Right) - Math.Max(one.Left, other.Left);
        var height = Math.Min(one.Top, other.Top) - Math.Max(one.Bottom, other.Bottom);
        return Math.Abs(side) <= Shared && height > Shared || Math.Abs(height) <= Shared && side > Shared;
    }

    static int Root(int[] root, int i)
    {
        while (root[i] != i)
            i = root[i] = root[root[i]];
        return i;
    }
}
