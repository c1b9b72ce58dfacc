namespace PyBase.Extraction.Dxf.Records;

/// <summary>DIMENSION, ARC_DIMENSION or LARGE_RADIAL_DIMENSION.</summary>
sealed class DimensionEntity : DxfRecord
{
    /// <summary>
    /// 1 text as overridden, 2 block that shows it, 3 style, 42 measurement, 50 angle of a rotated one, 70 kind (low bits) and flags
    /// (64 ordinate of x), 10 to 16 points.
    /// </summary>
    public static readonly RecordType<DimensionEntity> Type = new("DIMENSION", "ARC_DIMENSION", "LARGE_RADIAL_DIMENSION")
    {
        { 1, (dimension, tag) => dimension.Override = tag.Text() },
        { 2, (dimension, tag) => dimension.BlockName = tag.Name() },
        { 3, (dimension, tag) => dimension.Style = tag.Name() },
        { 10, 16, (dimension, tag) => dimension.points[tag.Code - 10].X = tag.Real() },
        { 20, 26, (dimension, tag) => dimension.points[tag.Code - 20].Y = tag.Real() },
        { 42, (dimension, tag) => dimension.Stored = tag.Real() },
        { 50, (dimension, tag) => dimension.Angle = tag.Real() },
        { 70, (dimension, tag) => dimension.Flags = tag.Small() },
    };

    readonly (double X, double Y)[] points = new (double, double)[7];

    public string Override { get; private set; } = "";
    public string BlockName { get; private set; } = "";
    public string Style { get; private set; } = "";
    public int Flags { get; private set; }

    /// <summary>The measurement in the file; null before R13. Angles in radians.</summary>
    public double? Stored { get; private set; }

    /// <summary>In degrees.</summary>
    public double Angle { get; private set; }

    /// <summary>The point of group codes 10, 20 to 16, 26, in the plane of the dimension.</summary>
    public Point PointOf(int code) => new(points[code - 10].X, points[code - 10].Y, 0);
}
