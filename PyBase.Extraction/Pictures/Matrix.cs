namespace PyBase.Extraction.Pictures;

/// <summary>An affine map of the plane: x' = a·x + c·y + e, y' = b·x + d·y + f.</summary>
readonly record struct Matrix(double A, double B, double C, double D, double E, double F)
{
    public static Matrix Identity => new(1, 0, 0, 1, 0, 0);

    public static Matrix Move(double x, double y) => new(1, 0, 0, 1, x, y);

    public static Matrix Scale(double x, double y) => new(x, 0, 0, y, 0, 0);

    /// <summary>Counterclockwise.</summary>
    public static Matrix Turn(double degrees)
    {
        var (sin, cos) = Math.SinCos(degrees * Math.PI / 180);
        return new(cos, sin, -sin, cos, 0, 0);
    }

    /// <summary>This after the other.</summary>
    public Matrix After(Matrix first) => new(
        (A * first.A) + (C * first.B), (B * first.A) + (D * first.B), (A * first.C) + (C * first.D), (B * first.C) + (D * first.D),
        (A * first.E) + (C * first.F) + E, (B * first.E) + (D * first.F) + F);

    public (double X, double Y) Of(double x, double y) => ((A * x) + (C * y) + E, (B * x) + (D * y) + F);

    /// <summary>
    /// From an entity's own plane, given by its normal, to the plane of the drawing (DXF reference, "Arbitrary axis algorithm"); what
    /// is tilted is seen from above.
    /// </summary>
    public static Matrix OfNormal(double x, double y, double z)
    {
        var length = Math.Sqrt((x * x) + (y * y) + (z * z));
        if (!(length > 1e-9) || (x == 0 && y == 0 && z > 0))
            return Identity;
        (x, y, z) = (x / length, y / length, z / length);
        // Across: the normal with the world's Y where it is nearly the world's Z, else with that.
        var (ax, ay, az) = Math.Abs(x) < 1 / 64.0 && Math.Abs(y) < 1 / 64.0 ? (z, 0.0, -x) : (-y, x, 0.0);
        var across = Math.Sqrt((ax * ax) + (ay * ay) + (az * az));
        (ax, ay, az) = (ax / across, ay / across, az / across);
        return new(ax, ay, (y * az) - (z * ay), (z * ax) - (x * az), 0, 0);
    }
}
