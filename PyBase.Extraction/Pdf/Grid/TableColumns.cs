using PyBase.Extraction.Pdf.Lines;

namespace PyBase.Extraction.Pdf.Grid;

/// <summary>The columns of lines of text that stand one under the other.</summary>
static class TableColumns
{
    const double GutterShare = 0.05;

    public static List<(double Left, double Right)> Of(List<LineRow> rows) => Refined(Aligned(rows), rows);

    /// <summary>Words of a line with the columns they reach over.</summary>
    public static Piece PieceOf(List<TextRun> words, int line, List<(double Left, double Right)> columns)
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
    static List<(double Left, double Right)> Aligned(List<LineRow> rows)
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
}
