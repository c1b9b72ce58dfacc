namespace PyBase.Extraction.Step;

/// <summary>A curve with at most a few bends, known by its formula: parabola, hyperbola.</summary>
sealed class FormulaCurve : Curve
{
    readonly Func<double, Vec3> formula;

    public FormulaCurve(Func<double, Vec3> formula, double from, double to) => (this.formula, From, To) = (formula, from, to);

    public override int Pieces => 32;
    public override Vec3 At(double t) => formula(t);

    public override double Reach(Vec3 direction, double known)
    {
        // One bend, so one summit at most in any direction.
        var best = Math.Max(known, Math.Max(direction.Dot(At(From)), direction.Dot(At(To))));
        return Math.Max(best, Climb(t => direction.Dot(formula(t)), From, To));
    }
}
