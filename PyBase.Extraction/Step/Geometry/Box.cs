namespace PyBase.Extraction.Step;

/// <summary>Extents along the axes, in millimetres.</summary>
readonly record struct Box(Vec3 Min, Vec3 Max)
{
    public static readonly Box Empty = new(
        new(double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity), new(double.NegativeInfinity, double.NegativeInfinity, double.NegativeInfinity));

    public bool IsEmpty => !(Max.X >= Min.X);
    public Vec3 Size => Max - Min;

    public Box Union(Box other) => other.IsEmpty ? this : IsEmpty ? other : new(
        new(Math.Min(Min.X, other.Min.X), Math.Min(Min.Y, other.Min.Y), Math.Min(Min.Z, other.Min.Z)),
        new(Math.Max(Max.X, other.Max.X), Math.Max(Max.Y, other.Max.Y), Math.Max(Max.Z, other.Max.Z)));

    public Box Move(Vec3 by) => IsEmpty ? this : new(Min + by, Max + by);

    /// <summary>The box of this box turned: never too small, exact for quarter turns only.</summary>
    public Box Turn(Frame frame)
    {
        if (IsEmpty)
            return this;
        var result = Empty;
        for (var corner = 0; corner < 8; corner++)
        {
            var point = frame.Apply(new Vec3((corner & 1) == 0 ? Min.X : Max.X, (corner & 2) == 0 ? Min.Y : Max.Y, (corner & 4) == 0 ? Min.Z : Max.Z));
            result = result.Union(new Box(point, point));
        }
        return result;
    }
}
