namespace PyBase.Extraction.Step;

/// <summary>
/// The shapes of one file's definitions and where each use of one stands:
/// <code>
/// PRODUCT_DEFINITION_SHAPE(name, description, #definition or #usage)
/// SHAPE_DEFINITION_REPRESENTATION(#product_definition_shape, #representation)
/// SHAPE_REPRESENTATION_RELATIONSHIP(name, description, #representation, #representation)   the same in other words
/// CONTEXT_DEPENDENT_SHAPE_REPRESENTATION(#relationship with transformation, #product_definition_shape of the usage)
/// ITEM_DEFINED_TRANSFORMATION(name, description, #placement, #placement)
/// </code>
/// </summary>
sealed class FileShapes
{
    const int MaxDepth = 16;

    readonly StepFile file;
    readonly StepGraph graph;
    readonly Dictionary<int, List<int>> ownReps = [];
    readonly Dictionary<int, int> owners = [];
    readonly Dictionary<int, List<int>> related = [];
    readonly Dictionary<int, List<int>> closures = [];
    readonly Dictionary<int, int> contextual = [];
    readonly Dictionary<int, (Shape Body, Shape Wires)> shapes = [];
    readonly Dictionary<(int Parent, int Child), Queue<Frame>> mapped = [];
    readonly HashSet<(int Parent, int Child)> usages = [];

    public FileShapes(StepFile file)
    {
        this.file = file;
        graph = file.Graph;
        foreach (var link in graph.Of(StepWord.ShapeDefinitionRepresentation))
        {
            // Only shapes of definitions; those of usages and features come by other ways.
            var subject = DefinitionOf(graph.Reference(link, 0, StepWord.PropertyDefinitionRepresentation, 0));
            var rep = graph.Reference(link, 1, StepWord.PropertyDefinitionRepresentation, 1);
            if (rep < 0 || graph.Kind(subject, StepWord.ProductDefinition, StepWord.ProductDefinitionWithAssociatedDocuments) is null)
                continue;
            Add(ownReps, subject, rep);
            owners.TryAdd(rep, subject);
        }
        Relate();
        foreach (var contextually in graph.Of(StepWord.ContextDependentShapeRepresentation))
        {
            var usage = DefinitionOf(graph.Reference(contextually, 1));
            if (usage >= 0 && graph.Reference(contextually, 0) is >= 0 and var relation)
                contextual.TryAdd(usage, relation);
        }
        foreach (var usage in file.Instances.Usages)
            usages.Add((graph.Find(usage.Parent), graph.Find(usage.Child)));
        foreach (var parent in usages.Select(usage => usage.Parent).Distinct())
            FindMapped(parent);
    }

    /// <summary>The representations that show a definition.</summary>
    public IReadOnlyList<int> Representations(int definition)
    {
        if (closures.TryGetValue(definition, out var known))
            return known;
        List<int> all = [];
        HashSet<int> seen = [];
        foreach (var own in ownReps.GetValueOrDefault(definition, []))
        {
            if (seen.Add(own))
                all.Add(own);
        }
        for (var i = 0; i < all.Count; i++)
        {
            foreach (var next in related.GetValueOrDefault(all[i], []))
            {
                if ((!owners.TryGetValue(next, out var owner) || owner == definition) && seen.Add(next))
                    all.Add(next);
            }
        }
        return closures[definition] = all;
    }

    /// <summary>A definition's own solids and surfaces, and beside them its curves and points; children not counted.</summary>
    public (Shape Body, Shape Wires) Of(int definition)
    {
        Shape body = new(), wires = new();
        foreach (var rep in Representations(definition))
        {
            var shape = OfRepresentation(rep, definition, 0);
            // Supplemental geometry (ISO 10303-242: reference planes and axes) is no part of the product's shape.
            (graph.Is(rep, StepWord.ConstructiveGeometryRepresentation) ? wires : body).Placed.Add((shape.Body, Frame.Identity));
            wires.Placed.Add((shape.Wires, Frame.Identity));
        }
        return (body.Seal(), wires.Seal());
    }

    /// <summary>Where a usage places the child; null when the file does not say.</summary>
    public Frame? FrameOf(int usage, int parent, int child)
    {
        if (contextual.TryGetValue(usage, out var relation) && Transformation(relation, child) is { } frame)
            return frame;
        return mapped.TryGetValue((parent, child), out var frames) && frames.TryDequeue(out var next) ? next : null;
    }

    /// <summary>What a property definition belongs to: PRODUCT_DEFINITION_SHAPE(name, description, definition).</summary>
    int DefinitionOf(int property) => graph.Reference(property, 2, StepWord.PropertyDefinition, 2);

    void Relate()
    {
        foreach (var relation in graph.Of(StepWord.RepresentationRelationship, StepWord.ShapeRepresentationRelationship, StepWord.ConstructiveGeometryRepresentationRelationship))
        {
            var (first, second) = Ends(relation);
            if (first < 0 || second < 0 || graph.Is(relation, StepWord.RepresentationRelationshipWithTransformation))
                continue;
            Add(related, first, second);
            Add(related, second, first);
        }
    }

    (int First, int Second) Ends(int relation) =>
        (graph.Reference(relation, 2, StepWord.RepresentationRelationship, 2), graph.Reference(relation, 3, StepWord.RepresentationRelationship, 3));

    List<int> Items(int rep) => graph.Targets(rep, 1, StepWord.Representation, 1);

    Frame? Transformation(int relation, int child)
    {
        var (first, second) = Ends(relation);
        if (!graph.TryPart(relation, StepWord.RepresentationRelationshipWithTransformation, out var part) || !part.Skip(graph.IsComplex(relation) ? 1 : 5))
            return null;
        var transformation = graph.Target(part);
        // Which end is the child differs between programs.
        var own = Representations(child);
        var isSecond = own.Contains(second) && !own.Contains(first);
        var (inner, outer) = isSecond ? (second, first) : (first, second);
        var innerCurves = new CurveReader(graph, file.Units.Of(inner));
        var outerCurves = new CurveReader(graph, file.Units.Of(outer));
        if (graph.Is(transformation, StepWord.CartesianTransformationOperator3d))
            return outerCurves.Operator(transformation);
        if (graph.Word(transformation) != StepWord.ItemDefinedTransformation)
            return null;
        var (from, to) = (graph.Reference(transformation, 2), graph.Reference(transformation, 3));
        // The first placement is of the first representation, unless it is listed in the other only.
        if (isSecond)
            (from, to) = (to, from);
        if (!Items(inner).Contains(from) && Items(inner).Contains(to) && Items(outer).Contains(from))
            (from, to) = (to, from);
        return innerCurves.Placement(from) is { } source && outerCurves.Placement(to) is { } target ? target.After(source.Inverse()) : null;
    }

    // MAPPED_ITEM(name, mapping_source, mapping_target); REPRESENTATION_MAP(mapping_origin, mapped_representation)
    Frame? Mapping(int item, int rep, out int inner)
    {
        var map = graph.Reference(item, 1);
        inner = graph.Reference(map, 1);
        var target = graph.Reference(item, 2);
        var outerCurves = new CurveReader(graph, file.Units.Of(rep));
        var innerCurves = new CurveReader(graph, file.Units.Of(inner));
        if (inner < 0)
            return null;
        var to = outerCurves.Operator(target) ?? outerCurves.Placement(target);
        return to is { } frame ? frame.After((innerCurves.Placement(graph.Reference(map, 0)) ?? Frame.Identity).Inverse()) : null;
    }

    // Assemblies may be written as mapped items in the order of the usages.
    void FindMapped(int parent)
    {
        foreach (var rep in Representations(parent))
        {
            foreach (var item in Items(rep))
            {
                if (graph.Word(item) == StepWord.MappedItem && Mapping(item, rep, out var inner) is { } frame && ChildShown(parent, inner) is { } child)
                {
                    if (!mapped.TryGetValue((parent, child), out var frames))
                        mapped.Add((parent, child), frames = new Queue<Frame>());
                    frames.Enqueue(frame);
                }
            }
        }
    }

    int? ChildShown(int parent, int rep)
    {
        if (owners.TryGetValue(rep, out var owner))
            return usages.Contains((parent, owner)) ? owner : null;
        foreach (var next in related.GetValueOrDefault(rep, []))
        {
            if (owners.TryGetValue(next, out owner) && usages.Contains((parent, owner)))
                return owner;
        }
        return null;
    }

    (Shape Body, Shape Wires) OfRepresentation(int rep, int definition, int depth)
    {
        if (shapes.TryGetValue(rep, out var known))
            return known;
        // Until it is known, so that a circle ends here.
        shapes[rep] = (new Shape(), new Shape());
        var units = file.Units.Of(rep);
        ShapeReader body = new(graph, units), wires = new(graph, units);
        foreach (var item in Items(rep))
        {
            if (graph.Word(item) == StepWord.MappedItem)
            {
                if (depth < MaxDepth && Mapping(item, rep, out var inner) is { } frame && ChildShown(definition, inner) is null)
                {
                    var shape = OfRepresentation(inner, definition, depth + 1);
                    body.Place(shape.Body, frame);
                    wires.Place(shape.Wires, frame);
                }
            }
            else if (!body.TakeBody(item) && graph.Word(item) != StepWord.CartesianPoint)
            {
                wires.TakeWire(item);
            }
        }
        return shapes[rep] = (body.Build(), wires.Build());
    }

    static void Add(Dictionary<int, List<int>> lists, int key, int value)
    {
        if (!lists.TryGetValue(key, out var list))
            lists.Add(key, list = []);
        list.Add(value);
    }
}
