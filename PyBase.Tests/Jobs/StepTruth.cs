using System.Text.Json.Nodes;

namespace PyBase.Tests.Jobs;

/// <summary>Compares rows with <c>assembly_roots</c> of a truth file.</summary>
static class StepTruth
{
    public static void Check(JsonNode truth, IReadOnlyList<JsonNode> parts, IReadOnlyList<JsonNode> lines)
    {
        var decoded = Decoded(truth);
        var (nodes, edges) = (new SortedSet<(string, string)>(), new List<(string, string, double)>());
        var leaves = new Dictionary<string, double>();
        foreach (var root in truth["assembly_roots"]!.AsArray())
            Walk(root!, 1);

        Assert.Equal(nodes, parts.Select(p => (Text(p, "Part number"), Text(p, "Name"))).ToHashSet().Order());
        var numbers = parts.ToDictionary(p => (string)p["id"]!, p => Text(p, "Part number"));
        Assert.Equal(edges.Order(), lines.Select(l => (numbers[Link(l, "Parent")], numbers[Link(l, "Part")], Number(l, "Quantity"))).Order());

        var parents = lines.Select(l => Link(l, "Parent")).ToHashSet();
        var totals = lines.Where(l => !parents.Contains(Link(l, "Part"))).GroupBy(l => numbers[Link(l, "Part")]).ToDictionary(g => g.Key, g => g.Sum(l => Number(l, "Total quantity")));
        Assert.Equal(leaves.OrderBy(l => l.Key, StringComparer.Ordinal), totals.OrderBy(l => l.Key, StringComparer.Ordinal));
        Assert.Equal(lines.Count, lines.Select(l => Text(l, "Path")).Distinct().Count());

        void Walk(JsonNode node, double total)
        {
            var id = Id(node);
            nodes.Add((id, Read(node, "product_name")));
            var children = node["children"]?.AsArray() ?? [];
            foreach (var child in children)
            {
                edges.Add((id, Id(child!), child!["qty"]!.GetValue<double>()));
                Walk(child, total * child["qty"]!.GetValue<double>());
            }
            if (children.Count == 0 && node["qty"] is not null)
                leaves[id] = leaves.GetValueOrDefault(id) + total;
        }

        string Id(JsonNode node) => Read(node, "product_id") is { Length: > 0 } id ? id : Read(node, "product_name");

        string Read(JsonNode node, string property) => decoded.TryGetValue((string?)node[property] ?? "", out var text) ? text : ((string?)node[property] ?? "").Trim();
    }

    /// <summary>The truth shows raw 8-bit strings as Latin-1, and says beside it what a careful reader makes of the bytes.</summary>
    static Dictionary<string, string> Decoded(JsonNode truth) => (truth["raw_8bit_strings"]?.AsArray() ?? []).ToDictionary(
        s => System.Text.Encoding.Latin1.GetString(Convert.FromHexString((string)s!["hex"]!)).Trim('\''), s => (string)s!["heuristic_best"]!);

    static string Text(JsonNode record, string field) => (string?)record["fields"]![field] ?? "";

    static string Link(JsonNode record, string field) => (string)record["fields"]![field]![0]!;

    static double Number(JsonNode record, string field) => record["fields"]![field]!.GetValue<double>();
}
