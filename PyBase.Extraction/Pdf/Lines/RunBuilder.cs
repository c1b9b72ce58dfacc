using PyBase.Extraction.Pdf.Content;

namespace PyBase.Extraction.Pdf.Lines;

/// <summary>
/// Groups letters into runs by the direction and height of their baselines, so that text at any angle reads as one line
/// instead of single letters.
/// </summary>
static class RunBuilder
{
    // In units of the letters' size.
    const double WidestGap = 1.0, SameBaseline = 0.13;

    public static List<TextRun> Build(IEnumerable<Glyph> glyphs)
    {
        List<TextRun> runs = [];
        foreach (var angle in glyphs.GroupBy(glyph => (int)Math.Round(Math.Atan2(glyph.DirY, glyph.DirX) * 360 / Math.PI)).OrderBy(group => group.Key))
        {
            var sorted = angle.OrderByDescending(glyph => glyph.Across).ThenBy(glyph => glyph.Order).ToList();
            for (var start = 0; start < sorted.Count;)
            {
                var (across, end, size) = (sorted[start].Across, start + 1, sorted[start].Size);
                while (end < sorted.Count && across - sorted[end].Across <= SameBaseline * Math.Min(size, sorted[end].Size))
                    end++;
                var line = sorted.GetRange(start, end - start).OrderBy(glyph => glyph.Along).ThenBy(glyph => glyph.Order).ToList();
                TextRun.Split(line, WidestGap, runs);
                start = end;
            }
        }
        return runs;
    }
}
