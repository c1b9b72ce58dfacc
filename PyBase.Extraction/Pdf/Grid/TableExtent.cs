using PyBase.Extraction.Pdf.Content;

namespace PyBase.Extraction.Pdf.Grid;

/// <summary>How far a table without lines goes down from its first line of text.</summary>
static class TableExtent
{
    const double LineReach = 2.6, RuledReach = 4.5;
    const int LeastRows = 3;

    // Up to the last line of several pieces before a gap or text that runs on.
    public static int Of(List<LineRow> rows, int start, Rulings rulings)
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
}
