namespace PyBase.Extraction.Step;

/// <summary>A face of a surface that may bulge out beyond its edges.</summary>
/// <param name="surface">What it is a piece of.</param>
/// <param name="isReversed">Whether its normal is against the surface's.</param>
/// <param name="edges">Its edges without seams, each with whether it runs against the curve, so that the face lies to the left.</param>
sealed class CurvedFace(Surface surface, bool isReversed, IReadOnlyList<(Curve Curve, bool IsReversed)> edges)
{
    List<(Vec3 Start, Vec3 End)>? border;

    public double Reach(Vec3 direction, double known)
    {
        foreach (var summit in surface.Summits(direction, known))
        {
            if (direction.Dot(summit) > known && Holds(summit))
                known = direction.Dot(summit);
        }
        return known;
    }

    /// <summary>Whether a point of the surface lies within the face: to the left of the border's nearest piece.</summary>
    bool Holds(Vec3 point)
    {
        border ??= Border();
        if (border.Count == 0)
            return true;
        var best = double.PositiveInfinity;
        var near = default(Vec3);
        var slack = 0.0;
        foreach (var (start, end) in border)
        {
            var (distance, at) = Distance(point, start, end);
            if (distance < best)
                (best, near, slack) = (distance, at, 1e-4 * (end - start).Length);
        }
        if (!surface.IsOneSheet(point, near))
            return false;
        var normal = surface.Normal(near) * (isReversed ? -1 : 1);
        // At a corner two pieces are equally near: inside of a convex one is left of both, of a concave one left of either.
        Vec3? into = null, outOf = null;
        foreach (var (start, end) in border)
        {
            if ((Distance(near, start, end).At - near).Length > slack)
                continue;
            if ((start - near).Length <= (end - near).Length)
                outOf ??= end - start;
            else
                into ??= end - start;
        }
        var isLeftOfIn = into is not { } a || normal.Cross(a).Dot(point - near) >= 0;
        var isLeftOfOut = outOf is not { } b || normal.Cross(b).Dot(point - near) >= 0;
        if (into is null || outOf is null)
            return isLeftOfIn && isLeftOfOut;
        var isConvex = into.Value.Cross(outOf.Value).Dot(normal) >= 0;
        return isConvex ? isLeftOfIn && isLeftOfOut : isLeftOfIn || isLeftOfOut;
    }

    List<(Vec3 Start, Vec3 End)> Border()
    {
        List<(Vec3, Vec3)> pieces = [];
        foreach (var (curve, isBackward) in edges)
        {
            var count = curve.Pieces;
            var before = curve.At(curve.From);
            for (var i = 1; i <= count; i++)
            {
                var next = curve.At(curve.From + ((curve.To - curve.From) * i / count));
                pieces.Add(isBackward ? (next, before) : (before, next));
                before = next;
            }
        }
        return pieces;
    }

    static (double Distance, Vec3 At) Distance(Vec3 point, Vec3 start, Vec3 end)
    {
        var way = end - start;
        var square = way.Dot(way);
        var t = square <= 0 ? 0 : Math.Clamp((point - start).Dot(way) / square, 0, 1);
        var at = start + (way * t);
        return ((at - point).Length, at);
    }
}
