namespace PyBase.Extraction.Step;

/// <summary>A linear map and a translation: <c>p → O + X·p.X + Y·p.Y + Z·p.Z</c>.</summary>
readonly record struct Frame(Vec3 X, Vec3 Y, Vec3 Z, Vec3 O)
{
    public static readonly Frame Identity = new(new(1, 0, 0), new(0, 1, 0), new(0, 0, 1), default);

    public Vec3 Turn(Vec3 p) => (X * p.X) + (Y * p.Y) + (Z * p.Z);
    public Vec3 Apply(Vec3 p) => Turn(p) + O;

    /// <summary>First the inner one, then this.</summary>
    public Frame After(Frame inner) => new(Turn(inner.X), Turn(inner.Y), Turn(inner.Z), Apply(inner.O));

    /// <summary>The direction in which a point's coordinate grows after mapping: a row of the matrix.</summary>
    public Vec3 Row(int axis) => axis switch
    {
        0 => new(X.X, Y.X, Z.X),
        1 => new(X.Y, Y.Y, Z.Y),
        _ => new(X.Z, Y.Z, Z.Z),
    };

    /// <summary>The opposite of a frame whose axes are at right angles; scale is undone too.</summary>
    public Frame Inverse()
    {
        var (sx, sy, sz) = (Scale(X), Scale(Y), Scale(Z));
        var linear = new Frame(
            new(X.X * sx, Y.X * sy, Z.X * sz), new(X.Y * sx, Y.Y * sy, Z.Y * sz), new(X.Z * sx, Y.Z * sy, Z.Z * sz), default);
        return linear with { O = linear.Turn(O) * -1 };
    }

    public bool IsFinite => X.IsFinite && Y.IsFinite && Z.IsFinite && O.IsFinite;

    static double Scale(Vec3 axis) => axis.Dot(axis) is > 0 and var square ? 1 / square : 0;
}
