using PyBase.Extraction.Pdf.Content;

namespace PyBase.Extraction.Pdf.Lines;

/// <summary>
/// Signs that drawing programs draw with strokes because their fonts lack them: ⌀, °, ±, ↧, ⌴, ⌵. Each becomes a letter on the
/// baseline of the text it stands by, so that the text reads as it looks.
/// </summary>
sealed class DrawnSigns
{
    const double LongestStroke = 24, Reach = 40;

    readonly PageContent page;
    readonly NearBy<Glyph> letters = new();
    readonly NearBy<Stroke> strokes = new();
    readonly List<Glyph> found = [];

    DrawnSigns(PageContent page)
    {
        this.page = page;
        foreach (var glyph in page.Glyphs)
        {
            if (!glyph.IsBlank)
                letters.Add(glyph.X, glyph.Y, glyph);
        }
        foreach (var stroke in page.Strokes)
        {
            if (stroke.Shape > 0 && stroke.Length <= LongestStroke)
                strokes.Add(stroke.MiddleX, stroke.MiddleY, stroke);
        }
    }

    public static List<Glyph> Find(PageContent page)
    {
        var signs = new DrawnSigns(page);
        signs.Circles();
        signs.Crosses();
        signs.Callouts();
        return signs.found;
    }

    void Circles()
    {
        HashSet<(int, int, int)> seen = [];
        foreach (var circle in page.Curves)
        {
            var d = circle.Diameter;
            if (!circle.IsCircle || d is < 0.8 or > 40 || !seen.Add(((int)Math.Round(circle.Box.CentreX * 2), (int)Math.Round(circle.Box.CentreY * 2), (int)Math.Round(d * 2))))
                continue;
            var (x, y) = (circle.Box.CentreX, circle.Box.CentreY);
            var through = strokes.Around(circle.Box.Grown(0.3 * d)).Where(stroke =>
                Math.Abs(stroke.MiddleX - x) < 0.2 * d && Math.Abs(stroke.MiddleY - y) < 0.2 * d && stroke.Length > 0.85 * d && stroke.Length < 2.4 * d).Take(3).ToList();
            // A slash through the circle; two lines make the sign of position or a cross hair, and a lone one along the text a hole's axis.
            if (through.Count == 1 && Host(x, y, d, 0.4, 1.35, isBehind: false) is { } right)
                Add("⌀", right, x, y, d);
            else if (through.Count == 0 && Host(x, y, d, 0.1, 0.42, isBehind: true) is { } left && char.IsDigit(left.Text[^1]))
                Add("°", left, x, y, d);
        }
    }

    // + over a dash.
    void Crosses()
    {
        foreach (var upright in page.Strokes)
        {
            if (upright.Shape <= 0 || upright.Length is < 2 or > LongestStroke)
                continue;
            var around = upright.Box.Grown(upright.Length);
            if (!letters.Around(around.Grown(8)).Any())
                continue;
            var near = strokes.Around(around).Where(stroke => stroke.Shape > 0 && stroke.Length > 0.7 * upright.Length && stroke.Length < 1.4 * upright.Length && IsAcross(stroke, upright)).Take(8).ToList();
            foreach (var bar in near)
            {
                if (!IsNear(bar, upright, 0.15 * upright.Length) || Host(bar.MiddleX, bar.MiddleY, upright.Length, 0.2, 0.8, isBehind: false) is not { } host)
                    continue;
                var below = near.Find(dash => dash != bar && Below(bar, dash, host) is var (along, across) && Math.Abs(along) < 0.2 * upright.Length && across < -0.4 * upright.Length && across > -1.3 * upright.Length
                    && Math.Abs((dash.X2 - dash.X1) * host.DirX + (dash.Y2 - dash.Y1) * host.DirY) > 0.9 * dash.Length);
                if (below != default)
                {
                    Add("±", host, bar.MiddleX, bar.MiddleY, upright.Length);
                    break;
                }
            }
        }
    }

    static (double Along, double Across) Below(Stroke bar, Stroke dash, Glyph host)
    {
        var (x, y) = (dash.MiddleX - bar.MiddleX, dash.MiddleY - bar.MiddleY);
        return (x * host.DirX + y * host.DirY, y * host.DirX - x * host.DirY);
    }

    // Depth, counterbore and countersink, from strokes that touch.
    void Callouts()
    {
        foreach (var group in page.Strokes.Where(stroke => stroke.Shape > 0 && stroke.Length is >= 1.5 and <= LongestStroke).GroupBy(stroke => stroke.Shape))
        {
            var list = group.Take(9).ToList();
            if (list.Count is < 2 or > 8)
                continue;
            var box = list.Aggregate(Box.Nothing, (all, stroke) => all.With(stroke.Box));
            if (box.LongerSide is < 2 or > LongestStroke || Host(box.CentreX, box.CentreY, box.LongerSide, 0.3, 1.4, isBehind: false) is not { } host)
                continue;
            if (DrawnCallout.Of(list, host) is { } sign)
                Add(sign, host, box.CentreX, box.CentreY, box.LongerSide);
        }
    }

    static bool IsAcross(Stroke one, Stroke other) =>
        Math.Abs((one.X2 - one.X1) * (other.X2 - other.X1) + (one.Y2 - one.Y1) * (other.Y2 - other.Y1)) < 0.1 * one.Length * other.Length;

    static bool IsNear(Stroke one, Stroke other, double within) => Math.Abs(one.MiddleX - other.MiddleX) < within && Math.Abs(one.MiddleY - other.MiddleY) < within;

    // The letter that a sign of this size in this place belongs to: the next one before or behind it on its baseline.
    Glyph? Host(double x, double y, double size, double least, double most, bool isBehind)
    {
        Glyph? best = null;
        var nearest = double.MaxValue;
        foreach (var glyph in letters.Around(new Box(x - Reach, y - Reach, x + Reach, y + Reach)))
        {
            if (size < least * glyph.Size || size > most * glyph.Size)
                continue;
            var along = (x - glyph.X) * glyph.DirX + (y - glyph.Y) * glyph.DirY;
            var across = (y - glyph.Y) * glyph.DirX - (x - glyph.X) * glyph.DirY;
            if (across < (isBehind ? 0.35 : 0.0) * glyph.Size || across > 1.0 * glyph.Size)
                continue;
            var distance = isBehind ? along - size / 2 - glyph.Advance : -along - size / 2;
            if (distance < -0.35 * glyph.Size || distance > (isBehind ? 0.7 : 1.1) * glyph.Size || distance >= nearest)
                continue;
            (best, nearest) = (glyph, distance);
        }
        return best;
    }

    void Add(string sign, Glyph host, double x, double y, double width)
    {
        var along = (x - host.X) * host.DirX + (y - host.Y) * host.DirY - width / 2;
        var glyph = host with { Text = sign, X = host.X + along * host.DirX, Y = host.Y + along * host.DirY, Advance = width, IsDrawn = true, Order = host.Order };
        if (!found.Exists(other => other.Text == sign && Math.Abs(other.X - glyph.X) < width / 2 && Math.Abs(other.Y - glyph.Y) < width / 2))
            found.Add(glyph);
    }
}
