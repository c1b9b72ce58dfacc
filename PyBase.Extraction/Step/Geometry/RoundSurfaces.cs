namespace PyBase.Extraction.Step;

sealed class SphereSurface(Vec3 centre, double radius) : Surface
{
    public override Vec3 Normal(Vec3 point) => point - centre;

    public override IEnumerable<Vec3> Summits(Vec3 direction, double known)
    {
        if (direction.Unit() is { } unit)
            yield return centre + (unit * radius);
    }
}

sealed class TorusSurface(Vec3 centre, Vec3 axis, double major, double minor) : Surface
{
    /// <summary>Points tried of a circle that reaches equally far everywhere.</summary>
    const int Tries = 16;

    public override Vec3 Normal(Vec3 point)
    {
        var (near, far) = Arms(point);
        // On the inner sheet the order of the parameters, which gives the normal, is reversed.
        return IsInner(near, far) ? far * -1 : near;
    }

    public override bool IsOneSheet(Vec3 a, Vec3 b)
    {
        var ((nearA, farA), (nearB, farB)) = (Arms(a), Arms(b));
        return IsInner(nearA, farA) == IsInner(nearB, farB);
    }

    // From the tube's middle on this side of the axis, and from that on the other.
    (Vec3 Near, Vec3 Far) Arms(Vec3 point)
    {
        var arm = point - centre;
        var outward = ((arm - (axis * arm.Dot(axis))).Unit() ?? axis.Across()) * major;
        return (arm - outward, arm + outward);
    }

    // Where the tube is wider than the ring, it reaches through the middle and has an outer and an inner sheet.
    bool IsInner(Vec3 near, Vec3 far) => minor > major && Math.Abs(far.Length - minor) < Math.Abs(near.Length - minor);

    public override IEnumerable<Vec3> Summits(Vec3 direction, double known)
    {
        if (direction.Unit() is not { } unit)
            yield break;
        var flat = direction - (axis * direction.Dot(axis));
        if (flat.Length > 1e-9 * direction.Length)
        {
            var outward = flat * (1 / flat.Length);
            yield return centre + (outward * major) + (unit * minor);
            // Where the tube is wider than the ring it reaches through the middle to the other side.
            if (minor * unit.Dot(outward) > major)
                yield return centre - (outward * major) + (unit * minor);
            yield break;
        }
        var x = axis.Across();
        var y = axis.Cross(x);
        for (var i = 0; i < Tries; i++)
        {
            var (sin, cos) = Math.SinCos(Math.Tau * i / Tries);
            yield return centre + (((x * cos) + (y * sin)) * major) + (unit * minor);
        }
    }
}

/// <summary>Straight along its lines, so that beside its edges only the tip counts.</summary>
sealed class ConeSurface(Vec3 apex, Vec3 axis, double slope) : Surface
{
    public override Vec3 Normal(Vec3 point)
    {
        var arm = point - apex;
        var height = arm.Dot(axis);
        var outward = (arm - (axis * height)).Unit() ?? axis.Across();
        return outward - (axis * slope);
    }

    public override IEnumerable<Vec3> Summits(Vec3 direction, double known) => [apex];
}

/// <summary>A curve turned about an axis.</summary>
sealed class RevolvedSurface(Curve profile, Vec3 origin, Vec3 axis) : Surface
{
    const int Steps = 256;

    public override Vec3 Normal(Vec3 point)
    {
        // The profile's point at the same height and distance.
        var (height, radius) = Flat(point);
        var (best, at) = (double.PositiveInfinity, profile.From);
        for (var i = 0; i <= Steps; i++)
        {
            var t = Parameter(i);
            var (h, r) = Flat(profile.At(t));
            var distance = ((h - height) * (h - height)) + ((r - radius) * (r - radius));
            if (distance < best)
                (best, at) = (distance, t);
        }
        var step = (profile.To - profile.From) / Steps;
        var (h0, r0) = Flat(profile.At(Math.Max(profile.From, at - step)));
        var (h1, r1) = Flat(profile.At(Math.Min(profile.To, at + step)));
        var arm = point - origin;
        var outward = (arm - (axis * arm.Dot(axis))).Unit() ?? axis.Across();
        // du × dv: along the turn, then along the profile.
        return axis.Cross(outward).Cross((outward * (r1 - r0)) + (axis * (h1 - h0)));
    }

    public override IEnumerable<Vec3> Summits(Vec3 direction, double known)
    {
        var along = direction.Dot(axis);
        var flat = direction - (axis * along);
        var outward = flat.Unit() ?? axis.Across();
        double Value(double t) => Flat(profile.At(t)) is var (h, r) ? (along * h) + (flat.Length * r) : 0;
        var before = double.NegativeInfinity;
        var value = Value(Parameter(0));
        for (var i = 0; i <= Steps; i++)
        {
            var after = i == Steps ? double.NegativeInfinity : Value(Parameter(i + 1));
            if (value >= before && value >= after)
            {
                var t = Top(Value, Parameter(Math.Max(0, i - 1)), Parameter(Math.Min(Steps, i + 1)));
                var (h, r) = Flat(profile.At(t));
                yield return origin + (axis * h) + (outward * r);
            }
            (before, value) = (value, after);
        }
    }

    double Parameter(int step) => profile.From + ((profile.To - profile.From) * step / Steps);

    (double Height, double Radius) Flat(Vec3 point)
    {
        var arm = point - origin;
        var height = arm.Dot(axis);
        return (height, (arm - (axis * height)).Length);
    }

    static double Top(Func<double, double> value, double low, double high)
    {
        for (var i = 0; i < 60; i++)
        {
            var (a, b) = (low + ((high - low) / 3), high - ((high - low) / 3));
            if (value(a) > value(b))
                high = b;
            else
                low = a;
        }
        return (low + high) / 2;
    }
}
