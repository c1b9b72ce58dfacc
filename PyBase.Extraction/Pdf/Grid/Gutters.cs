using PyBase.Extraction.Pdf.Lines;

namespace PyBase.Extraction.Pdf.Grid;

/// <summary>
/// Gutters that only the figures show: numbers under each other and beside others, with a gap between that no line of the
/// column writes into.
/// </summary>
static class Gutters
{
    const int LeastLines = 3;
    const double BetweenFigures = 0.45, BeforeFigures = 0.72, Narrowest = 0.2;

    /// <summary>Where a column of these lines, each with its words in order, is to be cut; lines above the first figures may run across.</summary>
    public static List<double> Within(List<List<TextRun>> lines)
    {
        var start = lines.FindIndex(line => Gaps(line).Any());
        if (start < 0)
            return [];
        var body = lines.GetRange(start, lines.Count - start);
        var gaps = body.ConvertAll(line => Gaps(line).ToList());
        List<double> cuts = [];
        foreach (var (left, right) in Clear(body))
        {
            var size = body[0][0].Size;
            var parted = gaps.Count(own => own.Exists(gap => gap.Left <= left + 0.01 && gap.Right >= right - 0.01));
            if (right - left >= Narrowest * size && parted >= LeastLines && parted >= 0.5 * body.Count)
                cuts.Add((left + right) / 2);
        }
        return cuts;
    }

    static IEnumerable<(double Left, double Right)> Gaps(List<TextRun> line)
    {
        for (var i = 1; i < line.Count; i++)
        {
            var (left, right) = (line[i - 1], line[i]);
            if (!Figures.Is(right.Text) || Figures.AreOneNumber(left, right))
                continue;
            var least = left.Text.Any(char.IsDigit) && Figures.Is(left.Text) && right.Text.Any(char.IsDigit) ? BetweenFigures : BeforeFigures;
            if (right.Along - left.End >= least * right.Size)
                yield return (left.End, right.Along);
        }
    }

    // Between the first and the last letter, where hardly a line has one.
    static IEnumerable<(double Left, double Right)> Clear(List<List<TextRun>> lines)
    {
        var ignored = lines.Count / 25;
        var depth = 0;
        var (open, isOpen) = (0.0, false);
        foreach (var (at, step) in lines.SelectMany(line => line).SelectMany(word => new[] { (At: word.Along, Step: 1), (At: word.End, Step: -1) }).OrderBy(end => end.At).ThenByDescending(end => end.Step))
        {
            var before = depth;
            depth += step;
            if (isOpen && before <= ignored && depth > ignored)
            {
                yield return (open, at);
                isOpen = false;
            }
            else if (before > ignored && depth <= ignored)
            {
                (open, isOpen) = (at, true);
            }
        }
    }
}
