namespace PyBase.Extraction.Step;

/// <summary>A point or vector, in millimetres.</summary>
readonly record struct Vec3(double X, double Y, double Z)
{
    public static Vec3 operator +(Vec3 a, Vec3 b) => new(a.X + b.X, a.Y + b.Y, a.Z + b.Z);
    public static Vec3 operator -(Vec3 a, Vec3 b) => new(a.X - b.X, a.Y - b.Y, a.Z - b.Z);
    public static Vec3 operator *(Vec3 a, double f) => new(a.X * f, a.Y * f, a.Z * f);
    public double Dot(Vec3 b) => (X * b.X) + (Y * b.Y) + (Z * b.Z);
    public Vec3 Cross(Vec3 b) => new((Y * b.Z) - (Z * b.Y), (Z * b.X) - (X * b.Z), (X * b.Y) - (Y * b.X));
    public double Length => Math.Sqrt(Dot(this));
    public bool IsFinite => double.IsFinite(X) && double.IsFinite(Y) && double.IsFinite(Z);

    /// <summary>Of length 1; null where there is no direction.</summary>
    public Vec3? Unit() => Length is > 1e-300 and < double.PositiveInfinity and var length ? this * (1 / length) : null;

    /// <summary>Some vector of length 1 across this one.</summary>
    public Vec3 Across()
    {
        var other = Math.Abs(X) <= Math.Abs(Y) && Math.Abs(X) <= Math.Abs(Z) ? new Vec3(1, 0, 0) : Math.Abs(Y) <= Math.Abs(Z) ? new Vec3(0, 1, 0) : new Vec3(0, 0, 1);
        return Cross(other).Unit() ?? new Vec3(1, 0, 0);
    }
}
