namespace PyBase.Extraction.Step;

/// <summary>
/// How far each part and the whole reach. A part is measured once for each way it is turned; being moved costs nothing.
/// </summary>
sealed class AssemblyShapes
{
    /// <summary>What bounds a box: solids and surfaces only, or curves and points too.</summary>
    public enum Extent { Body, All }

    readonly record struct Turned(int Node, Extent Extent, Vec3 X, Vec3 Y, Vec3 Z);

    readonly StepModel model;
    readonly FindingList findings;
    readonly CancellationToken cancellation;
    readonly FileShapes[] files;
    readonly List<StepModel.Use>?[] uses;
    readonly (Shape Body, Shape Wires)[] own;
    readonly Dictionary<Turned, Box> boxes = [];
    readonly int maxDepth;
    double budget;

    public AssemblyShapes(StepModel model, FindingList findings, StepOptions options, CancellationToken cancellation)
    {
        this.model = model;
        this.findings = findings;
        this.cancellation = cancellation;
        budget = options.MaxGeometrySteps;
        maxDepth = options.MaxDepth;
        files = [.. model.Files.Select(file => new FileShapes(file))];
        own = [.. model.Origins.Select(Own)];
        uses = new List<StepModel.Use>?[own.Length];
        Place();
    }

    /// <summary>The occurrences in a node, in the order of the file; what closes a cycle is not among them.</summary>
    public IReadOnlyList<StepModel.Use> Uses(int node) => uses[node] ?? (IReadOnlyList<StepModel.Use>)[];

    public (Shape Body, Shape Wires) OwnShape(int node) => own[node];

    /// <summary>The representations that show a node's own shape.</summary>
    public IEnumerable<StepModel.Origin> Representations(int node) =>
        model.Origins[node].SelectMany(origin => files[origin.File].Representations(origin.Place).Select(rep => origin with { Place = rep }));

    public Box BoxOf(int node, Extent extent) => BoxOf(node, Frame.Identity, extent, 0);

    /// <summary>Everything that the file shows, in place.</summary>
    public Box Total(Extent extent)
    {
        var box = Box.Empty;
        foreach (var root in model.Tree.RootNodes)
            box = box.Union(BoxOf(root, extent));
        return box;
    }

    (Shape Body, Shape Wires) Own(List<StepModel.Origin> origins)
    {
        cancellation.ThrowIfCancellationRequested();
        if (origins.Count == 1)
            return files[origins[0].File].Of(origins[0].Place);
        Shape body = new(), wires = new();
        foreach (var origin in origins)
        {
            var shape = files[origin.File].Of(origin.Place);
            body.Placed.Add((shape.Body, Frame.Identity));
            wires.Placed.Add((shape.Wires, Frame.Identity));
        }
        return (body.Seal(), wires.Seal());
    }

    void Place()
    {
        var allowed = new HashSet<(int, int)>();
        for (var parent = 0; parent < model.Structure.Edges.Length; parent++)
        {
            foreach (var edge in model.Structure.Edges[parent] ?? [])
                allowed.Add((parent, edge.Child));
        }
        foreach (var usage in model.Instances.Usages)
        {
            if (!model.Instances.DefinitionPlaces.TryGetValue(usage.Parent, out var parent) || !model.Instances.DefinitionPlaces.TryGetValue(usage.Child, out var child)
                || !allowed.Contains((parent, child)))
                continue;
            var origin = model.OriginOf(usage.Id);
            var frame = origin.Place < 0 ? Frame.Identity : FrameOf(origin, parent, child);
            (uses[parent] ??= []).Add(new StepModel.Use(child, origin, frame));
        }
    }

    Frame FrameOf(StepModel.Origin usage, int parent, int child)
    {
        var parentPlace = InFile(parent, usage.File);
        var childPlace = InFile(child, usage.File);
        var frame = files[usage.File].FrameOf(usage.Place, parentPlace, childPlace);
        if (frame is { IsFinite: true } found)
            return found;
        if (!own[child].Body.IsEmpty && files[usage.File].Representations(parentPlace).Count > 0)
            findings.Warn(StepFindingCode.PlacementUnread, "The file does not say where a usage places its part; the part stands at its own origin.", model.Files[usage.File].Locator(usage.Place));
        return Frame.Identity;
    }

    int InFile(int node, int file) => model.Origins[node].FirstOrDefault(origin => origin.File == file, new StepModel.Origin(file, -1)).Place;

    Box BoxOf(int node, Frame turn, Extent extent, int depth)
    {
        var key = new Turned(node, extent, Rounded(turn.X), Rounded(turn.Y), Rounded(turn.Z));
        if (boxes.TryGetValue(key, out var known))
            return known;
        cancellation.ThrowIfCancellationRequested();
        var (body, wires) = own[node];
        var box = Measured(body, turn);
        if (extent == Extent.All || (body.IsEmpty && uses[node] is null))
            box = box.Union(Measured(wires, turn));
        if (depth < maxDepth)
        {
            foreach (var use in Uses(node))
            {
                var placed = turn.After(use.At);
                box = box.Union(BoxOf(use.Child, placed with { O = default }, extent, depth + 1).Move(placed.O));
            }
        }
        return boxes[key] = box;
    }

    // Once the effort is spent, what was measured straight is turned as a box.
    Box Measured(Shape shape, Frame turn)
    {
        if (shape.IsEmpty)
            return Box.Empty;
        budget -= shape.Effort;
        if (budget >= 0)
            return shape.Extents(turn);
        findings.Warn(StepFindingCode.GeometryTooLarge, "The shapes are more than the limit allows to measure; boxes are missing.");
        return Box.Empty;
    }

    static Vec3 Rounded(Vec3 axis) => new(Math.Round(axis.X, 9) + 0.0, Math.Round(axis.Y, 9) + 0.0, Math.Round(axis.Z, 9) + 0.0);
}
