namespace PyBase.Extraction.Step;

/// <summary>
/// Visits every definition once, depth first from the roots in file order, and takes out the usages that close a cycle. What
/// only a cycle holds has no root of its own: its first definition in the file becomes one, so that nothing gets lost.
/// </summary>
sealed class AcyclicOrder
{
    enum State : byte { New, Open, Done }

    /// <summary>In <see cref="ProductStructure.Edge.Child"/>: to be removed.</summary>
    const int Cut = -1;

    /// <summary>Names shown of a cycle's path.</summary>
    const int NamesShown = 10;

    readonly ProductStructure structure;
    readonly FindingList findings;
    readonly CancellationToken cancellation;
    readonly State[] states;
    readonly List<int> roots = [];
    readonly List<int> visits = [];
    readonly HashSet<int> cut = [];

    public AcyclicOrder(ProductStructure structure, FindingList findings, CancellationToken cancellation)
    {
        this.structure = structure;
        this.findings = findings;
        this.cancellation = cancellation;
        states = new State[structure.Nodes.Length];
        for (var node = 0; node < states.Length; node++)
        {
            if (!structure.HasParent[node])
                Visit(node);
        }
        for (var node = 0; node < states.Length; node++)
        {
            if (states[node] == State.New)
                Visit(node);
        }
        foreach (var node in cut)
            structure.Edges[node]!.RemoveAll(edge => edge.Child == Cut);
    }

    public IReadOnlyList<int> Roots => roots;

    /// <summary>Every node, in the order of its first place in the tree.</summary>
    public IReadOnlyList<int> FirstVisits => visits;

    void Visit(int root)
    {
        roots.Add(root);
        // An own stack: a file may nest assemblies deeper than a thread's stack.
        var open = new List<(int Node, int NextEdge)>();
        Open(root, open);
        while (open.Count > 0)
        {
            var (node, place) = open[^1];
            var edges = structure.Edges[node];
            if (edges is null || place >= edges.Count)
            {
                states[node] = State.Done;
                open.RemoveAt(open.Count - 1);
                continue;
            }
            var child = edges[place].Child;
            if (states[child] == State.Open)
            {
                TellCycle(open, child, edges[place].FirstUsage);
                edges[place] = edges[place] with { Child = Cut };
                cut.Add(node);
            }
            open[^1] = (node, place + 1);
            if (states[child] == State.New)
                Open(child, open);
        }
    }

    void Open(int node, List<(int Node, int NextEdge)> open)
    {
        if ((visits.Count & 0xFFF) == 0)
            cancellation.ThrowIfCancellationRequested();
        states[node] = State.Open;
        visits.Add(node);
        open.Add((node, 0));
    }

    void TellCycle(List<(int Node, int NextEdge)> open, int child, long usage)
    {
        // Finding the start may mean going through all that is open, so only as far as names are shown.
        List<string> names = [Name(child)];
        for (var i = open.Count - 1; i >= 0 && open[i].Node != child; i--)
        {
            if (names.Count == NamesShown)
            {
                names.Add("…");
                break;
            }
            names.Add(Name(open[i].Node));
        }
        names.Add(Name(child));
        names.Reverse();
        findings.Warn(FindingCode.AssemblyCycle, $"An assembly contains itself: {string.Join('/', names)}. The usage that closes the cycle was left out.", structure.Locator(usage));
    }

    string Name(int node)
    {
        var number = structure.Nodes[node].Number;
        return number.Length == 0 ? structure.Nodes[node].Locator : number.Length > 100 ? number[..100] : number;
    }
}
