using System.Text;
using PyBase.Extraction.Pdf.Content;

namespace PyBase.Extraction.Pdf.Lines;

/// <summary>Letters that follow each other on one baseline without a wide gap.</summary>
sealed class TextRun
{
    const double BlankGap = 0.18;

    public TextRun(List<Glyph> glyphs, HashSet<int>? blanksBefore = null)
    {
        Glyphs = glyphs;
        BlanksBefore = blanksBefore ?? [];
        var first = glyphs[0];
        (DirX, DirY, Across, Along) = (first.DirX, first.DirY, first.Across, first.Along);
        Size = glyphs.Max(glyph => glyph.Size);
        End = glyphs.Max(glyph => glyph.X * DirX + glyph.Y * DirY + glyph.Advance);
        Box = glyphs.Aggregate(Box.Nothing, (box, glyph) => box.With(glyph.Box));
        Text = Join(glyphs, BlanksBefore);
        Order = glyphs.Min(glyph => glyph.Order);
    }

    public List<Glyph> Glyphs { get; }
    HashSet<int> BlanksBefore { get; }
    public string Text { get; }
    public double DirX { get; }
    public double DirY { get; }
    /// <summary>Where it begins and ends along its direction, and its baseline across it.</summary>
    public double Along { get; }
    public double End { get; }
    public double Across { get; }
    public double Size { get; }
    public Box Box { get; }
    public int Order { get; }

    /// <summary>Degrees against the clock from the horizontal, -180 to 180.</summary>
    public double Angle => Math.Round(Math.Atan2(DirY, DirX) * 180 / Math.PI, 1);
    public bool IsHorizontal => DirX > 0.999;

    /// <summary>Where a point lies in the run's own directions, from the start of its baseline.</summary>
    public (double Along, double Across) Local(double x, double y) => (x * DirX + y * DirY - Along, y * DirX - x * DirY - Across);

    public bool HasSameDirection(TextRun other) => DirX * other.DirX + DirY * other.DirY > 0.9995;

    /// <summary>Its words, each as a run.</summary>
    public IEnumerable<TextRun> Words()
    {
        var start = 0;
        for (var i = 1; i <= Glyphs.Count; i++)
        {
            if (i < Glyphs.Count && !BlanksBefore.Contains(i))
                continue;
            yield return start == 0 && i == Glyphs.Count ? this : new TextRun(Glyphs.GetRange(start, i - start));
            start = i;
        }
    }

    /// <summary>Lays letters of one baseline, in order, into runs.</summary>
    public static void Split(List<Glyph> line, double widest, List<TextRun> runs)
    {
        List<Glyph> letters = [];
        HashSet<int> blanks = [];
        var hasBlank = false;
        foreach (var glyph in line)
        {
            if (glyph.IsBlank)
            {
                hasBlank = true;
                continue;
            }
            if (letters.Count > 0)
            {
                var last = letters[^1];
                var gap = glyph.Along - last.Along - last.Advance;
                var size = Math.Max(glyph.Size, last.Size);
                // Written twice for boldness.
                if (glyph.Text == last.Text && Math.Abs(glyph.Along - last.Along) < Math.Min(0.12 * size, 0.5 * glyph.Advance) && Math.Abs(glyph.Across - last.Across) < 0.12 * size)
                    continue;
                if (gap > widest * size || size > 1.25 * Math.Min(glyph.Size, last.Size) || gap < -1.5 * size)
                {
                    runs.Add(new TextRun(letters, blanks));
                    (letters, blanks) = ([], []);
                }
                // Text that runs under what follows it, cut off by the cell's border.
                else if (gap < -0.2 * size || gap > BlankGap * size || hasBlank && gap > 0.04 * size)
                {
                    blanks.Add(letters.Count);
                }
            }
            hasBlank = false;
            letters.Add(glyph);
        }
        if (letters.Count > 0)
            runs.Add(new TextRun(letters, blanks));
    }

    static string Join(List<Glyph> glyphs, HashSet<int> blanks)
    {
        var text = new StringBuilder(glyphs.Count + blanks.Count);
        for (var i = 0; i < glyphs.Count; i++)
        {
            if (blanks.Contains(i))
                text.Append(' ');
            text.Append(glyphs[i].Text);
        }
        return text.ToString();
    }

    public override string ToString() => Text;
}
