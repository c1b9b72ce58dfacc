namespace PyBase.Extraction.Pictures;

/// <summary>Curves as points close enough to each other for a picture.</summary>
static class Curves
{
    const int StepsOfCircle = 64, StepsOfSpan = 8, MostSplinePoints = 5000;

    /// <summary>Counterclockwise from one angle to another, in radians.</summary>
    public static IEnumerable<(double X, double Y)> Arc(double x, double y, double radius, double start, double end) =>
        Ellipse(x, y, radius, 0, 1, start, end);

    /// <summary>With the half of the long axis and how long the short one is of it.</summary>
    public static IEnumerable<(double X, double Y)> Ellipse(double x, double y, double axisX, double axisY, double ratio, double start, double end)
    {
        if (!double.IsFinite(start + end))
            yield break;
        var sweep = end - start;
        sweep -= Math.Floor(sweep / Math.Tau) * Math.Tau;
        if (sweep < 1e-9)
            sweep = Math.Tau;
        var steps = Math.Max(2, (int)Math.Ceiling(StepsOfCircle * sweep / Math.Tau));
        for (var i = 0; i <= steps; i++)
        {
            var (sin, cos) = Math.SinCos(start + (sweep * i / steps));
            yield return (x + (axisX * cos) - (axisY * ratio * sin), y + (axisY * cos) + (axisX * ratio * sin));
        }
    }

    /// <summary>Vertices joined by straight lines, or by arcs where there is a bulge: the tangent of a quarter of the arc's angle.</summary>
    public static List<(double X, double Y)> Polyline(IReadOnlyList<(double X, double Y, double Bulge)> vertices, bool isClosed)
    {
        List<(double X, double Y)> points = [];
        for (var i = 0; i < vertices.Count; i++)
        {
            var (x, y, bulge) = vertices[i];
            points.Add((x, y));
            if (i == vertices.Count - 1 && !isClosed)
                break;
            var (nextX, nextY, _) = vertices[(i + 1) % vertices.Count];
            var (dx, dy) = (nextX - x, nextY - y);
            if (Math.Abs(bulge) < 1e-6 || !double.IsFinite(bulge) || (dx == 0 && dy == 0))
                continue;
            var (centreX, centreY) = (x + (dx / 2) - (dy * (1 - (bulge * bulge)) / (4 * bulge)), y + (dy / 2) + (dx * (1 - (bulge * bulge)) / (4 * bulge)));
            var radius = Math.Sqrt(((x - centreX) * (x - centreX)) + ((y - centreY) * (y - centreY)));
            var from = Math.Atan2(y - centreY, x - centreX);
            var sweep = 4 * Math.Atan(bulge);
            var steps = Math.Max(2, (int)(StepsOfCircle * Math.Abs(sweep) / Math.Tau));
            for (var step = 1; step < steps; step++)
            {
                var (sin, cos) = Math.SinCos(from + (sweep * step / steps));
                points.Add((centreX + (radius * cos), centreY + (radius * sin)));
            }
        }
        if (isClosed && points.Count > 0)
            points.Add(points[0]);
        return points;
    }

    /// <summary>A B-spline by de Boor's algorithm; what is no spline gives its control points.</summary>
    public static IReadOnlyList<(double X, double Y)> Spline(int degree, List<double> knots, List<(double X, double Y)> control, List<double> weights)
    {
        if (degree is < 1 or > 15 || control.Count <= degree || knots.Count != control.Count + degree + 1 || knots.Zip(knots.Skip(1)).Any(pair => !(pair.Second >= pair.First)))
            return control;
        List<(double X, double Y)> points = [];
        var span = new (double X, double Y, double W)[degree + 1];
        for (var k = degree; k < control.Count && points.Count < MostSplinePoints; k++)
        {
            if (knots[k + 1] <= knots[k])
                continue;
            for (var step = points.Count == 0 ? 0 : 1; step <= StepsOfSpan; step++)
            {
                var t = knots[k] + ((knots[k + 1] - knots[k]) * step / StepsOfSpan);
                for (var i = 0; i <= degree; i++)
                {
                    var at = k - degree + i;
                    var weight = weights.Count == control.Count && weights[at] > 0 ? weights[at] : 1;
                    span[i] = (control[at].X * weight, control[at].Y * weight, weight);
                }
                for (var round = 1; round <= degree; round++)
                {
                    for (var i = degree; i >= round; i--)
                    {
                        var low = knots[k - degree + i];
                        var width = knots[i + 1 + k - round] - low;
                        var part = width > 0 ? (t - low) / width : 0;
                        span[i] = ((span[i - 1].X * (1 - part)) + (span[i].X * part), (span[i - 1].Y * (1 - part)) + (span[i].Y * part), (span[i - 1].W * (1 - part)) + (span[i].W * part));
                    }
                }
                points.Add((span[degree].X / span[degree].W, span[degree].Y / span[degree].W));
            }
        }
        return points;
    }
}
