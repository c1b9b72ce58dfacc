namespace PyBase.Extraction.Step;

/// <summary>A B-spline curve, rational where it has weights.</summary>
sealed class SplineCurve : Curve
{
    /// <summary>Samples of one piece between two knots.</summary>
    const int Steps = 8;

    readonly SplineBasis basis;
    readonly Vec3[] points;
    readonly double[]? weights;

    public SplineCurve(SplineBasis basis, Vec3[] points, double[]? weights)
    {
        (this.basis, this.points, this.weights) = (basis, points, weights);
        (From, To) = (basis.From, basis.To);
    }

    public override int Pieces => Math.Min(2000, Math.Max(8, (points.Length - basis.Degree) * 4));

    public override Vec3 At(double t)
    {
        Span<double> values = stackalloc double[SplineBasis.MaxDegree + 1];
        var span = basis.Span(t);
        basis.Values(span, t, values);
        Vec3 sum = default;
        var weight = 0.0;
        for (var i = 0; i <= basis.Degree; i++)
        {
            var place = span - basis.Degree + i;
            var part = values[i] * (weights?[place] ?? 1);
            sum += points[place] * part;
            weight += part;
        }
        return weight == 0 ? sum : sum * (1 / weight);
    }

    /// <summary>Bounds the curve by two of its points where it is longer; leaves it as it is when they are its ends.</summary>
    public void Trim(Vec3 start, Vec3 end)
    {
        var near = 1e-4 * ((points[0] - points[^1]).Length + Size());
        if ((At(From) - start).Length <= near && (At(To) - end).Length <= near)
            return;
        var (from, to) = (Nearest(start), Nearest(end));
        if (from < to)
            (From, To) = (from, to);
    }

    /// <summary>Bounds the curve by parameters.</summary>
    public void Trim(double from, double to) => (From, To) = (Math.Clamp(from, From, To), Math.Clamp(to, From, To));

    public override double Reach(Vec3 direction, double known)
    {
        var best = Math.Max(known, Math.Max(direction.Dot(At(From)), direction.Dot(At(To))));
        foreach (var span in basis.Spans())
        {
            var (low, high) = (Math.Max(From, basis.Knots[span]), Math.Min(To, basis.Knots[span + 1]));
            if (low < high && MayReach(span, direction, best))
                best = Math.Max(best, ReachPiece(direction, low, high, best));
        }
        return best;
    }

    // A piece stays within the hull of its control points as long as no weight is negative.
    bool MayReach(int span, Vec3 direction, double best)
    {
        for (var place = span - basis.Degree; place <= span; place++)
        {
            if (direction.Dot(points[place]) > best || weights?[place] <= 0)
                return true;
        }
        return false;
    }

    double ReachPiece(Vec3 direction, double low, double high, double best)
    {
        var step = (high - low) / Steps;
        var (top, at) = (double.NegativeInfinity, 0);
        for (var i = 0; i <= Steps; i++)
        {
            var value = direction.Dot(At(low + (step * i)));
            if (value > top)
                (top, at) = (value, i);
        }
        return Math.Max(Math.Max(best, top), Climb(t => direction.Dot(At(t)), Math.Max(low, low + (step * (at - 1))), Math.Min(high, low + (step * (at + 1)))));
    }

    double Nearest(Vec3 point)
    {
        var count = Pieces * 4;
        var (best, at) = (double.PositiveInfinity, 0);
        for (var i = 0; i <= count; i++)
        {
            var distance = (At(From + ((To - From) * i / count)) - point).Length;
            if (distance < best)
                (best, at) = (distance, i);
        }
        var step = (To - From) / count;
        var (low, high) = (Math.Max(From, From + (step * (at - 1))), Math.Min(To, From + (step * (at + 1))));
        for (var i = 0; i < 60; i++)
        {
            var (a, b) = (low + ((high - low) / 3), high - ((high - low) / 3));
            if ((At(a) - point).Length < (At(b) - point).Length)
                high = b;
            else
                low = a;
        }
        return (low + high) / 2;
    }

    double Size()
    {
        var size = 0.0;
        foreach (var point in points)
            size = Math.Max(size, (point - points[0]).Length);
        return size;
    }
}
