using PyBase.Extraction.Part21;

namespace PyBase.Extraction.Step;

/// <summary>Points, placements and curves of ISO 10303-42, scaled to millimetres. What cannot be read is null.</summary>
sealed class CurveReader(StepGraph graph, StepUnits.Context units)
{
    /// <summary>Deepest curve of a curve of a curve.</summary>
    const int MaxDepth = 8;

    /// <summary>Longest polyline or knot list taken.</summary>
    const int MaxPoints = 1_000_000;

    readonly double scale = units.ToMillimetres;

    public Vec3? Point(int place)
    {
        // CARTESIAN_POINT(name, (x, y, z)); VERTEX_POINT(name, point)
        if (graph.Word(place) == StepWord.VertexPoint)
            place = graph.Reference(place, 1);
        return graph.Word(place) == StepWord.CartesianPoint && Triple(place) is { } read ? read * scale : null;
    }

    public Frame? Placement(int place)
    {
        // AXIS2_PLACEMENT_3D(name, location, axis, ref_direction)
        if (graph.Word(place) != StepWord.Axis2Placement3d || Point(graph.Reference(place, 1)) is not { } origin)
            return null;
        var z = Direction(graph.Reference(place, 2)) ?? new Vec3(0, 0, 1);
        var wished = Direction(graph.Reference(place, 3)) ?? (Math.Abs(z.X) > 1 - 1e-12 ? new Vec3(0, 1, 0) : new Vec3(1, 0, 0));
        var x = (wished - (z * wished.Dot(z))).Unit() ?? z.Across();
        return new Frame(x, z.Cross(x), z, origin);
    }

    /// <summary>CARTESIAN_TRANSFORMATION_OPERATOR_3D(name, description, axis1, axis2, origin, scale, axis3)</summary>
    public Frame? Operator(int place)
    {
        if (!graph.TryPart(place, StepWord.CartesianTransformationOperator3d, out _) || graph.IsComplex(place))
            return null;
        // The text of the representation item, then those of the functionally defined transformation: one or two names.
        var first = graph.Arguments(place);
        var texts = 0;
        while (first.Next() && first.Kind is ArgumentKind.Text or ArgumentKind.Omitted && texts < 3)
            texts++;
        // An omitted axis looks like an omitted description.
        var at = Math.Min(texts, 2);
        if (Point(graph.Reference(place, at + 2)) is not { } origin)
        {
            at++;
            if (Point(graph.Reference(place, at + 2)) is not { } other)
                return null;
            origin = other;
        }
        var factor = graph.Arguments(place) is var numbers && numbers.Skip(at + 4) && numbers.TryNumber(out var number) && number > 0 ? number : 1;
        var z = Direction(graph.Reference(place, at + 4)) ?? new Vec3(0, 0, 1);
        var wished = Direction(graph.Reference(place, at)) ?? z.Across();
        var x = (wished - (z * wished.Dot(z))).Unit() ?? z.Across();
        var y = z.Cross(x);
        if (Direction(graph.Reference(place, at + 1)) is { } second && second.Dot(y) < 0)
            y *= -1;
        return new Frame(x * factor, y * factor, z * factor, origin);
    }

    public Vec3? Direction(int place)
    {
        if (graph.Word(place) == StepWord.Vector)
            place = graph.Reference(place, 1);
        return graph.Word(place) == StepWord.Direction ? Triple(place)?.Unit() : null;
    }

    /// <summary>Origin and direction of AXIS1_PLACEMENT(name, location, axis).</summary>
    public (Vec3 Origin, Vec3 Axis)? Axis(int place) =>
        graph.Word(place) == StepWord.Axis1Placement && Point(graph.Reference(place, 1)) is { } origin
            ? (origin, Direction(graph.Reference(place, 2)) ?? new Vec3(0, 0, 1))
            : null;

    public double? Number(int place, int position, bool isLength = true) =>
        graph.Arguments(place) is var arguments && arguments.Skip(position + 1) && arguments.TryNumber(out var value) ? value * (isLength ? scale : 1) : null;

    /// <summary>The curve of an edge between two points.</summary>
    /// <param name="isSame">Whether the edge runs with the curve.</param>
    /// <param name="isClosed">Whether the edge ends at the vertex it starts from.</param>
    public Curve? Edge(int place, Vec3 start, Vec3 end, bool isSame, bool isClosed, int depth = 0)
    {
        var (from, to) = isSame ? (start, end) : (end, start);
        switch (graph.Word(place))
        {
            case StepWord.Line:
                return new SegmentCurve(from, to);
            case StepWord.Circle or StepWord.Ellipse:
                return Arc(place) is { } arc ? ArcBetween(arc, from, to, isClosed) : null;
            case StepWord.SurfaceCurve or StepWord.SeamCurve or StepWord.IntersectionCurve or StepWord.BoundedSurfaceCurve:
                // SURFACE_CURVE(name, curve_3d, associated_geometry, master_representation)
                return depth < MaxDepth ? Edge(graph.Reference(place, 1), start, end, isSame, isClosed, depth + 1) : null;
            case StepWord.TrimmedCurve:
                return depth < MaxDepth ? Edge(graph.Reference(place, 1), start, end, isSame == IsTrue(place, 4), isClosed, depth + 1) : null;
            case StepWord.Parabola or StepWord.Hyperbola:
                return Conic(place, from, to);
        }
        if (IsSpline(place))
        {
            var spline = Spline(place);
            if (!isClosed)
                spline?.Trim(from, to);
            return spline;
        }
        return null;
    }

    /// <summary>Pieces of a curve that is bounded by itself.</summary>
    public void Pieces(int place, List<Curve> pieces, int depth = 0)
    {
        if (depth > MaxDepth || pieces.Count > MaxPoints)
            return;
        switch (graph.Word(place))
        {
            case StepWord.Polyline:
                // POLYLINE(name, points)
                Polyline(graph.Targets(place, 1), pieces);
                return;
            case StepWord.CompositeCurve:
                // COMPOSITE_CURVE(name, segments, self_intersect); COMPOSITE_CURVE_SEGMENT(transition, same_sense, parent_curve)
                foreach (var segment in graph.Targets(place, 1))
                    Pieces(graph.Reference(segment, 2), pieces, depth + 1);
                return;
            case StepWord.TrimmedCurve:
                if (Trimmed(place) is { } trimmed)
                    pieces.Add(trimmed);
                else if (IsBounded(graph.Reference(place, 1)))
                    Pieces(graph.Reference(place, 1), pieces, depth + 1);
                return;
            case StepWord.SurfaceCurve or StepWord.SeamCurve or StepWord.IntersectionCurve or StepWord.BoundedSurfaceCurve:
                Pieces(graph.Reference(place, 1), pieces, depth + 1);
                return;
            case StepWord.Circle or StepWord.Ellipse:
                if (Arc(place) is { } arc)
                    pieces.Add(new ArcCurve(arc.O, arc.X, arc.Y, 0, Math.Tau));
                return;
        }
        if (IsSpline(place) && Spline(place) is { } spline)
            pieces.Add(spline);
    }

    /// <summary>The profile of a swept surface, as long as it may be needed.</summary>
    public Curve? Profile(int place, double size)
    {
        if (graph.Word(place) == StepWord.Line && Point(graph.Reference(place, 1)) is { } start && Direction(graph.Reference(place, 2)) is { } way)
            return new SegmentCurve(start - (way * size), start + (way * size));
        List<Curve> pieces = [];
        Pieces(place, pieces);
        return pieces.Count == 1 ? pieces[0] : null;
    }

    public bool IsTrue(int place, int position) =>
        !(graph.Arguments(place) is var arguments && arguments.Skip(position + 1) && arguments.Enumeration().SequenceEqual("F"u8));

    bool IsBounded(int place) => graph.Word(place) is StepWord.Polyline or StepWord.CompositeCurve or StepWord.TrimmedCurve || IsSpline(place);

    bool IsSpline(int place) => place >= 0 && (graph.IsComplex(place)
        ? graph.Is(place, StepWord.BSplineCurve)
        : graph.Word(place) is StepWord.BSplineCurveWithKnots or StepWord.BSplineCurve or StepWord.BezierCurve or StepWord.UniformCurve or StepWord.QuasiUniformCurve);

    void Polyline(List<int> points, List<Curve> pieces)
    {
        Vec3? before = null;
        foreach (var point in points)
        {
            var next = Point(point);
            if (before is { } start && next is { } end && pieces.Count < MaxPoints)
                pieces.Add(new SegmentCurve(start, end));
            before = next ?? before;
        }
    }

    /// <summary>Centre and half axes of CIRCLE(name, position, radius) or ELLIPSE(name, position, semi_axis_1, semi_axis_2).</summary>
    Frame? Arc(int place)
    {
        if (Placement(graph.Reference(place, 1)) is not { } frame || Number(place, 2) is not { } first)
            return null;
        var second = graph.Word(place) == StepWord.Ellipse ? Number(place, 3) ?? first : first;
        return new Frame(frame.X * first, frame.Y * second, frame.Z, frame.O);
    }

    static ArcCurve ArcBetween(Frame arc, Vec3 from, Vec3 to, bool isClosed)
    {
        var start = Angle(arc, from);
        if (isClosed)
            return new ArcCurve(arc.O, arc.X, arc.Y, start, start + Math.Tau);
        var end = Angle(arc, to);
        // Only the tiniest step back is noise, anything else goes around.
        if (end <= start - 1e-12)
            end += Math.Tau;
        return new ArcCurve(arc.O, arc.X, arc.Y, start, Math.Max(start, end));
    }

    static double Angle(Frame arc, Vec3 point)
    {
        var arm = point - arc.O;
        var (a, b) = (arc.X.Dot(arc.X), arc.Y.Dot(arc.Y));
        return Math.Atan2(b == 0 ? 0 : arm.Dot(arc.Y) / b, a == 0 ? 0 : arm.Dot(arc.X) / a);
    }

    // PARABOLA(name, position, focal_dist): F(x·t²+2y·t); HYPERBOLA(name, position, semi_axis, semi_imag_axis): a·x·cosh t + b·y·sinh t
    FormulaCurve? Conic(int place, Vec3 from, Vec3 to)
    {
        if (Placement(graph.Reference(place, 1)) is not { } frame || Number(place, 2) is not { } first || first <= 0)
            return null;
        var (start, end) = ((from - frame.O).Dot(frame.Y), (to - frame.O).Dot(frame.Y));
        if (graph.Word(place) == StepWord.Parabola)
            return new FormulaCurve(t => frame.O + (frame.X * (first * t * t)) + (frame.Y * (2 * first * t)), start / (2 * first), end / (2 * first));
        if (Number(place, 3) is not { } second || second <= 0)
            return null;
        return new FormulaCurve(t => frame.O + (frame.X * (first * Math.Cosh(t))) + (frame.Y * (second * Math.Sinh(t))), Math.Asinh(start / second), Math.Asinh(end / second));
    }

    // TRIMMED_CURVE(name, basis_curve, trim_1, trim_2, sense_agreement, master_representation)
    Curve? Trimmed(int place)
    {
        var basis = graph.Reference(place, 1);
        var (startPoint, startValue) = Trim(place, 2);
        var (endPoint, endValue) = Trim(place, 3);
        var isSame = IsTrue(place, 4);
        if (graph.Word(basis) == StepWord.Line)
        {
            var start = startPoint ?? OnLine(basis, startValue);
            var end = endPoint ?? OnLine(basis, endValue);
            return start is { } a && end is { } b ? new SegmentCurve(a, b) : null;
        }
        if (graph.Word(basis) is StepWord.Circle or StepWord.Ellipse && Arc(basis) is { } arc)
        {
            var start = startValue * units.ToRadians ?? (startPoint is { } a ? Angle(arc, a) : null);
            var end = endValue * units.ToRadians ?? (endPoint is { } b ? Angle(arc, b) : null);
            if (start is not { } from || end is not { } to)
                return null;
            (from, to) = isSame ? (from, to) : (to, from);
            var turn = (to - from) % Math.Tau;
            return new ArcCurve(arc.O, arc.X, arc.Y, from, from + (turn <= 1e-12 ? turn + Math.Tau : turn));
        }
        if (IsSpline(basis) && Spline(basis) is { } spline)
        {
            if (startValue is { } low && endValue is { } high)
                spline.Trim(Math.Min(low, high), Math.Max(low, high));
            else if (startPoint is { } a && endPoint is { } b)
                spline.Trim(isSame ? a : b, isSame ? b : a);
            return spline;
        }
        return startPoint is { } first && endPoint is { } last ? Edge(basis, first, last, isSame, false, 1) : null;
    }

    // A point, a parameter, or both in any order: (#12,PARAMETER_VALUE(0.5)).
    (Vec3? Point, double? Value) Trim(int place, int position)
    {
        Vec3? point = null;
        double? value = null;
        var arguments = graph.Arguments(place);
        if (arguments.Skip(position + 1))
        {
            var items = arguments.Items();
            while (items.Next())
            {
                if (items.Kind == ArgumentKind.Reference)
                    point = Point(graph.Target(items));
                else if (items.TryNumber(out var number))
                    value = number;
            }
        }
        return (point, value);
    }

    // LINE(name, pnt, dir); VECTOR(name, orientation, magnitude)
    Vec3? OnLine(int line, double? value)
    {
        var vector = graph.Reference(line, 2);
        return value is { } t && Point(graph.Reference(line, 1)) is { } origin && Direction(vector) is { } way && Number(vector, 2) is { } length
            ? origin + (way * (length * t))
            : null;
    }

    // B_SPLINE_CURVE_WITH_KNOTS(name, degree, points, form, closed, self_intersect, multiplicities, knots, knot_spec), or in parts
    // B_SPLINE_CURVE(degree, points, form, closed, self_intersect) B_SPLINE_CURVE_WITH_KNOTS(multiplicities, knots, spec) RATIONAL_B_SPLINE_CURVE(weights)
    SplineCurve? Spline(int place)
    {
        var shift = graph.IsComplex(place) ? 0 : 1;
        if (!graph.TryPart(place, graph.IsComplex(place) ? StepWord.BSplineCurve : graph.Word(place), out var part) || !part.Skip(shift + 1) || !part.TryNumber(out var degree) || !part.Next())
            return null;
        var points = Points(part);
        if (points.Length < 2 || Array.Exists(points, point => point is null) || degree is < 1 or > SplineBasis.MaxDegree)
            return null;
        double[]? knots;
        if (graph.TryPart(place, StepWord.BSplineCurveWithKnots, out var form))
            knots = form.Skip(graph.IsComplex(place) ? 1 : 7) ? Knots(ref form) : null;
        else
            knots = SplineBasis.Implied(graph.Kind(place, StepWord.UniformCurve, StepWord.BezierCurve) ?? StepWord.QuasiUniformCurve, (int)degree, points.Length);
        double[]? weights = null;
        if (graph.IsComplex(place) && graph.TryPart(place, StepWord.RationalBSplineCurve, out var rational) && rational.Next())
            weights = Numbers(rational);
        if (weights is not null && weights.Length != points.Length)
            return null;
        return knots is not null && SplineBasis.Of((int)degree, knots, points.Length) is { } basis ? new SplineCurve(basis, [.. points.Select(point => point!.Value)], weights) : null;
    }

    Vec3?[] Points(ArgumentReader list)
    {
        List<Vec3?> points = [];
        var items = list.Items();
        while (points.Count < MaxPoints && items.Next())
            points.Add(Point(graph.Target(items)));
        return [.. points];
    }

    /// <summary>At multiplicities, knots behind them: each knot as often as it counts.</summary>
    public static double[]? Knots(ref ArgumentReader arguments)
    {
        var counts = Numbers(arguments);
        return arguments.Next() ? Repeat(Numbers(arguments), counts) : null;
    }

    public static double[]? Repeat(double[] values, double[] counts)
    {
        if (values.Length != counts.Length)
            return null;
        List<double> knots = [];
        for (var i = 0; i < values.Length; i++)
        {
            if (counts[i] is < 1 or > SplineBasis.MaxDegree + 1 || knots.Count > MaxPoints)
                return null;
            for (var times = 0; times < counts[i]; times++)
                knots.Add(values[i]);
        }
        return [.. knots];
    }

    public static double[] Numbers(ArgumentReader list)
    {
        List<double> numbers = [];
        var items = list.Items();
        while (numbers.Count < MaxPoints && items.Next())
        {
            if (items.TryNumber(out var number))
                numbers.Add(number);
        }
        return [.. numbers];
    }

    Vec3? Triple(int place)
    {
        var arguments = graph.Arguments(place);
        if (!arguments.Skip(2))
            return null;
        var items = arguments.Items();
        Span<double> numbers = stackalloc double[3];
        var count = 0;
        while (count < 3 && items.Next() && items.TryNumber(out var number))
            numbers[count++] = number;
        // Two numbers are a point of a surface's parameters, which is elsewhere.
        return count == 3 ? new Vec3(numbers[0], numbers[1], numbers[2]) : null;
    }
}
