using PyBase.Extraction.Part21;

namespace PyBase.Extraction.Step;

/// <summary>
/// What of a representation's items decides how far they reach: vertices, curved edges, and faces of surfaces that bulge. A line's
/// ends, a plane's and a cylinder's edges are enough, so these cost nothing more.
/// </summary>
sealed class ShapeReader(StepGraph graph, StepUnits.Context units)
{
    readonly CurveReader curves = new(graph, units);
    readonly Shape shape = new();
    readonly HashSet<int> seen = [];

    public CurveReader Curves => curves;

    public Shape Build() => shape.Seal();

    public void Place(Shape other, Frame at) => shape.Placed.Add((other, at));

    /// <summary>Takes solids and surfaces; false for anything else.</summary>
    public bool TakeBody(int item)
    {
        switch (graph.Word(item))
        {
            case StepWord.ManifoldSolidBrep or StepWord.FacetedBrep:
                // MANIFOLD_SOLID_BREP(name, outer)
                shape.SolidCount++;
                Shell(graph.Reference(item, 1));
                return true;
            case StepWord.BrepWithVoids:
                // BREP_WITH_VOIDS(name, outer, voids)
                shape.SolidCount++;
                Shell(graph.Reference(item, 1));
                foreach (var inner in graph.Targets(item, 2))
                    Shell(inner);
                return true;
            case StepWord.ShellBasedSurfaceModel or StepWord.FaceBasedSurfaceModel:
                foreach (var shell in graph.Targets(item, 1))
                    Shell(shell);
                return true;
            case StepWord.ClosedShell or StepWord.OpenShell or StepWord.OrientedClosedShell or StepWord.OrientedOpenShell or StepWord.ConnectedFaceSet or StepWord.ConnectedFaceSubSet:
                Shell(item);
                return true;
            case StepWord.AdvancedFace or StepWord.FaceSurface:
                Face(item);
                return true;
            case StepWord.TessellatedSolid or StepWord.TessellatedShell:
                // TESSELLATED_SOLID(name, items, geometric_link)
                shape.SolidCount += graph.Word(item) == StepWord.TessellatedSolid ? 1 : 0;
                foreach (var face in graph.Targets(item, 1))
                    Tessellated(face);
                return true;
        }
        if (!graph.IsComplex(item))
            return false;
        if (graph.TryPart(item, StepWord.ManifoldSolidBrep, out var solid) && solid.Next())
        {
            shape.SolidCount++;
            Shell(graph.Target(solid));
            return true;
        }
        return false;
    }

    /// <summary>Takes curves and points.</summary>
    public void TakeWire(int item)
    {
        switch (graph.Word(item))
        {
            case StepWord.GeometricCurveSet or StepWord.GeometricSet:
                foreach (var element in graph.Targets(item, 1))
                    Wire(element);
                return;
            case StepWord.EdgeBasedWireframeModel or StepWord.ShellBasedWireframeModel:
                foreach (var set in graph.Targets(item, 1))
                    EdgeSet(set);
                return;
            default:
                Wire(item);
                return;
        }
    }

    void Wire(int item)
    {
        if (!seen.Add(item))
            return;
        if (graph.Word(item) == StepWord.CartesianPoint && curves.Point(item) is { } point)
            shape.Points.Add(point);
        else
            curves.Pieces(item, shape.Curves);
    }

    void EdgeSet(int set)
    {
        // CONNECTED_EDGE_SET(name, edges); WIRE_SHELL(name, loops)
        foreach (var edge in graph.Targets(set, 1))
        {
            if (graph.Word(edge) == StepWord.EdgeLoop)
                Loop(edge, false, null);
            else
                Edge(edge, seen.Add(edge));
        }
    }

    void Shell(int shell)
    {
        // ORIENTED_CLOSED_SHELL(name, *, shell, orientation)
        if (graph.Word(shell) is StepWord.OrientedClosedShell or StepWord.OrientedOpenShell)
            shell = graph.Reference(shell, 2);
        if (shell < 0 || !seen.Add(shell))
            return;
        foreach (var face in graph.Targets(shell, 1))
            Face(face);
    }

    void Face(int face)
    {
        // ORIENTED_FACE(name, *, face, orientation); ADVANCED_FACE(name, bounds, surface, same_sense)
        if (graph.Word(face) == StepWord.OrientedFace)
            face = graph.Reference(face, 2);
        if (face < 0 || !seen.Add(face))
            return;
        shape.FaceCount++;
        var surface = graph.Reference(face, 2);
        var mayBulge = MayBulge(surface);
        var edges = mayBulge ? new Dictionary<int, (Curve Curve, bool IsReversed, int Times)>() : null;
        foreach (var bound in graph.Targets(face, 1))
        {
            // FACE_BOUND(name, loop, orientation)
            if (graph.Reference(bound, 1) is >= 0 and var loop)
                Loop(loop, !curves.IsTrue(bound, 2), edges);
        }
        if (edges is not null && Surface(surface, 0) is { } bulging)
        {
            // An edge that occurs twice is a seam: the face goes on behind it.
            shape.Faces.Add(new CurvedFace(bulging, !curves.IsTrue(face, 3), [.. edges.Values.Where(each => each.Times == 1).Select(each => (each.Curve, each.IsReversed))]));
        }
    }

    void Loop(int loop, bool isReversed, Dictionary<int, (Curve Curve, bool IsReversed, int Times)>? edges)
    {
        switch (graph.Word(loop))
        {
            case StepWord.VertexLoop:
                AddPoint(graph.Reference(loop, 1));
                return;
            case StepWord.PolyLoop:
                foreach (var point in graph.Targets(loop, 1))
                    AddPoint(point);
                return;
            case StepWord.EdgeLoop:
                break;
            default:
                return;
        }
        foreach (var oriented in graph.Targets(loop, 1))
        {
            // ORIENTED_EDGE(name, *, *, edge, orientation)
            var edge = graph.Reference(oriented, 3);
            if (edge < 0)
                continue;
            var isNew = seen.Add(edge);
            if (!isNew && edges is null)
                continue;
            var curve = Edge(edge, isNew);
            if (edges is null || curve is null)
                continue;
            // The edge against its curve, used against itself, in a bound against its loop.
            var isBackward = curves.IsTrue(edge, 4) ^ curves.IsTrue(oriented, 4) ^ isReversed;
            edges[edge] = edges.TryGetValue(edge, out var known) ? known with { Times = known.Times + 1 } : (curve, isBackward, 1);
        }
    }

    Curve? Edge(int edge, bool isNew)
    {
        // EDGE_CURVE(name, start, end, geometry, same_sense)
        if (graph.Word(edge) == StepWord.OrientedEdge)
            edge = graph.Reference(edge, 3);
        var (startPlace, endPlace) = (graph.Reference(edge, 1), graph.Reference(edge, 2));
        if (curves.Point(startPlace) is not { } start || curves.Point(endPlace) is not { } end)
            return null;
        if (isNew)
        {
            AddPoint(startPlace);
            AddPoint(endPlace);
        }
        var curve = graph.Word(edge) == StepWord.EdgeCurve
            ? curves.Edge(graph.Reference(edge, 3), start, end, curves.IsTrue(edge, 4), startPlace == endPlace || start == end)
            : new SegmentCurve(start, end);
        if (isNew && curve is not (null or SegmentCurve))
            shape.Curves.Add(curve);
        return curve;
    }

    void AddPoint(int place)
    {
        if (place >= 0 && seen.Add(place) && curves.Point(place) is { } point)
            shape.Points.Add(point);
    }

    bool MayBulge(int surface) => graph.Word(surface) is not (StepWord.Plane or StepWord.CylindricalSurface or StepWord.SurfaceOfLinearExtrusion);

    Surface? Surface(int place, int depth)
    {
        switch (graph.Word(place))
        {
            case StepWord.SphericalSurface:
                // SPHERICAL_SURFACE(name, position, radius)
                return curves.Placement(graph.Reference(place, 1)) is { } ball && curves.Number(place, 2) is { } radius ? new SphereSurface(ball.O, radius) : null;
            case StepWord.ToroidalSurface or StepWord.DegenerateToroidalSurface:
                // TOROIDAL_SURFACE(name, position, major_radius, minor_radius)
                return curves.Placement(graph.Reference(place, 1)) is { } ring && curves.Number(place, 2) is { } major && curves.Number(place, 3) is { } minor
                    ? new TorusSurface(ring.O, ring.Z, major, minor)
                    : null;
            case StepWord.ConicalSurface:
                // CONICAL_SURFACE(name, position, radius, semi_angle)
                if (curves.Placement(graph.Reference(place, 1)) is not { } cone || curves.Number(place, 2) is not { } start || curves.Number(place, 3, false) is not { } angle)
                    return null;
                var slope = Math.Tan(angle * units.ToRadians);
                return Math.Abs(slope) is > 1e-12 and < 1e12 ? new ConeSurface(cone.O - (cone.Z * (start / slope)), cone.Z, slope) : null;
            case StepWord.SurfaceOfRevolution:
                // SURFACE_OF_REVOLUTION(name, swept_curve, axis_position)
                return curves.Axis(graph.Reference(place, 2)) is { } axis && curves.Profile(graph.Reference(place, 1), 0) is { } profile and not SegmentCurve
                    ? new RevolvedSurface(profile, axis.Origin, axis.Axis)
                    : null;
            case StepWord.RectangularTrimmedSurface or StepWord.CurveBoundedSurface:
                return depth < 4 ? Surface(graph.Reference(place, 1), depth + 1) : null;
        }
        return Spline(place);
    }

    // B_SPLINE_SURFACE_WITH_KNOTS(name, u_degree, v_degree, points, form, u_closed, v_closed, self_intersect, u_mult, v_mult, u_knots, v_knots, knot_spec),
    // or in parts like the curve.
    SplineSurface? Spline(int place)
    {
        if (place < 0)
            return null;
        var isComplex = graph.IsComplex(place);
        var isSpline = graph.Word(place) is StepWord.BSplineSurface or StepWord.BSplineSurfaceWithKnots or StepWord.BezierSurface or StepWord.UniformSurface or StepWord.QuasiUniformSurface;
        if (!isComplex && !isSpline)
            return null;
        if (!graph.TryPart(place, isComplex ? StepWord.BSplineSurface : graph.Word(place), out var part) || !part.Skip(isComplex ? 1 : 2)
            || !part.TryNumber(out var degreeU) || !part.Next() || !part.TryNumber(out var degreeV) || !part.Next())
            return null;
        if (Net(part, out var columns) is not { } points || columns == 0 || degreeU is < 1 or > SplineBasis.MaxDegree || degreeV is < 1 or > SplineBasis.MaxDegree)
            return null;
        var rows = points.Length / columns;
        double[]? knotsU = null, knotsV = null;
        if (graph.TryPart(place, StepWord.BSplineSurfaceWithKnots, out var form))
        {
            if (!form.Skip(isComplex ? 1 : 9))
                return null;
            var countsU = CurveReader.Numbers(form);
            form.Next();
            var countsV = CurveReader.Numbers(form);
            form.Next();
            knotsU = CurveReader.Repeat(CurveReader.Numbers(form), countsU);
            form.Next();
            knotsV = CurveReader.Repeat(CurveReader.Numbers(form), countsV);
        }
        else
        {
            var kind = graph.Kind(place, StepWord.UniformSurface, StepWord.BezierSurface) ?? StepWord.QuasiUniformSurface;
            (knotsU, knotsV) = (SplineBasis.Implied(kind, (int)degreeU, rows), SplineBasis.Implied(kind, (int)degreeV, columns));
        }
        double[]? weights = null;
        if (isComplex && graph.TryPart(place, StepWord.RationalBSplineSurface, out var rational) && rational.Next())
        {
            List<double> all = [];
            var lines = rational.Items();
            while (all.Count < points.Length && lines.Next())
                all.AddRange(CurveReader.Numbers(lines));
            weights = [.. all];
            if (weights.Length != points.Length)
                return null;
        }
        return knotsU is not null && knotsV is not null && SplineBasis.Of((int)degreeU, knotsU, rows) is { } u && SplineBasis.Of((int)degreeV, knotsV, columns) is { } v
            ? new SplineSurface(u, v, points, weights)
            : null;
    }

    Vec3[]? Net(ArgumentReader net, out int columns)
    {
        columns = 0;
        List<Vec3> points = [];
        var lines = net.Items();
        while (lines.Next())
        {
            var before = points.Count;
            var items = lines.Items();
            while (items.Next())
            {
                if (curves.Point(graph.Target(items)) is not { } point)
                    return null;
                points.Add(point);
            }
            if (columns != 0 && points.Count - before != columns)
                return null;
            columns = points.Count - before;
        }
        return [.. points];
    }

    // COMPLEX_TRIANGULATED_FACE(name, coordinates, pnmax, normals, geometric_link, pnindex, triangle_strips, triangle_fans)
    void Tessellated(int face)
    {
        if (graph.Word(face) is not (StepWord.ComplexTriangulatedFace or StepWord.TriangulatedFace) || !seen.Add(face))
            return;
        shape.FaceCount++;
        var list = graph.Reference(face, 1);
        var coordinates = Coordinates(list);
        var arguments = graph.Arguments(face);
        var picked = arguments.Skip(6) ? CurveReader.Numbers(arguments) : [];
        if (picked.Length == 0)
        {
            if (seen.Add(list))
                shape.Points.AddRange(coordinates);
            return;
        }
        foreach (var index in picked)
        {
            if (index >= 1 && index <= coordinates.Length)
                shape.Points.Add(coordinates[(int)index - 1]);
        }
    }

    readonly Dictionary<int, Vec3[]> lists = [];

    // COORDINATES_LIST(name, npoints, position_coords)
    Vec3[] Coordinates(int list)
    {
        if (lists.TryGetValue(list, out var known))
            return known;
        List<Vec3> points = [];
        var arguments = graph.Arguments(list);
        if (graph.Word(list) == StepWord.CoordinatesList && arguments.Skip(3))
        {
            var rows = arguments.Items();
            while (rows.Next())
            {
                if (CurveReader.Numbers(rows) is [var x, var y, var z])
                    points.Add(new Vec3(x, y, z) * units.ToMillimetres);
            }
        }
        return lists[list] = [.. points];
    }
}
