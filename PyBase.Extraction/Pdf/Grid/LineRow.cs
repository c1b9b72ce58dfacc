using PyBase.Extraction.Pdf.Content;
using PyBase.Extraction.Pdf.Lines;

namespace PyBase.Extraction.Pdf.Grid;

/// <summary>A line of text across the page, in pieces parted by gaps.</summary>
sealed class LineRow
{
    const double PieceGap = 0.72;

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

    public static List<LineRow> Of(List<TextRun> words)
    {
        List<LineRow> rows = [];
        foreach (var line in CellText.LinesOf(words.Where(word => word.IsHorizontal)))
        {
            List<List<TextRun>> pieces = [];
            foreach (var word in line)
            {
                if (pieces.Count > 0 && word.Along - pieces[^1].Max(other => other.End) <= PieceGap * Math.Max(word.Size, pieces[^1][^1].Size))
                    pieces[^1].Add(word);
                else
                    pieces.Add([word]);
            }
            rows.Add(new LineRow(pieces));
        }
        return rows;
    }

    /// <summary>Cuts pieces at gaps between words that lie in a gutter of the table.</summary>
    public void CutAt(List<(double Left, double Right)> columns)
    {
        List<List<TextRun>> cut = [];
        foreach (var piece in Pieces)
        {
            List<TextRun> part = [piece[0]];
            for (var i = 1; i < piece.Count; i++)
            {
                var (end, begin) = (piece[i - 1].End, piece[i].Along);
                if (ColumnOf(columns, piece[i - 1]) != ColumnOf(columns, piece[i]) && begin - end > 0.25 * piece[i].Size && columns.Exists(column => column.Left >= end - 1 && column.Left <= begin + 1.5))
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

    static int ColumnOf(List<(double Left, double Right)> columns, TextRun word)
    {
        var middle = (word.Along + word.End) / 2;
        return columns.FindLastIndex(column => column.Left <= middle);
    }
}
