using PyBase.Extraction.Part21;

namespace PyBase.Extraction.Step;

/// <summary>References followed: one node per product definition, one edge per pair of parent and child.</summary>
sealed class ProductStructure
{
    /// <summary>A product definition.</summary>
    /// <param name="Product">The product's instance, or the definition's own when it leads to none.</param>
    /// <param name="Locator">Where <paramref name="Product"/> stands.</param>
    public readonly record struct Node(long Product, string Number, string Name, string Description, string Version, string Locator);

    /// <summary>All usages of one child in one parent.</summary>
    public readonly record struct Edge(int Child, decimal? Quantity, long FirstUsage);

    readonly ProductInstances instances;
    readonly FindingList findings;

    readonly CancellationToken cancellation;

    public ProductStructure(ProductInstances instances, FindingList findings, CancellationToken cancellation)
    {
        this.instances = instances;
        this.findings = findings;
        this.cancellation = cancellation;
        Nodes = [.. instances.Definitions.Select(ToNode)];
        Edges = new List<Edge>?[Nodes.Length];
        HasParent = new bool[Nodes.Length];
        Connect();
        TellLeftOut();
    }

    /// <summary>In the order of the definitions in the file.</summary>
    public Node[] Nodes { get; }

    /// <summary>The children of each node in the order of their first usage; null for none.</summary>
    public List<Edge>?[] Edges { get; }

    public bool[] HasParent { get; }

    Node ToNode(ProductInstances.Definition definition, int place)
    {
        if ((place & 0xFFF) == 0)
            cancellation.ThrowIfCancellationRequested();
        var product = instances.Formations.TryGetValue(definition.Formation, out var formation)
            ? instances.Products.GetValueOrDefault(formation.Product)
            : null;
        if (product is null)
        {
            Dangles("A product definition leads to no product.", definition.Id);
            return new Node(definition.Id, "", "", "", formation.Version ?? "", Locator(definition.Id));
        }
        return new Node(product.Id, product.Number.Length > 0 ? product.Number : product.Name, product.Name, product.Description, formation.Version, Locator(product.Id));
    }

    void Connect()
    {
        var places = new Dictionary<(int Parent, int Child), int>();
        var seen = 0;
        foreach (var usage in instances.Usages)
        {
            if ((++seen & 0xFFF) == 0)
                cancellation.ThrowIfCancellationRequested();
            if (!instances.DefinitionPlaces.TryGetValue(usage.Parent, out var parent)
                || !instances.DefinitionPlaces.TryGetValue(usage.Child, out var child))
            {
                Dangles("A usage names a product definition that is not there; it was left out.", usage.Id);
                continue;
            }
            var quantity = Quantity(usage);
            var edges = Edges[parent] ??= [];
            HasParent[child] = true;
            if (places.TryAdd((parent, child), edges.Count))
            {
                edges.Add(new Edge(child, quantity, usage.Id));
                continue;
            }
            var place = places[(parent, child)];
            edges[place] = edges[place] with { Quantity = edges[place].Quantity + quantity };
        }
    }

    decimal? Quantity(ProductInstances.Usage usage)
    {
        if (usage.Quantity == ProductInstances.Once)
            return 1;
        if (instances.Measures.TryGetValue(usage.Quantity, out var value) && value is >= 0 and <= AssemblyTree.MaxQuantity)
            // The cast of a double keeps 15 digits only, too few for large counts and right for 2.5.
            return double.IsInteger(value) ? (long)value : (decimal)value;
        findings.Warn(FindingCode.QuantityUnread, "The quantity of a usage cannot be read; it and the totals below stay empty.", Locator(usage.Id));
        return null;
    }

    void TellLeftOut()
    {
        var placed = Nodes.Select(node => node.Product).ToHashSet(InstanceIdComparer.Instance);
        // Sorted, since a dictionary promises no order.
        foreach (var id in instances.Products.Keys.Where(id => !placed.Contains(id)).Order())
            findings.Tell(FindingCode.ProductWithoutDefinition, "A product without a definition has no place in the tree and is left out.", Locator(id));
    }

    /// <summary>The files referred to, each name once; told as findings too, unless they are read with this one.</summary>
    public IReadOnlyList<ExternalFile> ExternalFiles(Func<string, bool>? isHere = null)
    {
        List<ExternalFile> files = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (var (id, ownName) in instances.Documents)
        {
            var name = instances.Identifications.GetValueOrDefault(id, ownName);
            if (name.Length == 0 || !seen.Add(name))
                continue;
            files.Add(new ExternalFile(name, Locator(id)));
            if (isHere?.Invoke(name) != true)
                findings.Warn(FindingCode.ExternalFileMissing, $"The file refers to '{name}', whose content is not part of it.", Locator(id));
        }
        return files;
    }

    /// <summary>How the file writes an instance name.</summary>
    public string Locator(long id) => instances.Name(id);

    void Dangles(string message, long id) => findings.Warn(FindingCode.DanglingReference, message, Locator(id));
}
