using PyBase.Extraction.Pdf.Content;
using PyBase.Extraction.Pdf.Lines;
using PyBase.Notation.Geometry;

namespace PyBase.Extraction.Pdf.Sheet;

/// <summary>Tolerance frames: rows of touching cells as high as a line of text, a sign in the first and a figure in the second.</summary>
static class FrameFinder
{
    const string Signs = "∠⟂⏥⌓○∥⌭↗⌯⌖⌒◎⌰⏤";
    const double HighestLine = 3.2;

    public static List<FoundFrame> Find(PageContent page, List<List<Box>> groups, List<TextRun> words, HashSet<TextRun> taken)
    {
        List<FoundFrame> frames = [];
        var near = new NearBy<TextRun>();
        foreach (var word in words)
            near.Add(word.Box.CentreX, word.Box.CentreY, word);
        foreach (var group in groups)
        {
            if (group.Count < 2)
                continue;
            // Lying, or standing with its text read from below.
            var strips = group.GroupBy(box => (Math.Round(box.Bottom), Math.Round(box.Top))).SelectMany(row => Strips([.. row.OrderBy(box => box.Left)], (one, next) => next.Left - one.Right)).Select(strip => (Boxes: strip, IsTurned: false))
                .Concat(group.GroupBy(box => (Math.Round(box.Left), Math.Round(box.Right))).SelectMany(column => Strips([.. column.OrderBy(box => box.Bottom)], (one, next) => next.Bottom - one.Top)).Select(strip => (Boxes: strip, IsTurned: true)));
            foreach (var (strip, isTurned) in strips)
            {
                if (Read(page, strip, isTurned, near, taken) is { } frame)
                    frames.Add(frame);
            }
        }
        return frames;
    }

    static IEnumerable<List<Box>> Strips(List<Box> row, Func<Box, Box, double> gap)
    {
        List<Box> strip = [];
        foreach (var box in row)
        {
            if (strip.Count > 0 && Math.Abs(gap(strip[^1], box)) > 1.5)
            {
                yield return strip;
                strip = [];
            }
            strip.Add(box);
        }
        if (strip.Count > 0)
            yield return strip;
    }

    static FoundFrame? Read(PageContent page, List<Box> strip, bool isTurned, NearBy<TextRun> near, HashSet<TextRun> taken)
    {
        if (strip.Count is < 2 or > 6)
            return null;
        var cells = strip.ConvertAll(box => near.Around(box).Where(word => box.Holds(word.Box.CentreX, word.Box.CentreY) && !taken.Contains(word)).ToList());
        if (cells[1].Count == 0 || !(isTurned ? cells[1][^1].DirY > 0.999 : cells[1][^1].IsHorizontal) || (isTurned ? strip[0].Width : strip[0].Height) > HighestLine * cells[1][^1].Size)
            return null;
        var figure = CellText.Of(cells[1]);
        if (!figure.Any(char.IsDigit) || !(char.IsDigit(figure[0]) || figure[0] is '⌀' or 'S' or 'Ø' or '.' or ','))
            return null;
        var sign = cells[0].Count switch
        {
            0 => FrameSign.Of(
                [.. page.Curves.Where(curve => strip[0].Grown(-0.4).Holds(curve.Box)).Select(curve => isTurned ? curve with { Box = new Box(curve.Box.Bottom, -curve.Box.Right, curve.Box.Top, -curve.Box.Left) } : curve)],
                [.. page.Strokes.Where(stroke => stroke.Shape > 0 && strip[0].Grown(-0.4).Holds(stroke.Box)).Select(stroke => isTurned ? new Stroke(stroke.Y1, -stroke.X1, stroke.Y2, -stroke.X2, stroke.Shape) : stroke)]),
            1 when cells[0][0].Text.Length == 1 && Signs.Contains(cells[0][0].Text[0], StringComparison.Ordinal) => cells[0][0].Text,
            _ => null,
        };
        if (sign is null)
            return null;
        var text = string.Join('|', cells.Skip(1).Select(CellText.Of).Prepend(sign));
        foreach (var word in cells.SelectMany(cell => cell))
            taken.Add(word);
        return new FoundFrame(text, GeometricFrame.TryParse(text, out var frame, out _) ? frame : null, strip.Aggregate(Box.Nothing, (all, box) => all.With(box)));
    }
}
