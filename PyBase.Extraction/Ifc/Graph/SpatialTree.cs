using PyBase.Extraction.Step;

namespace PyBase.Extraction.Ifc;

/// <summary>The spatial structure in order, depth first, each place once: what closes a circle is left out there and told.</summary>
sealed class SpatialTree
{
    /// <summary>Longest part of a path.</summary>
    const int MaxName = 200;

    public readonly record struct Node(ModelObject Subject, int Parent, int Level, string Name);

    readonly ModelObjects objects;
    readonly Relations relations;
    readonly ObjectReader reader;
    readonly FindingList findings;
    readonly int maxDepth;
    readonly HashSet<int> seen = [];
    readonly List<Node> nodes = [];

    public SpatialTree(ModelObjects objects, Relations relations, ObjectReader reader, FindingList findings, IfcOptions options)
    {
        this.objects = objects;
        this.relations = relations;
        this.reader = reader;
        this.findings = findings;
        maxDepth = options.MaxDepth;
        List<ModelObject> all = [.. objects.Of(IfcKind.Context, IfcKind.Spatial)];
        Walk([.. all.Where(each => WholeOf(each) is null)]);
        foreach (var left in all.Where(each => !seen.Contains(each.Place)))
        {
            if (seen.Contains(left.Place))
                continue;
            findings.Warn(IfcFindingCode.RelationCycle, "A spatial element is part of itself; it is shown as a root.", left.Locator);
            Walk([left]);
        }
    }

    public IReadOnlyList<Node> Nodes => nodes;

    ModelObject? WholeOf(ModelObject part) =>
        relations.Wholes.First(part.Place) is >= 0 and var whole && objects.At(whole) is { Class.Kind: IfcKind.Context or IfcKind.Spatial } found ? found : null;

    void Walk(List<ModelObject> roots)
    {
        // From the end, since a stack gives back what came last.
        var open = new Stack<Node>();
        Push(roots, -1, 0, open);
        while (open.TryPop(out var node))
        {
            nodes.Add(node);
            List<ModelObject> parts = [];
            foreach (var part in relations.Parts[node.Subject.Place])
            {
                if (!seen.Contains(part) && objects.At(part) is { Class.Kind: IfcKind.Spatial } place)
                    parts.Add(place);
            }
            if (parts.Count > 0 && node.Level >= maxDepth)
                findings.Warn(IfcFindingCode.RelationTooDeep, $"The spatial structure is deeper than {maxDepth} levels; what lies below is shown at the top.", node.Subject.Locator);
            else
                Push(parts, nodes.Count - 1, node.Level + 1, open);
        }
    }

    void Push(List<ModelObject> places, int parent, int level, Stack<Node> open)
    {
        places.RemoveAll(place => !seen.Add(place.Place));
        if (places.Count == 0)
            return;
        var names = SiblingNames.Assign([.. places.Select(Wish)]);
        for (var i = places.Count - 1; i >= 0; i--)
            open.Push(new Node(places[i], parent, level, names[i]));
    }

    string Wish(ModelObject place)
    {
        var name = reader.Name(place) is { Length: > 0 } own ? own : reader.LongName(place) is { Length: > 0 } longer ? longer : place.Class.Name;
        return name.Length > MaxName ? name[..MaxName] : name;
    }
}
