using PyBase.Extraction.Pdf.Content;
using PyBase.Extraction.Pdf.Lines;

namespace PyBase.Extraction.Pdf.Grid;

/// <summary>A line of text across the page, in pieces parted by gaps.</summary>
sealed class LineRow
{
    const double PieceGap = 0.72, WidestBlank = 1.25, HeadingGap = 0.4;

    LineRow(List<List<TextRun>> pieces)
    {
        Pieces = pieces;
        Box = pieces.SelectMany(piece => piece).Aggregate(Box.Nothing, (box, word) => box.With(word.Box));
        Size = pieces.Max(piece => piece.Max(word => word.Size));
        Baseline = pieces[0][0].Across;
    }

    public List<List<TextRun>> Pieces { get; private set; }
    public Box Box { get; }
    public double Size { get; }
    public double Baseline { get; }

    public IEnumerable<(double Left, double Right)> Spans => Pieces.Select(piece => (piece[0].Along, piece.Max(word => word.End)));

    public bool HasFigures => Pieces.Exists(piece => piece.Exists(word => char.IsDigit(word.Text[0]) || char.IsDigit(word.Text[^1])));

    public static List<LineRow> Of(List<TextRun> words)
    {
        List<LineRow> rows = [];
        foreach (var line in CellText.LinesOf(words.Where(word => word.IsHorizontal)))
        {
            List<List<TextRun>> pieces = [];
            var gap = Math.Max(PieceGap, Stretched(line));
            foreach (var word in line)
            {
                if (pieces.Count > 0 && word.Along - pieces[^1].Max(other => other.End) <= gap * Math.Max(word.Size, pieces[^1][^1].Size))
                    pieces[^1].Add(word);
                else
                    pieces.Add([word]);
            }
            rows.Add(new LineRow(pieces));
        }
        return rows;
    }

    // Lines that are set to one width have wide blanks between their words, about as wide as each other.
    static double Stretched(List<TextRun> line)
    {
        List<double> blanks = [];
        for (var i = 1; i < line.Count; i++)
        {
            if (IsWord(line[i - 1]) && IsWord(line[i]))
                blanks.Add((line[i].Along - line[i - 1].End) / Math.Max(line[i].Size, line[i - 1].Size));
        }
        if (blanks.Count < 3)
            return 0;
        blanks.Sort();
        return blanks[blanks.Count / 2] is var usual && usual < WidestBlank ? 1.9 * usual : 0;
    }

    static bool IsWord(TextRun word) => word.Text.Count(char.IsLetter) >= 0.6 * word.Text.Length;

    /// <summary>Cuts pieces at gaps between words that lie in a gutter of the table; those of headings, which may span columns, at wider ones.</summary>
    public void CutAt(List<(double Left, double Right)> columns, bool isHeading)
    {
        List<List<TextRun>> cut = [];
        foreach (var piece in Pieces)
        {
            List<TextRun> part = [piece[0]];
            for (var i = 1; i < piece.Count; i++)
            {
                if (IsCut(columns, piece[i - 1], piece[i], isHeading))
                {
                    cut.Add(part);
                    part = [];
                }
                part.Add(piece[i]);
            }
            cut.Add(part);
        }
        Pieces = cut;
    }

    static bool IsCut(List<(double Left, double Right)> columns, TextRun last, TextRun next, bool isHeading)
    {
        var (end, begin) = (last.End, next.Along);
        var least = isHeading ? HeadingGap : Figures.Is(last.Text) && Figures.Is(next.Text) && !Figures.AreOneNumber(last, next) ? 0.1 : 0.25;
        if (begin - end <= least * next.Size || ColumnOf(columns, last) is var column && column == ColumnOf(columns, next))
            return false;
        return columns.Exists(other => other.Left >= end - 1 && other.Left <= begin + 1.5)
            || isHeading && Enumerable.Range(1, columns.Count - 1).Any(i => columns[i - 1].Right < begin && columns[i].Left > end);
    }

    static int ColumnOf(List<(double Left, double Right)> columns, TextRun word)
    {
        var middle = (word.Along + word.End) / 2;
        return columns.FindLastIndex(column => column.Left <= middle);
    }
}
