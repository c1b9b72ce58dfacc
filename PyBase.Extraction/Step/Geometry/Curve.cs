namespace PyBase.Extraction.Step;

/// <summary>A bounded curve, from parameter <see cref="From"/> to <see cref="To"/>.</summary>
abstract class Curve
{
    public double From { get; protected set; }
    public double To { get; protected set; }

    public abstract Vec3 At(double t);

    /// <summary>The furthest that the curve reaches in a direction, if that is further than what is known already.</summary>
    public abstract double Reach(Vec3 direction, double known);

    /// <summary>How many straight pieces show its shape.</summary>
    public abstract int Pieces { get; }

    /// <summary>The largest value between two parameters around a larger middle one, by golden section.</summary>
    protected static double Climb(Func<double, double> value, double low, double high)
    {
        const double golden = 0.6180339887498949;
        var (a, b) = (high - (golden * (high - low)), low + (golden * (high - low)));
        var (fa, fb) = (value(a), value(b));
        for (var i = 0; i < 40; i++)
        {
            if (fa < fb)
            {
                low = a;
                (a, fa) = (b, fb);
                b = low + (golden * (high - low));
                fb = value(b);
            }
            else
            {
                high = b;
                (b, fb) = (a, fa);
                a = high - (golden * (high - low));
                fa = value(a);
            }
        }
        return Math.Max(fa, fb);
    }
}
