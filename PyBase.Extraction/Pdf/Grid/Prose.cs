namespace PyBase.Extraction.Pdf.Grid;

/// <summary>Text that runs on, in columns or behind marks of a list.</summary>
static class Prose
{
    const double Full = 0.8, Share = 0.6;
    const int LeastWords = 3, Mark = 3, Long = 20;

    /// <summary>True where all columns, or all but one of marks or figures, have lines that fill them with words, or where no column is short.</summary>
    public static bool Is(List<Piece> pieces, List<(double Left, double Right)> columns)
    {
        var (running, marks, isLong, letters) = (0, 0, true, 0);
        for (var column = 0; column < columns.Count; column++)
        {
            var own = pieces.FindAll(piece => piece.First == column && piece.Last == column);
            if (own.Count == 0)
                continue;
            isLong &= own.Average(piece => piece.Text.Length) >= Long;
            var width = columns[column].Right - columns[column].Left;
            if (own.Average(piece => piece.Text.Length) <= Mark)
                marks++;
            else if (own.Count(piece => !piece.IsNumeric && piece.Words.Count >= LeastWords && piece.Words[^1].End - piece.Words[0].Along >= Full * width) >= Share * own.Count)
                (running, letters) = (running + 1, letters + (own.Count > 5 ? own.Sum(piece => piece.Text.Length) : 0));
        }
        var figures = pieces.Count(piece => piece.IsNumeric);
        return running > 0 && running + marks >= columns.Count || letters >= 0.6 * pieces.Sum(piece => piece.Text.Length) && figures < 0.3 * pieces.Count || isLong && figures < 0.15 * pieces.Count;
    }
}
