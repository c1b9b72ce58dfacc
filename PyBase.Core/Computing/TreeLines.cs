namespace PyBase.Core.Computing;

/// <summary>One place in a tree.</summary>
/// <param name="Record">The record.</param>
/// <param name="Level">1 directly below the root.</param>
/// <param name="Quantity">How many of it are in the record above (below, in a where-used).</param>
/// <param name="Total">How many of it are in the root; in a where-used how many of the root are in it.</param>
public sealed record TreeLine(string Record, int Level, double Quantity, double Total);

/// <summary>The places of a tree from a record down (BOM explode) or up (where-used), depth first in the order of the links.</summary>
public static class TreeLines
{
    /// <summary>Most lines that are answered.</summary>
    public const int MaxLines = 50_000;

    /// <summary>The lines, and whether there are more; a record inside itself ends its branch, as the lines would not.</summary>
    public static (IReadOnlyList<TreeLine> Lines, bool IsCut) Of(IReadOnlyDictionary<string, TreeNode> nodes, string root, bool isUp)
    {
        var lines = new List<TreeLine>();
        var path = new Stack<(string Id, int Next, double Total)>();
        var onPath = new HashSet<string> { root };
        path.Push((root, 0, 1));
        while (path.TryPop(out var at))
        {
            var (id, next, total) = at;
            if (!nodes.TryGetValue(id, out var node) || next == node.Below.Count)
            {
                onPath.Remove(id);
                continue;
            }
            path.Push((id, next + 1, total));
            var below = node.Below[next];
            // The quantity belongs to the record that is contained: the one below, or on the way up the one that the line comes from.
            var quantity = (isUp ? node : nodes.GetValueOrDefault(below))?.Quantity ?? 1;
            if (lines.Count == MaxLines)
                return (lines, true);
            lines.Add(new TreeLine(below, path.Count, quantity, total * quantity));
            if (onPath.Add(below))
                path.Push((below, 0, total * quantity));
        }
        return (lines, false);
    }

    /// <summary>
    /// The total of each record over all its places, each record once: from the root on, in an order in which every record comes after those it is in.
    /// Null when records contain each other.
    /// </summary>
    public static IReadOnlyDictionary<string, double>? Totals(IReadOnlyDictionary<string, TreeNode> nodes, string root, bool isUp)
    {
        var waiting = new Dictionary<string, int>(nodes.Count);
        foreach (var node in nodes.Values)
            foreach (var below in node.Below)
                if (nodes.ContainsKey(below))
                    waiting[below] = waiting.GetValueOrDefault(below) + 1;
        var (totals, ready) = (new Dictionary<string, double> { [root] = 1 }, new Stack<string>());
        ready.Push(root);
        if (waiting.ContainsKey(root))
            return null;
        var done = 0;
        while (ready.TryPop(out var id))
        {
            done++;
            foreach (var below in nodes[id].Below.Where(nodes.ContainsKey))
            {
                totals[below] = totals.GetValueOrDefault(below) + totals[id] * ((isUp ? nodes[id] : nodes[below]).Quantity ?? 1);
                if (--waiting[below] == 0)
                    ready.Push(below);
            }
        }
        return done == nodes.Count ? totals : null;
    }
}
