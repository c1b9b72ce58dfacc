using UglyToad.PdfPig.Core;

namespace PyBase.Extraction.Pdf.Content;

/// <summary>The points of one connected line, its curves taken by their ends and middles.</summary>
sealed class Outline
{
    const int MaxPoints = 5000, LeastBent = 8;

    public List<(double X, double Y)> Points { get; } = [];
    public Box Box { get; private set; } = Box.Nothing;
    public bool IsClosed { get; private set; }
    bool HasCurves { get; set; }

    public static Outline Of(PdfSubpath part)
    {
        var outline = new Outline();
        foreach (var command in part.Commands)
        {
            if (outline.Points.Count > MaxPoints)
                break;
            switch (command)
            {
                case PdfSubpath.Move move:
                    outline.Add(move.Location);
                    break;
                case PdfSubpath.Line line:
                    if (outline.Points.Count == 0)
                        outline.Add(line.From);
                    outline.Add(line.To);
                    break;
                case PdfSubpath.CubicBezierCurve cubic:
                    outline.Bend(cubic.StartPoint, cubic.FirstControlPoint, cubic.SecondControlPoint, cubic.EndPoint);
                    break;
                case PdfSubpath.QuadraticBezierCurve quadratic:
                    outline.Bend(quadratic.StartPoint, quadratic.ControlPoint, quadratic.ControlPoint, quadratic.EndPoint);
                    break;
                case PdfSubpath.Close when outline.Points.Count > 0:
                    outline.IsClosed = true;
                    outline.Points.Add(outline.Points[0]);
                    break;
            }
        }
        if (outline.Points.Count > 2 && Near(outline.Points[0], outline.Points[^1], 0.12 * outline.Box.LongerSide + 0.05))
            outline.IsClosed = true;
        return outline;
    }

    /// <summary>Four sides along the axes.</summary>
    public bool IsRectangle => IsClosed && Points.Count is 4 or 5 or 6 && !HasCurves
        && Points.TrueForAll(point => (Math.Abs(point.X - Box.Left) < 0.2 || Math.Abs(point.X - Box.Right) < 0.2) && (Math.Abs(point.Y - Box.Bottom) < 0.2 || Math.Abs(point.Y - Box.Top) < 0.2));

    /// <summary>Three corners, as arrow heads have them.</summary>
    public bool IsTriangle => !HasCurves && Points.Distinct().Count() == 3;

    /// <summary>Curves, or so many short lines that they stand for one.</summary>
    public bool IsBent => HasCurves || Points.Count >= LeastBent && !HasLongSide();

    /// <summary>Closed, and every point as far from the middle as any other.</summary>
    public bool IsCircle
    {
        get
        {
            if (!IsClosed || Points.Count < 5 || Box.Height <= 0 || Box.Width / Box.Height is < 0.85 or > 1.18)
                return false;
            var radius = (Box.Width + Box.Height) / 4;
            return Points.TrueForAll(point => Math.Abs(Math.Sqrt(Square(point.X - Box.CentreX) + Square(point.Y - Box.CentreY)) - radius) < 0.12 * radius);
        }
    }

    bool HasLongSide()
    {
        for (var i = 1; i < Points.Count; i++)
        {
            if (Square(Points[i].X - Points[i - 1].X) + Square(Points[i].Y - Points[i - 1].Y) > Square(0.6 * Box.LongerSide))
                return true;
        }
        return false;
    }

    void Bend(PdfPoint from, PdfPoint first, PdfPoint second, PdfPoint to)
    {
        HasCurves = true;
        if (Points.Count == 0)
            Add(from);
        for (var part = 1; part <= 4; part++)
        {
            var t = part / 4.0;
            var (a, b, c, d) = ((1 - t) * (1 - t) * (1 - t), 3 * t * (1 - t) * (1 - t), 3 * t * t * (1 - t), t * t * t);
            Add(new PdfPoint(a * from.X + b * first.X + c * second.X + d * to.X, a * from.Y + b * first.Y + c * second.Y + d * to.Y));
        }
    }

    void Add(PdfPoint point)
    {
        if (!double.IsFinite(point.X + point.Y) || Math.Abs(point.X) > 1e6 || Math.Abs(point.Y) > 1e6)
            return;
        Points.Add((point.X, point.Y));
        Box = Box.With(point.X, point.Y);
    }

    static bool Near((double X, double Y) one, (double X, double Y) other, double within) => Math.Abs(one.X - other.X) <= within && Math.Abs(one.Y - other.Y) <= within;

    static double Square(double value) => value * value;
}
