namespace PyBase.Extraction.Step;

/// <summary>What bounds the shape of a part, in its own coordinates.</summary>
sealed class Shape
{
    public List<Vec3> Points { get; } = [];
    public List<Curve> Curves { get; } = [];
    public List<CurvedFace> Faces { get; } = [];
    public int SolidCount { get; set; }
    public int FaceCount { get; set; }
    /// <summary>Other shapes within this one, placed.</summary>
    public List<(Shape Shape, Frame At)> Placed { get; } = [];

    public bool IsEmpty { get; private set; } = true;

    /// <summary>What measuring it once costs, roughly in steps.</summary>
    public double Effort { get; private set; }

    /// <summary>Solids, those of placed shapes too.</summary>
    public double Solids { get; private set; }

    /// <summary>Faces, those of placed shapes too.</summary>
    public double AllFaces { get; private set; }

    /// <summary>Nothing comes any more. Numbers are doubles, since shapes placed in shapes multiply.</summary>
    public Shape Seal()
    {
        IsEmpty = Points.Count == 0 && Curves.Count == 0 && Placed.TrueForAll(each => each.Shape.IsEmpty);
        Effort = 1 + Points.Count + (10.0 * Curves.Count) + (100.0 * Faces.Count) + Placed.Sum(each => each.Shape.Effort);
        Solids = SolidCount + Placed.Sum(each => each.Shape.Solids);
        AllFaces = FaceCount + Placed.Sum(each => each.Shape.AllFaces);
        return this;
    }

    /// <summary>Its extents after mapping.</summary>
    public Box Extents(Frame frame)
    {
        if (IsEmpty)
            return Box.Empty;
        var (x, y, z) = (Extent(frame.Row(0)), Extent(frame.Row(1)), Extent(frame.Row(2)));
        var box = Points.Count + Curves.Count == 0
            ? Box.Empty
            : new Box(new Vec3(x.Min, y.Min, z.Min) + frame.O, new Vec3(x.Max, y.Max, z.Max) + frame.O);
        foreach (var (shape, at) in Placed)
            box = box.Union(shape.Extents(frame.After(at)));
        return box;
    }

    (double Min, double Max) Extent(Vec3 direction)
    {
        var (min, max) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var point in Points)
        {
            var value = direction.Dot(point);
            min = Math.Min(min, value);
            max = Math.Max(max, value);
        }
        return (-Reach(direction * -1, -min), Reach(direction, max));
    }

    double Reach(Vec3 direction, double best)
    {
        foreach (var curve in Curves)
            best = curve.Reach(direction, best);
        foreach (var face in Faces)
            best = face.Reach(direction, best);
        return best;
    }
}
