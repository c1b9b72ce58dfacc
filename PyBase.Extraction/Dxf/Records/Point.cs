namespace PyBase.Extraction.Dxf.Records;

/// <summary>A point or vector in drawing units.</summary>
readonly record struct Point(double X, double Y, double Z)
{
    public static Point operator -(Point a, Point b) => new(a.X - b.X, a.Y - b.Y, a.Z - b.Z);

    public double Length => Math.Sqrt((X * X) + (Y * Y) + (Z * Z));
}
