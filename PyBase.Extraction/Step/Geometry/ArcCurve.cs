namespace PyBase.Extraction.Step;

/// <summary>A piece of a circle or ellipse: <c>C + X·cos t + Y·sin t</c>.</summary>
sealed class ArcCurve : Curve
{
    readonly Vec3 centre, x, y;

    public ArcCurve(Vec3 centre, Vec3 x, Vec3 y, double from, double to) => (this.centre, this.x, this.y, From, To) = (centre, x, y, from, to);

    public override int Pieces => Math.Max(2, (int)Math.Ceiling(64 * Math.Min(1, Math.Abs(To - From) / Math.Tau)));
    public override Vec3 At(double t) => centre + (x * Math.Cos(t)) + (y * Math.Sin(t));

    public override double Reach(Vec3 direction, double known)
    {
        var (c, a, b) = (direction.Dot(centre), direction.Dot(x), direction.Dot(y));
        var top = c + Math.Sqrt((a * a) + (b * b));
        if (top <= known)
            return known;
        // Turns from the start, against the direction of the arc none.
        var turn = (Math.Atan2(b, a) - From) % Math.Tau;
        if (turn < 0)
            turn += Math.Tau;
        return Math.Max(known, turn <= To - From ? top : Math.Max(direction.Dot(At(From)), direction.Dot(At(To))));
    }
}
