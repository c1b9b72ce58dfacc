using System.Text;
using PyBase.Extraction.Part21;

namespace PyBase.Extraction.Step;

/// <summary>The finished tree: roots, cycles cut, siblings named, places counted. Immutable, so it can be walked any number of times.</summary>
sealed class AssemblyTree
{
    /// <summary>2^53: beyond it a double, the number type of tables, is not exact.</summary>
    public const double MaxQuantity = 9_007_199_254_740_992;

    readonly StepPart[] partOf;

    AssemblyTree(ProductStructure structure, AcyclicOrder order, StepOptions options)
    {
        Structure = structure;
        Options = options;
        RootNodes = order.Roots;
        partOf = new StepPart[structure.Nodes.Length];
        Parts = NumberParts(order.FirstVisits);
        RootNames = SiblingNames.Assign([.. RootNodes.Select(Wish)]);
        ChildNames = [.. structure.Edges.Select(edges => edges is null ? [] : SiblingNames.Assign([.. edges.Select(edge => Wish(edge.Child))]))];
    }

    public ProductStructure Structure { get; }
    public StepOptions Options { get; }
    public IReadOnlyList<int> RootNodes { get; }
    public string[] RootNames { get; }
    public string[][] ChildNames { get; }
    public IReadOnlyList<StepPart> Parts { get; }
    public StepPart PartOf(int node) => partOf[node];
    public int LineCount { get; private set; }
    public IEnumerable<StepPart> Roots => RootNodes.Select(node => partOf[node]);

    public static AssemblyTree Build(ProductStructure structure, FindingList findings, StepOptions options, CancellationToken cancellation)
    {
        var order = new AcyclicOrder(structure, findings, cancellation);
        cancellation.ThrowIfCancellationRequested();
        var tree = new AssemblyTree(structure, order, options);
        foreach (var part in tree.Parts.Where(part => part.PartNumber.Length == 0))
            findings.Tell(FindingCode.PartNumberMissing, "A product has neither id nor name.", part.Locator);
        tree.Count(findings, cancellation);
        return tree;
    }

    public IEnumerable<AssemblyLine> Lines(int skip)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(skip);
        var walk = new TreeWalk(this);
        var path = new StringBuilder();
        while (walk.Next())
        {
            if (skip-- > 0)
                continue;
            skip = 0;
            walk.WritePath(path.Clear());
            var edge = walk.Edge;
            yield return new AssemblyLine(
                path.ToString(), walk.Level, partOf[walk.Parent], partOf[edge.Child], edge.Quantity, walk.Total,
                Structure.Locator(edge.FirstUsage));
        }
    }

    void Count(FindingList findings, CancellationToken cancellation)
    {
        var walk = new TreeWalk(this);
        while (walk.Next())
        {
            if ((++LineCount & 0xFFF) == 0)
                cancellation.ThrowIfCancellationRequested();
            if (walk.IsTotalTooLarge)
                findings.Warn(FindingCode.QuantityTooLarge, "A total quantity is beyond 2^53; it and the totals below stay empty.", Structure.Locator(walk.Edge.FirstUsage));
        }
        if (walk.HasCutLines)
            findings.Warn(FindingCode.AssemblyCut, $"The assembly has more than {Options.MaxLines:N0} places; the rest was left out.");
        if (walk.HasCutDepth)
            findings.Warn(FindingCode.AssemblyCut, $"The assembly is deeper than {Options.MaxDepth:N0} levels; what lies below was left out.");
        if (walk.HasCutPath)
            findings.Warn(FindingCode.AssemblyCut, $"A path is longer than {Options.MaxPathLength:N0} characters; what lies there was left out.");
    }

    // One part per PRODUCT, though a product may have several definitions (views, versions).
    List<StepPart> NumberParts(IReadOnlyList<int> visits)
    {
        List<StepPart> parts = [];
        var byProduct = new Dictionary<long, StepPart>(InstanceIdComparer.Instance);
        foreach (var place in visits)
        {
            var node = Structure.Nodes[place];
            if (!byProduct.TryGetValue(node.Product, out var part))
            {
                part = new StepPart(parts.Count, node.Number, node.Name, node.Description, node.Version, node.Locator);
                byProduct.Add(node.Product, part);
                parts.Add(part);
            }
            partOf[place] = part;
        }
        return parts;
    }

    string Wish(int node) => Structure.Nodes[node] is { Number.Length: > 0 } named ? named.Number : Structure.Nodes[node].Locator;
}
