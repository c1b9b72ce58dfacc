namespace PyBase.Extraction.Step;

/// <summary>A definition in one file that another file describes.</summary>
readonly record struct ExternalLink(int File, long Definition, int Target)
{
    /// <summary>Whether a reference means a file: names are compared without folders and case.</summary>
    public static bool IsName(string reference, string file) => file.Length > 0 && string.Equals(Bare(reference), Bare(file), StringComparison.OrdinalIgnoreCase);

    public static List<ExternalLink> Of(IReadOnlyList<StepFile> files)
    {
        List<ExternalLink> links = [];
        HashSet<(int, long)> linked = [];
        for (var file = 0; files.Count > 1 && file < files.Count; file++)
        {
            foreach (var (document, ownName) in files[file].Instances.Documents)
            {
                var name = files[file].Instances.Identifications.GetValueOrDefault(document, ownName);
                var target = Index(files, name);
                if (target < 0 || target == file)
                    continue;
                foreach (var definition in Definitions(files[file], document, name))
                {
                    if (linked.Add((file, definition)))
                        links.Add(new ExternalLink(file, definition, target));
                }
            }
        }
        return links;
    }

    static int Index(IReadOnlyList<StepFile> files, string name)
    {
        for (var i = 0; i < files.Count; i++)
        {
            if (IsName(name, files[i].Name))
                return i;
        }
        return -1;
    }

    static List<long> Definitions(StepFile file, long document, string name)
    {
        var graph = file.Graph;
        List<long> found = [];
        // APPLIED_DOCUMENT_REFERENCE(assigned_document, source, items)
        foreach (var reference in graph.Of(StepWord.AppliedDocumentReference))
        {
            if (graph.Reference(reference, 0) is >= 0 and var assigned && graph.Id(assigned) == document)
                found.AddRange(graph.Targets(reference, 2).SelectMany(item => DefinitionsOf(file, graph.Id(item))));
        }
        // PRODUCT_DEFINITION_WITH_ASSOCIATED_DOCUMENTS(id, description, formation, context, documents)
        foreach (var definition in graph.Of(StepWord.ProductDefinitionWithAssociatedDocuments))
        {
            if (graph.Targets(definition, 4, StepWord.ProductDefinitionWithAssociatedDocuments, 0).Any(each => graph.Id(each) == document))
                found.Add(graph.Id(definition));
        }
        if (found.Count > 0)
            return found;
        // No link: a product that nothing describes here and that is called like the file.
        var stem = Path.GetFileNameWithoutExtension(Bare(name));
        var parents = file.Instances.Usages.Select(usage => usage.Parent).ToHashSet();
        return [.. file.Instances.Definitions.Where(each => !parents.Contains(each.Id) && IsCalled(file, each, stem)).Select(each => each.Id).Take(1)];
    }

    static IEnumerable<long> DefinitionsOf(StepFile file, long id) => file.Instances.Definitions
        .Where(each => each.Id == id || each.Formation == id || (file.Instances.Formations.TryGetValue(each.Formation, out var formation) && formation.Product == id))
        .Select(each => each.Id);

    static bool IsCalled(StepFile file, ProductInstances.Definition definition, string stem) =>
        file.Instances.Formations.TryGetValue(definition.Formation, out var formation) && file.Instances.Products.TryGetValue(formation.Product, out var product)
        && (string.Equals(product.Number, stem, StringComparison.OrdinalIgnoreCase) || string.Equals(product.Name, stem, StringComparison.OrdinalIgnoreCase));

    static string Bare(string name) => name[(name.LastIndexOfAny(['/', '\\']) + 1)..].Trim();
}
