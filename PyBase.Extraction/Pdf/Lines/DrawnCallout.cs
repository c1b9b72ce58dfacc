using PyBase.Extraction.Pdf.Content;

namespace PyBase.Extraction.Pdf.Lines;

/// <summary>↧, ⌴ and ⌵ by their strokes (ISO 129-1, ASME Y14.5), seen in the direction of the text beside them.</summary>
static class DrawnCallout
{
    public static string? Of(List<Stroke> strokes, Glyph host)
    {
        List<(double X1, double Y1, double X2, double Y2)> lines = [];
        foreach (var stroke in strokes)
        {
            var (from, to) = (Local(stroke.X1, stroke.Y1, host), Local(stroke.X2, stroke.Y2, host));
            lines.Add(from.X <= to.X ? (from.X, from.Y, to.X, to.Y) : (to.X, to.Y, from.X, from.Y));
        }
        double left = lines.Min(line => line.X1), right = lines.Max(line => line.X2);
        double bottom = lines.Min(line => Math.Min(line.Y1, line.Y2)), top = lines.Max(line => Math.Max(line.Y1, line.Y2));
        double width = right - left, height = top - bottom;
        if (width <= 0 || height <= 0)
            return null;
        var tolerance = 0.15 * Math.Max(width, height);
        var flat = lines.FindAll(line => Math.Abs(line.Y1 - line.Y2) < tolerance && line.X2 - line.X1 > 0.6 * width);
        var upright = lines.FindAll(line => Math.Abs(line.X1 - line.X2) < tolerance && Math.Abs(line.Y1 - line.Y2) > 0.6 * height);
        var slanted = lines.Count - flat.Count - upright.Count;
        return (flat.Count, upright.Count, slanted) switch
        {
            // A bar, a shaft down from its middle and the two sides of an arrow head (or its three, closed).
            (1, 1, >= 2 and <= 4) when Math.Abs(flat[0].Y1 - top) < tolerance && Math.Abs(upright[0].X1 - (left + right) / 2) < tolerance => "↧",
            (1, 2, 0) when Math.Abs(flat[0].Y1 - bottom) < tolerance && Math.Abs(upright[0].X1 - upright[1].X1) > 0.7 * width && height < 0.9 * width => "⌴",
            (0, 0, 2) when lines.TrueForAll(line => Math.Abs(Math.Abs(line.Y1 - line.Y2) - height) < tolerance && line.X2 - line.X1 > 0.3 * width)
                && Math.Abs(lines.MinBy(line => line.X1).Y2 - bottom) < tolerance && Math.Abs(lines.MinBy(line => line.X1).X2 - (left + right) / 2) < tolerance => "⌵",
            _ => null,
        };
    }

    static (double X, double Y) Local(double x, double y, Glyph host) => (x * host.DirX + y * host.DirY, y * host.DirX - x * host.DirY);
}
