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
            foreach (var row in group.GroupBy(box => (Math.Round(box.Bottom), Math.Round(box.Top))))
            {
                foreach (var strip in Strips([.. row.OrderBy(box => box.Left)]))
                {
                    if (Read(page, strip, near, taken) is { } frame)
                        frames.Add(frame);
                }
            }
        }
        return frames;
    }

    static IEnumerable<List<Box>> Strips(List<Box> row)
    {
        List<Box> strip = [];
        foreach (var box in row)
        {
            if (strip.Count > 0 && Math.Abs(strip[^1].Right - box.Left) > 1.5)
            {
                yield return strip;
                strip = [];
            }
            strip.Add(box);
        }
        if (strip.Count > 0)
            yield return strip;
    }

    static FoundFrame? Read(PageContent page, List<Box> strip, NearBy<TextRun> near, HashSet<TextRun> taken)
    {
        if (strip.Count is < 2 or > 6)
            return null;
        var cells = strip.ConvertAll(box => near.Around(box).Where(word => box.Holds(word.Box.CentreX, word.Box.CentreY) && !taken.Contains(word)).ToList());
        if (cells[1].Count == 0 || !cells[1][^1].IsHorizontal || strip[0].Height > HighestLine * cells[1][^1].Size)
            return null;
        var figure = CellText.Of(cells[1]);
        if (!figure.Any(char.IsDigit) || !(char.IsDigit(figure[0]) || figure[0] is '⌀' or 'S' or 'Ø' or '.' or ','))
            return null;
        var sign = cells[0].Count switch
        {
            0 => FrameSign.Of([.. page.Curves.Where(curve => strip[0].Grown(-0.4).Holds(curve.Box))], [.. page.Strokes.Where(stroke => stroke.Shape > 0 && strip[0].Grown(-0.4).Holds(stroke.Box))]),
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
