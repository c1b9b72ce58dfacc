namespace PyBase.Extraction.Step;

/// <summary>A B-spline surface, rational where it has weights; points and weights row by row of u.</summary>
sealed class SplineSurface(SplineBasis u, SplineBasis v, Vec3[] points, double[]? weights) : Surface
{
    /// <summary>Most samples along one parameter.</summary>
    const int MaxSteps = 120;

    readonly int columns = v.Knots.Length - v.Degree - 1;
    Vec3[]? grid;
    int stepsU, stepsV;

    public override Vec3 Normal(Vec3 point)
    {
        Fill();
        var (best, at) = (double.PositiveInfinity, 0);
        for (var i = 0; i < grid!.Length; i++)
        {
            var distance = (grid[i] - point).Length;
            if (distance < best)
                (best, at) = (distance, i);
        }
        var (s, t) = Climb(at, (a, b) => -(At(a, b) - point).Length);
        var (du, dv) = ((u.To - u.From) * 1e-5, (v.To - v.From) * 1e-5);
        var along = At(Math.Min(u.To, s + du), t) - At(Math.Max(u.From, s - du), t);
        var across = At(s, Math.Min(v.To, t + dv)) - At(s, Math.Max(v.From, t - dv));
        return along.Cross(across);
    }

    public override IEnumerable<Vec3> Summits(Vec3 direction, double known)
    {
        if (!MayReach(direction, known))
            yield break;
        Fill();
        for (var i = 0; i <= stepsU; i++)
        {
            for (var j = 0; j <= stepsV; j++)
            {
                if (!IsSummit(i, j, direction))
                    continue;
                var (s, t) = Climb((i * (stepsV + 1)) + j, (a, b) => direction.Dot(At(a, b)));
                var point = At(s, t);
                if (direction.Dot(point) > known)
                    yield return point;
            }
        }
    }

    Vec3 At(double s, double t)
    {
        Span<double> alongU = stackalloc double[SplineBasis.MaxDegree + 1];
        Span<double> alongV = stackalloc double[SplineBasis.MaxDegree + 1];
        var (spanU, spanV) = (u.Span(s), v.Span(t));
        u.Values(spanU, s, alongU);
        v.Values(spanV, t, alongV);
        Vec3 sum = default;
        var weight = 0.0;
        for (var i = 0; i <= u.Degree; i++)
        {
            for (var j = 0; j <= v.Degree; j++)
            {
                var place = ((spanU - u.Degree + i) * columns) + spanV - v.Degree + j;
                var part = alongU[i] * alongV[j] * (weights?[place] ?? 1);
                sum += points[place] * part;
                weight += part;
            }
        }
        return weight == 0 ? sum : sum * (1 / weight);
    }

    bool MayReach(Vec3 direction, double known)
    {
        for (var i = 0; i < points.Length; i++)
        {
            if (direction.Dot(points[i]) > known || weights?[i] <= 0)
                return true;
        }
        return false;
    }

    bool IsSummit(int i, int j, Vec3 direction)
    {
        var own = direction.Dot(grid![(i * (stepsV + 1)) + j]);
        for (var a = Math.Max(0, i - 1); a <= Math.Min(stepsU, i + 1); a++)
        {
            for (var b = Math.Max(0, j - 1); b <= Math.Min(stepsV, j + 1); b++)
            {
                if (direction.Dot(grid[(a * (stepsV + 1)) + b]) > own)
                    return false;
            }
        }
        return true;
    }

    void Fill()
    {
        if (grid is not null)
            return;
        stepsU = Math.Clamp(u.Spans().Count() * 6, 12, MaxSteps);
        stepsV = Math.Clamp(v.Spans().Count() * 6, 12, MaxSteps);
        grid = new Vec3[(stepsU + 1) * (stepsV + 1)];
        for (var i = 0; i < grid.Length; i++)
            grid[i] = At(U(i), V(i));
    }

    double U(int place) => u.From + ((u.To - u.From) * (place / (stepsV + 1)) / stepsU);
    double V(int place) => v.From + ((v.To - v.From) * (place % (stepsV + 1)) / stepsV);

    // From one of the grid's points to where the value is greatest: eight neighbours, half the step when none is better.
    (double S, double T) Climb(int place, Func<double, double, double> value)
    {
        var (s, t) = (U(place), V(place));
        var (ds, dt) = ((u.To - u.From) / stepsU, (v.To - v.From) / stepsV);
        var best = value(s, t);
        for (var round = 0; round < 60 && ds > 1e-7 * (u.To - u.From);)
        {
            var (nextS, nextT) = (s, t);
            for (var i = -1; i <= 1; i++)
            {
                for (var j = -1; j <= 1; j++)
                {
                    var (a, b) = (Math.Clamp(s + (i * ds), u.From, u.To), Math.Clamp(t + (j * dt), v.From, v.To));
                    if ((i != 0 || j != 0) && value(a, b) is var reached && reached > best)
                        (best, nextS, nextT) = (reached, a, b);
                }
            }
            if ((nextS, nextT) == (s, t))
                (ds, dt) = (ds / 2, dt / 2);
            else
                round++;
            (s, t) = (nextS, nextT);
        }
        return (s, t);
    }
}
