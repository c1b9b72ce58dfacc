using PyBase.Extraction.Pdf.Content;

namespace PyBase.Extraction.Pdf.Sheet;

/// <summary>The characteristic that strokes and circles in the first cell of a tolerance frame draw (ISO 1101, Table 1).</summary>
static class FrameSign
{
    public static string? Of(List<Curve> curves, List<Stroke> strokes)
    {
        // A shape may be stroked and filled: each once.
        curves = [.. curves.DistinctBy(curve => (Math.Round(curve.Box.CentreX), Math.Round(curve.Box.CentreY), Math.Round(curve.Diameter), curve.IsCircle))];
        strokes = [.. strokes.DistinctBy(stroke => (Math.Round(Math.Min(stroke.X1, stroke.X2) * 2), Math.Round(Math.Min(stroke.Y1, stroke.Y2) * 2), Math.Round(Math.Max(stroke.X1, stroke.X2) * 2), Math.Round(Math.Max(stroke.Y1, stroke.Y2) * 2), Math.Sign((stroke.X2 - stroke.X1) * (stroke.Y2 - stroke.Y1))))];
        var circles = curves.FindAll(curve => curve.IsCircle);
        if (circles.Count > 0)
            return Round(circles.MaxBy(circle => circle.Diameter), circles, strokes);
        if (curves.Count == 1 && !curves[0].IsCircle)
            return curves[0].IsClosed || strokes.Exists(stroke => stroke.IsHorizontal && stroke.Length > 0.7 * curves[0].Box.Width) ? "⌓" : "⌒";
        return curves.Count == 0 && strokes.Count > 0 ? Straight(strokes) : null;
    }

    static string? Round(Curve outer, List<Curve> circles, List<Stroke> strokes)
    {
        var d = outer.Diameter;
        if (circles.Exists(circle => circle.Diameter < 0.85 * d && Near(circle.Box, outer.Box, 0.2 * d)))
            return "◎";
        var through = strokes.FindAll(stroke => Math.Abs(stroke.MiddleX - outer.Box.CentreX) < 0.2 * d && Math.Abs(stroke.MiddleY - outer.Box.CentreY) < 0.2 * d && stroke.Length > d);
        if (through.Exists(stroke => stroke.IsHorizontal) && through.Exists(stroke => stroke.IsVertical))
            return "⌖";
        return strokes.Count switch
        {
            0 => "○",
            2 when strokes.TrueForAll(stroke => !stroke.IsHorizontal && !stroke.IsVertical) => "⌭",
            _ => null,
        };
    }

    static string? Straight(List<Stroke> strokes)
    {
        var box = strokes.Aggregate(Box.Nothing, (all, stroke) => all.With(stroke.Box));
        var flat = strokes.FindAll(stroke => stroke.IsHorizontal);
        var upright = strokes.FindAll(stroke => stroke.IsVertical);
        var slanted = strokes.Count - flat.Count - upright.Count;
        return (flat.Count, upright.Count, slanted) switch
        {
            (1, 0, 0) => "⏤",
            (3, 0, 0) => "⌯",
            (1, 1, 0) when Math.Abs(flat[0].MiddleY - box.Bottom) < 0.15 * box.Height && Math.Abs(upright[0].MiddleX - box.CentreX) < 0.25 * box.Width => "⟂",
            (0, 0, 2) => "∥",
            (1, 0, 1) => "∠",
            (2, 0, 2) => "⏥",
            // A shaft with a head of two or three strokes; two such on a foot are the total run-out.
            (0, 0, 3 or 4) or (<= 1, <= 1, 2 or 3) when slanted + flat.Count + upright.Count is 3 or 4 => "↗",
            _ when strokes.Count is >= 6 and <= 9 => "⌰",
            _ => null,
        };
    }

    static bool Near(Box one, Box other, double within) => Math.Abs(one.CentreX - other.CentreX) < within && Math.Abs(one.CentreY - other.CentreY) < within;
}
