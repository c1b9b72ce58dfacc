using PyBase.Extraction.Pdf.Content;
using PyBase.Extraction.Pdf.Lines;

namespace PyBase.Extraction.Pdf.Grid;

/// <summary>The lines along the axes of a page, pieces of one line joined.</summary>
sealed class Rulings
{
    const double Shortest = 4, SameLine = 0.9, Gap = 1.6;
    const int Most = 4000, LeastSigns = 5;

    public required IReadOnlyList<Ruling> Horizontal { get; init; }
    public required IReadOnlyList<Ruling> Vertical { get; init; }

    /// <summary>Those drawn with strokes, and those set as text: -----.</summary>
    public static Rulings Of(PageContent page, List<TextRun> words)
    {
        List<Ruling> horizontal = [.. words.Where(IsLine).Select(word => new Ruling(word.Across + 0.3 * word.Size, word.Along, word.End))], vertical = [];
        foreach (var stroke in page.Strokes)
        {
            var box = stroke.Box;
            if (stroke.IsHorizontal)
                horizontal.Add(new Ruling(box.CentreY, box.Left, box.Right));
            else if (stroke.IsVertical)
                vertical.Add(new Ruling(box.CentreX, box.Bottom, box.Top));
        }
        return new Rulings { Horizontal = Join(horizontal), Vertical = Join(vertical) };
    }

    /// <summary>A word that stands for a line.</summary>
    public static bool IsLine(TextRun word) => word.IsHorizontal && word.Text.Length >= LeastSigns && word.Text[0] is ('-' or '=' or '_' or '–' or '—') && word.Text.All(sign => sign == word.Text[0]);

    static List<Ruling> Join(List<Ruling> pieces)
    {
        List<Ruling> joined = [];
        pieces.Sort((one, other) => one.At.CompareTo(other.At));
        for (var start = 0; start < pieces.Count;)
        {
            var end = start + 1;
            while (end < pieces.Count && pieces[end].At - pieces[end - 1].At <= SameLine && pieces[end].At - pieces[start].At <= 2 * SameLine)
                end++;
            var line = pieces.GetRange(start, end - start);
            line.Sort((one, other) => one.From.CompareTo(other.From));
            var at = line.Sum(piece => piece.At * Math.Max(piece.Length, 0.01)) / line.Sum(piece => Math.Max(piece.Length, 0.01));
            var (from, to) = (line[0].From, line[0].To);
            foreach (var piece in line.Skip(1))
            {
                if (piece.From <= to + Gap)
                {
                    to = Math.Max(to, piece.To);
                    continue;
                }
                joined.Add(new Ruling(at, from, to));
                (from, to) = (piece.From, piece.To);
            }
            joined.Add(new Ruling(at, from, to));
            start = end;
        }
        joined.RemoveAll(ruling => ruling.Length < Shortest);
        // Hatching and patterns have the short ones.
        return joined.Count <= Most ? joined : [.. joined.OrderByDescending(ruling => ruling.Length).Take(Most).OrderBy(ruling => ruling.At).ThenBy(ruling => ruling.From)];
    }
}
