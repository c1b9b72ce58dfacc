namespace PyBase.Extraction.Step;

/// <summary>A straight piece.</summary>
sealed class SegmentCurve : Curve
{
    readonly Vec3 start, end;

    public SegmentCurve(Vec3 start, Vec3 end) => (this.start, this.end, To) = (start, end, 1);

    public override int Pieces => 1;
    public override Vec3 At(double t) => start + ((end - start) * t);
    public override double Reach(Vec3 direction, double known) => Math.Max(known, Math.Max(direction.Dot(start), direction.Dot(end)));
}
