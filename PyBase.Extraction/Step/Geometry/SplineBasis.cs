namespace PyBase.Extraction.Step;

/// <summary>Knots of one parameter, each as often as it counts, and what follows from them.</summary>
sealed class SplineBasis
{
    public const int MaxDegree = 32;

    SplineBasis(int degree, double[] knots) => (Degree, Knots) = (degree, knots);

    public int Degree { get; }
    public double[] Knots { get; }
    public double From => Knots[Degree];
    public double To => Knots[^(Degree + 1)];

    /// <summary>Null where knots, degree and number of control points do not fit each other.</summary>
    public static SplineBasis? Of(int degree, double[] knots, int points)
    {
        if (degree is < 1 or > MaxDegree || points <= degree || knots.Length != points + degree + 1)
            return null;
        for (var i = 1; i < knots.Length; i++)
        {
            if (!(knots[i] >= knots[i - 1]))
                return null;
        }
        return knots[degree] < knots[points] ? new SplineBasis(degree, knots) : null;
    }

    /// <summary>Knots where the form gives none, of no use when there are fewer points than the degree needs: evenly spaced (UNIFORM), with full ends (QUASI_UNIFORM), or one Bézier piece after the other.</summary>
    public static double[] Implied(StepWord form, int degree, int points)
    {
        var knots = new double[Math.Max(0, points + degree + 1)];
        for (var i = 0; i < knots.Length; i++)
        {
            knots[i] = form switch
            {
                StepWord.UniformCurve or StepWord.UniformSurface => i - degree,
                StepWord.BezierCurve or StepWord.BezierSurface when degree > 0 => i == 0 ? 0 : Math.Min((i - 1) / degree, (points - 1) / degree),
                _ => Math.Clamp(i - degree, 0, Math.Max(0, points - degree)),
            };
        }
        return knots;
    }

    /// <summary>The place of the knot at or before a parameter, such that the next is behind it.</summary>
    public int Span(double t)
    {
        var (low, high) = (Degree, Knots.Length - Degree - 2);
        if (t >= Knots[high + 1])
        {
            // The last piece that is not empty.
            while (high > low && Knots[high] >= Knots[high + 1])
                high--;
            return high;
        }
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (Knots[middle] <= t)
                low = middle;
            else
                high = middle - 1;
        }
        return low;
    }

    /// <summary>The values of the functions that are not zero at a parameter (Piegl and Tiller, A2.2).</summary>
    public void Values(int span, double t, Span<double> values)
    {
        Span<double> left = stackalloc double[MaxDegree + 1];
        Span<double> right = stackalloc double[MaxDegree + 1];
        values[0] = 1;
        for (var j = 1; j <= Degree; j++)
        {
            left[j] = t - Knots[span + 1 - j];
            right[j] = Knots[span + j] - t;
            var saved = 0.0;
            for (var r = 0; r < j; r++)
            {
                var width = right[r + 1] + left[j - r];
                var part = width == 0 ? 0 : values[r] / width;
                values[r] = saved + (right[r + 1] * part);
                saved = left[j - r] * part;
            }
            values[j] = saved;
        }
    }

    /// <summary>The pieces that are not empty, as places of their first knot.</summary>
    public IEnumerable<int> Spans()
    {
        for (var span = Degree; span < Knots.Length - Degree - 1; span++)
        {
            if (Knots[span] < Knots[span + 1])
                yield return span;
        }
    }
}
