using PyBase.Extraction.Dxf.Records;

namespace PyBase.Extraction.Dxf.Dimensions;

/// <summary>What a dimension measures, computed from its points for files that do not hold it (before R13). Angles in radians.</summary>
static class Measurement
{
    public static double? Of(DimensionEntity dimension, DimensionKind kind) => kind switch
    {
        DimensionKind.Linear => Along(dimension.PointOf(14) - dimension.PointOf(13), dimension.Angle),
        DimensionKind.Aligned => (dimension.PointOf(14) - dimension.PointOf(13)).Length,
        DimensionKind.Diameter or DimensionKind.Radius => (dimension.PointOf(15) - dimension.PointOf(10)).Length,
        DimensionKind.AngularThreePoint => Sector(dimension.PointOf(15), dimension.PointOf(13), dimension.PointOf(14), dimension.PointOf(10)),
        DimensionKind.Angular => BetweenLines(dimension),
        DimensionKind.Ordinate => (dimension.Flags & 64) != 0
            ? dimension.PointOf(13).X - dimension.PointOf(10).X
            : dimension.PointOf(13).Y - dimension.PointOf(10).Y,
        _ => null,
    };

    static double Along(Point span, double degrees)
    {
        var (sin, cos) = Math.SinCos(degrees * Math.PI / 180);
        return Math.Abs((span.X * cos) + (span.Y * sin));
    }

    // Lines 13-14 and 15-10; the arc passes 16.
    static double? BetweenLines(DimensionEntity dimension)
    {
        var (a, b) = (dimension.PointOf(13), dimension.PointOf(15));
        var (u, v) = (dimension.PointOf(14) - a, dimension.PointOf(10) - b);
        var cross = (u.X * v.Y) - (u.Y * v.X);
        if (Math.Abs(cross) <= 1e-12 * u.Length * v.Length)
            return null;
        var t = (((b.X - a.X) * v.Y) - ((b.Y - a.Y) * v.X)) / cross;
        var center = new Point(a.X + (t * u.X), a.Y + (t * u.Y), 0);
        var arc = dimension.PointOf(16) - center;
        // Each line counts to the side of the crossing on which the arc lies: arc = p u + q v.
        var p = ((arc.X * v.Y) - (arc.Y * v.X)) / cross;
        var q = ((u.X * arc.Y) - (u.Y * arc.X)) / cross;
        var angle = Math.Abs(Math.Atan2(cross, (u.X * v.X) + (u.Y * v.Y)));
        return p < 0 == q < 0 ? angle : Math.PI - angle;
    }

    static double Sector(Point center, Point from, Point to, Point arc)
    {
        double Direction(Point point) => Math.Atan2(point.Y - center.Y, point.X - center.X);
        static double Positive(double angle) => angle < 0 ? angle + (2 * Math.PI) : angle;
        var sweep = Positive(Direction(to) - Direction(from));
        return Positive(Direction(arc) - Direction(from)) <= sweep ? sweep : (2 * Math.PI) - sweep;
    }
}
