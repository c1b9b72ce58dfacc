namespace PyBase.Extraction.Step;

/// <summary>
/// What parts are made of: a property called 'material property', MATERIAL_DESIGNATION(name, definitions), or
/// MAKE_FROM_USAGE_OPTION(…, part, raw material) whose related product is the material.
/// </summary>
sealed class MaterialReader
{
    readonly StepModel model;
    readonly ILookup<int, StepProperty> stated;
    readonly Dictionary<int, string> designations = [];
    readonly Dictionary<int, int> sources = [];

    public MaterialReader(StepModel model, ILookup<int, StepProperty> stated)
    {
        this.model = model;
        this.stated = stated;
        for (var file = 0; file < model.Files.Count; file++)
        {
            var graph = model.Files[file].Graph;
            foreach (var designation in graph.Of(StepWord.MaterialDesignation))
            {
                foreach (var definition in graph.Targets(designation, 1))
                {
                    var target = graph.Kind(definition, StepWord.ProductDefinitionShape, StepWord.PropertyDefinition) is null ? definition : graph.Reference(definition, 2, StepWord.PropertyDefinition, 2);
                    if (model.NodeOf.TryGetValue(new StepModel.Origin(file, target), out var node))
                        designations.TryAdd(node, graph.Text(designation, 0));
                }
            }
            foreach (var option in graph.Of(StepWord.MakeFromUsageOption))
            {
                if (model.NodeOf.TryGetValue(new StepModel.Origin(file, graph.Reference(option, 3, StepWord.ProductDefinitionRelationship, 3)), out var made)
                    && model.NodeOf.TryGetValue(new StepModel.Origin(file, graph.Reference(option, 4, StepWord.ProductDefinitionRelationship, 4)), out var raw) && raw != made)
                    sources.TryAdd(made, raw);
            }
        }
    }

    public (string? Material, double? Density, string? Unit) Of(List<int> nodes)
    {
        string? material = null;
        StepProperty? density = null;
        foreach (var node in nodes)
        {
            var isMade = sources.TryGetValue(node, out var raw);
            var about = (isMade ? stated[node].Concat(stated[raw]) : stated[node]).Where(each => each.OwnerKind == "product" && each.Group.Contains("material", StringComparison.OrdinalIgnoreCase)).ToList();
            density ??= about.Find(each => each.Number is not null && (each.Name.Contains("density", StringComparison.OrdinalIgnoreCase) || each.Description.Contains("density", StringComparison.OrdinalIgnoreCase)));
            material ??= designations.GetValueOrDefault(node) ?? about.Find(each => each.Number is null && (each.Text.Length > 0 || IsName(each.Name))) switch
            {
                // DESCRIPTIVE_REPRESENTATION_ITEM('steel','a common material'), or ('material','steel').
                { } word when IsName(word.Name) => word.Name,
                { } word => word.Text,
                _ => null,
            };
            if (material is null && isMade)
                material = model.Structure.Nodes[raw] is var product && product.Name.Length > 0 ? product.Name : product.Number;
        }
        return (string.IsNullOrWhiteSpace(material) ? null : material, density?.Number, density?.Unit?.Symbol);
    }

    static bool IsName(string name) => name.Length > 0 && !name.Contains("material", StringComparison.OrdinalIgnoreCase);
}
