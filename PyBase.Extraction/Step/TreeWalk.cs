using System.Text;

namespace PyBase.Extraction.Step;

/// <summary>
/// One walk over the places below the roots, depth first, within the limits. Places left out because their path is too long
/// count as steps too, so the work is bounded by <see cref="StepOptions.MaxLines"/> whatever the tree.
/// </summary>
sealed class TreeWalk(AssemblyTree tree)
{
    readonly record struct Place(int Node, int NextEdge, string Name, int PathLength, decimal? Total);

    readonly StepOptions options = tree.Options;
    readonly List<Place> open = [];
    int nextRoot, steps;

    public bool HasCutLines { get; private set; }
    public bool HasCutDepth { get; private set; }
    public bool HasCutPath { get; private set; }

    public int Level { get; private set; }
    public int Parent { get; private set; }
    public ProductStructure.Edge Edge { get; private set; }
    public decimal? Total { get; private set; }

    /// <summary>Whether <see cref="Total"/> is empty here, and was not above, because it grew too large.</summary>
    public bool IsTotalTooLarge { get; private set; }

    public bool Next()
    {
        while (open.Count > 0 || OpenRoot())
        {
            var place = open[^1];
            var edges = tree.Structure.Edges[place.Node];
            var hasNext = edges is not null && place.NextEdge < edges.Count;
            if (!hasNext || open.Count > options.MaxDepth)
            {
                HasCutDepth |= hasNext;
                open.RemoveAt(open.Count - 1);
                continue;
            }
            if (steps++ >= options.MaxLines)
            {
                HasCutLines = true;
                open.Clear();
                nextRoot = tree.RootNodes.Count;
                return false;
            }
            open[^1] = place with { NextEdge = place.NextEdge + 1 };
            if (Enter(place, edges![place.NextEdge]))
                return true;
        }
        return false;
    }

    /// <summary>Appends the path of the current place.</summary>
    public void WritePath(StringBuilder path)
    {
        foreach (var place in open)
            path.Append(path.Length == 0 ? "" : "/").Append(place.Name);
    }

    bool Enter(Place parent, ProductStructure.Edge edge)
    {
        var name = tree.ChildNames[parent.Node][parent.NextEdge];
        var length = parent.PathLength + 1 + name.Length;
        if (length > options.MaxPathLength)
        {
            HasCutPath = true;
            return false;
        }
        Level = open.Count;
        Parent = parent.Node;
        Edge = edge;
        IsTotalTooLarge = (double?)parent.Total * (double?)edge.Quantity > AssemblyTree.MaxQuantity;
        Total = IsTotalTooLarge ? null : parent.Total * edge.Quantity;
        open.Add(new Place(edge.Child, 0, name, length, Total));
        return true;
    }

    bool OpenRoot()
    {
        if (nextRoot >= tree.RootNodes.Count)
            return false;
        var name = tree.RootNames[nextRoot];
        open.Add(new Place(tree.RootNodes[nextRoot++], 0, name, name.Length, 1));
        return true;
    }
}
