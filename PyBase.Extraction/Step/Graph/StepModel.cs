namespace PyBase.Extraction.Step;

/// <summary>
/// The products of one or several files as one assembly: a product whose document is the file beside is the product that the file
/// defines.
/// </summary>
sealed class StepModel
{
    /// <summary>Where a definition is written.</summary>
    public readonly record struct Origin(int File, int Place);

    /// <summary>One occurrence of a child in its parent.</summary>
    public readonly record struct Use(int Child, Origin Usage, Frame At);

    readonly List<ExternalLink> links;
    readonly FindingList findings;
    readonly List<(int File, long Id)> names = [];
    readonly Dictionary<(int File, long Id), long> merged = [];

    public StepModel(IReadOnlyList<StepFile> files, FindingList findings, StepOptions options, CancellationToken cancellation)
    {
        Files = files;
        this.findings = findings;
        links = ExternalLink.Of(files);
        Instances = files.Count == 1 ? files[0].Instances : Merge(options);
        Structure = new ProductStructure(Instances, findings, cancellation);
        ExternalFiles = [.. Structure.ExternalFiles(IsHere).Select(each => (each, IsHere(each.Name)))];
        Tree = AssemblyTree.Build(Structure, findings, options, cancellation);
        NodeOf = [];
        Origins = [.. Structure.Nodes.Select(_ => new List<Origin>())];
        for (var file = 0; file < files.Count; file++)
        {
            foreach (var definition in files[file].Instances.Definitions)
            {
                if (!Instances.DefinitionPlaces.TryGetValue(files.Count == 1 ? definition.Id : merged[(file, definition.Id)], out var node))
                    continue;
                var origin = new Origin(file, files[file].Graph.Find(definition.Id));
                Origins[node].Add(origin);
                NodeOf.TryAdd(origin, node);
            }
        }
    }

    public IReadOnlyList<StepFile> Files { get; }
    public ProductInstances Instances { get; }
    public ProductStructure Structure { get; }
    public AssemblyTree Tree { get; }
    public List<(ExternalFile File, bool IsFound)> ExternalFiles { get; }

    /// <summary>Of each node, its definitions: its own, and that of the file it stands for.</summary>
    public List<Origin>[] Origins { get; }

    public Dictionary<Origin, int> NodeOf { get; }

    /// <summary>Where an instance of the merged structure is written; the place is -1 for what no file writes.</summary>
    public Origin OriginOf(long id)
    {
        if (Files.Count == 1)
            return new Origin(0, Files[0].Graph.Find(id));
        var (file, own) = names[(int)id - 1];
        return new Origin(file, own <= 0 ? -1 : Files[file].Graph.Find(own));
    }

    bool IsHere(string name) => Files.Count > 1 && Files.Any(file => ExternalLink.IsName(name, file.Name));

    ProductInstances Merge(StepOptions options)
    {
        var all = new ProductInstances(findings, options) { Name = id => Files[names[(int)id - 1].File].Locator(names[(int)id - 1].Id) };
        // A stub and the root of its file are one: both get the name of the first.
        foreach (var link in links)
        {
            var stub = NameOf(link.File, link.Definition);
            var roots = Roots(link.Target);
            var main = roots.FirstOrDefault(root => ProductNumber(link.Target, root) == ProductNumber(link.File, link.Definition), roots.FirstOrDefault());
            if (main > 0)
                merged.TryAdd((link.Target, main), stub);
        }
        for (var file = 0; file < Files.Count; file++)
            Add(all, file);
        foreach (var link in links)
        {
            var stub = NameOf(link.File, link.Definition);
            foreach (var root in Roots(link.Target).Select(root => NameOf(link.Target, root)).Where(root => root != stub))
                all.Usages.Add(new ProductInstances.Usage(NewName(link.Target, 0), stub, root, ProductInstances.Once));
        }
        return all;
    }

    void Add(ProductInstances all, int file)
    {
        var own = Files[file].Instances;
        foreach (var (id, product) in own.Products)
            all.Products.TryAdd(NameOf(file, id), product with { Id = NameOf(file, id) });
        foreach (var (id, formation) in own.Formations)
            all.Formations.TryAdd(NameOf(file, id), new ProductInstances.Formation(NameOf(file, formation.Product), formation.Version));
        foreach (var definition in own.Definitions)
        {
            var id = NameOf(file, definition.Id);
            // The root of a file that stands elsewhere: the stub says what it is called.
            if (links.Any(link => link.Target == file && NameOf(link.File, link.Definition) == id))
                continue;
            if (all.DefinitionPlaces.TryAdd(id, all.Definitions.Count))
                all.Definitions.Add(new ProductInstances.Definition(id, NameOf(file, definition.Formation)));
        }
        foreach (var usage in own.Usages)
        {
            var quantity = usage.Quantity <= 0 ? usage.Quantity : NameOf(file, usage.Quantity);
            if (usage.Quantity > 0 && own.Measures.TryGetValue(usage.Quantity, out var value))
                all.Measures.TryAdd(quantity, value);
            all.Usages.Add(new ProductInstances.Usage(NameOf(file, usage.Id), NameOf(file, usage.Parent), NameOf(file, usage.Child), quantity));
        }
        foreach (var (id, name) in own.Documents)
            all.Documents.Add((NameOf(file, id), name));
        foreach (var (id, name) in own.Identifications)
            all.Identifications.TryAdd(NameOf(file, id), name);
        // Nor has its product a place of its own.
        foreach (var link in links.Where(link => link.Target == file))
        {
            foreach (var root in Roots(file).Where(root => NameOf(file, root) == NameOf(link.File, link.Definition)))
            {
                if (own.Definitions[own.DefinitionPlaces[root]] is var definition && own.Formations.TryGetValue(definition.Formation, out var formation))
                    all.Products.Remove(NameOf(file, formation.Product));
            }
        }
    }

    List<long> Roots(int file)
    {
        var own = Files[file].Instances;
        var children = own.Usages.Select(usage => usage.Child).ToHashSet();
        return [.. own.Definitions.Select(definition => definition.Id).Where(id => !children.Contains(id))];
    }

    string ProductNumber(int file, long definition)
    {
        var own = Files[file].Instances;
        return own.DefinitionPlaces.TryGetValue(definition, out var place) && own.Formations.TryGetValue(own.Definitions[place].Formation, out var formation)
            ? own.Products.GetValueOrDefault(formation.Product)?.Number ?? ""
            : "";
    }

    long NameOf(int file, long id) => merged.TryGetValue((file, id), out var known) ? known : NewName(file, id);

    long NewName(int file, long id)
    {
        names.Add((file, id));
        if (id > 0)
            merged[(file, id)] = names.Count;
        return names.Count;
    }
}
