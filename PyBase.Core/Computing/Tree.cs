namespace PyBase.Core.Computing;

/// <summary>How the numbers of a tree become one.</summary>
public enum TreeAggregation
{
    /// <summary>Own number + Σ quantity × sum below.</summary>
    Sum,
    /// <summary>Σ quantity × (1 + count below): how many pieces there are below.</summary>
    Count,
    /// <summary>The smallest of the own number and those below.</summary>
    Min,
    /// <summary>The greatest of the own number and those below.</summary>
    Max,
}

/// <summary>A record of a tree.</summary>
/// <param name="Value">Its own number; null when the cell is empty.</param>
/// <param name="Quantity">How many of it are in each record above; null for one.</param>
/// <param name="Below">The records that it consists of.</param>
public sealed record TreeNode(double? Value, double? Quantity, IReadOnlyList<string> Below);

/// <summary>
/// Roll-ups over a tree whose branches may share records: bottom-up, each record once, never along each path (a bill of material with ten shared levels
/// has more paths than there are atoms). Sums go in the order of the ids, so that they are the same to the last bit whoever computes them.
/// </summary>
public static class Tree
{
    /// <summary>The roll-up of each record; <paramref name="known"/> gives those of records below that are not among <paramref name="nodes"/>.</summary>
    /// <returns>The values, or the ids of records that contain each other, the first again at the end.</returns>
    public static (IReadOnlyDictionary<string, double?> Values, IReadOnlyList<string>? Ring) Roll(
        IReadOnlyDictionary<string, TreeNode> nodes, TreeAggregation aggregation, IReadOnlyDictionary<string, (double? Value, double? Quantity)> known)
    {
        var values = new Dictionary<string, double?>(nodes.Count);
        var (path, onPath) = (new Stack<(string Id, int Next)>(), new HashSet<string>());
        foreach (var start in nodes.Keys)
        {
            if (values.ContainsKey(start))
                continue;
            path.Push((start, 0));
            onPath.Add(start);
            while (path.TryPop(out var at))
            {
                var (id, next) = at;
                var below = nodes[id].Below;
                if (next == below.Count)
                {
                    values[id] = Value(nodes[id], below.Order(StringComparer.Ordinal).Select(b =>
                        nodes.TryGetValue(b, out var child) ? (values[b], child.Quantity) : known.GetValueOrDefault(b)), aggregation);
                    onPath.Remove(id);
                    continue;
                }
                path.Push((id, next + 1));
                if (!nodes.ContainsKey(below[next]) || values.ContainsKey(below[next]))
                    continue;
                if (!onPath.Add(below[next]))
                    return (values, [.. path.Reverse().Select(p => p.Id).SkipWhile(p => p != below[next]), below[next]]);
                path.Push((below[next], 0));
            }
        }
        return (values, null);
    }

    static double? Value(TreeNode node, IEnumerable<(double? Value, double? Quantity)> below, TreeAggregation aggregation) => aggregation switch
    {
        TreeAggregation.Sum => (node.Value ?? 0) + below.Sum(b => (b.Quantity ?? 1) * (b.Value ?? 0)),
        TreeAggregation.Count => below.Sum(b => (b.Quantity ?? 1) * (1 + (b.Value ?? 0))),
        TreeAggregation.Min => below.Select(b => b.Value).Append(node.Value).Min(),
        _ => below.Select(b => b.Value).Append(node.Value).Max(),
    };
}
