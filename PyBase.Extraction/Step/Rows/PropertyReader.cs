using System.Globalization;
using PyBase.Extraction.Part21;

namespace PyBase.Extraction.Step;

/// <summary>
/// Properties: PROPERTY_DEFINITION(name, description, owner) has values through PROPERTY_DEFINITION_REPRESENTATION(property,
/// representation), whose items they are. User attributes, validation properties and materials all come this way.
/// </summary>
sealed class PropertyReader(StepModel model, int file)
{
    const int MaxDepth = 6;

    readonly StepFile source = model.Files[file];
    readonly StepGraph graph = model.Files[file].Graph;

    public IEnumerable<StepProperty> All()
    {
        var general = new Dictionary<int, int>();
        foreach (var link in graph.Of(StepWord.GeneralPropertyAssociation))
        {
            // GENERAL_PROPERTY_ASSOCIATION(name, description, base_definition, derived_definition)
            if (graph.Reference(link, 3) is >= 0 and var derived)
                general.TryAdd(derived, graph.Reference(link, 2));
        }
        foreach (var link in graph.Of(StepWord.PropertyDefinitionRepresentation, StepWord.MaterialPropertyRepresentation))
        {
            if (graph.Is(link, StepWord.ShapeDefinitionRepresentation))
                continue;
            var property = graph.Reference(link, 0, StepWord.PropertyDefinitionRepresentation, 0);
            var rep = graph.Reference(link, 1, StepWord.PropertyDefinitionRepresentation, 1);
            if (property < 0 || rep < 0)
                continue;
            var group = graph.Text(property, 0, StepWord.PropertyDefinition, 0);
            if (group.Length == 0 && general.TryGetValue(property, out var named))
                group = graph.Text(named, 1);
            var owner = OwnerOf(graph.Reference(property, 2, StepWord.PropertyDefinition, 2), 0);
            var repName = graph.Text(rep, 0, StepWord.Representation, 0);
            var template = new StepProperty(owner.Node, owner.Kind, owner.Name, group, graph.Text(property, 1, StepWord.PropertyDefinition, 1), repName, "", null, null, source, property);
            foreach (var item in graph.Targets(rep, 1, StepWord.Representation, 1))
            {
                foreach (var value in Values(item, template, rep, 0))
                    yield return value;
            }
        }
    }

    /// <summary>Who an instance is or belongs to.</summary>
    public (int Node, string Kind, string Name) OwnerOf(int place) => OwnerOf(place, 0);

    (int Node, string Kind, string Name) OwnerOf(int place, int depth)
    {
        if (place < 0 || depth > MaxDepth)
            return (-1, "", "");
        if (model.NodeOf.TryGetValue(new StepModel.Origin(file, place), out var node))
            return (node, "product", model.Structure.Nodes[node].Number);
        if (graph.Kind(place, StepWord.ProductDefinitionShape, StepWord.PropertyDefinition) is not null)
            return OwnerOf(graph.Reference(place, 2, StepWord.PropertyDefinition, 2), depth + 1);
        if (graph.Kind(place, StepWord.NextAssemblyUsageOccurrence, StepWord.ProductDefinitionRelationship) is not null)
        {
            // id, name, description, relating, related
            var id = graph.Text(place, 0, StepWord.ProductDefinitionRelationship, 0);
            var child = OwnerOf(graph.Reference(place, 4, StepWord.ProductDefinitionRelationship, 4), depth + 1);
            return (child.Node, "instance", id.Length > 0 ? id : graph.Text(place, 1, StepWord.ProductDefinitionRelationship, 1));
        }
        if (graph.Kind(place, StepWord.Datum) is not null)
            return (OwnerOf(Shape(place), depth + 1).Node, "datum", graph.Text(place, 4, StepWord.Datum, 0));
        if (graph.Kind(place, StepWord.ShapeAspect, StepWord.CompositeShapeAspect, StepWord.CompositeGroupShapeAspect, StepWord.AllAroundShapeAspect, StepWord.BetweenShapeAspect,
            StepWord.ContinuousShapeAspect, StepWord.CentreOfSymmetry, StepWord.DerivedShapeAspect, StepWord.DatumFeature, StepWord.DatumSystem, StepWord.DatumTarget, StepWord.PlacedDatumTargetFeature, StepWord.ToleranceZone) is not null)
            return (OwnerOf(Shape(place), depth + 1).Node, "feature", graph.Text(place, 0, StepWord.ShapeAspect, 0));
        if (graph.Kind(place, StepWord.DimensionalSize, StepWord.AngularSize) is not null)
            return (OwnerOf(graph.Reference(place, 0, StepWord.DimensionalSize, 0), depth + 1).Node, "dimension", graph.Text(place, 1, StepWord.DimensionalSize, 1));
        if (graph.Kind(place, StepWord.DimensionalLocation, StepWord.AngularLocation, StepWord.DirectedDimensionalLocation) is not null)
            return (OwnerOf(graph.Reference(place, 2, StepWord.ShapeAspectRelationship, 2), depth + 1).Node, "dimension", graph.Text(place, 0, StepWord.ShapeAspectRelationship, 0));
        if (PmiReader.Characteristic(graph, place) is not null)
            return (OwnerOf(graph.Reference(place, 3, StepWord.GeometricTolerance, 3), depth + 1).Node, "tolerance", graph.Text(place, 0, StepWord.GeometricTolerance, 0));
        if (graph.Is(place, StepWord.DocumentFile))
            return (-1, "document", graph.Text(place, 0, StepWord.Document, 0));
        if (graph.Is(place, StepWord.CharacterizedItemWithinRepresentation))
            return (-1, "annotation", graph.Text(place, 0));
        return (-1, graph.Readable(place), graph.Text(place, 0));
    }

    int Shape(int aspect) => graph.Reference(aspect, 2, StepWord.ShapeAspect, 2);

    IEnumerable<StepProperty> Values(int item, StepProperty template, int rep, int depth)
    {
        if (graph.IsComplex(item))
        {
            var (number, unit) = source.Units.Measure(item);
            if (number is not null)
                yield return template with { Name = Named(graph.Text(item, 0, StepWord.RepresentationItem, 0), template), Number = number, Unit = unit, Text = Show(number) };
            yield break;
        }
        var name = Named(graph.Text(item, 0), template);
        switch (graph.Word(item))
        {
            case StepWord.DescriptiveRepresentationItem:
                // As written: notes begin with blanks that line them up.
                var words = graph.Arguments(item);
                yield return template with { Name = name, Text = words.Skip(2) ? words.Text() : "" };
                break;
            case StepWord.MeasureRepresentationItem:
                var (value, measured) = source.Units.Measure(item);
                yield return template with { Name = name, Number = value, Unit = measured, Text = Show(value) };
                break;
            case StepWord.RealRepresentationItem or StepWord.IntegerRepresentationItem or StepWord.ValueRepresentationItem:
                var plain = Plain(item, out var text);
                yield return template with { Name = name, Number = plain, Text = text };
                break;
            case StepWord.BooleanRepresentationItem:
                var truth = graph.Arguments(item);
                yield return template with { Name = name, Text = truth.Skip(2) && truth.Enumeration().SequenceEqual("T"u8) ? "true" : "false" };
                break;
            case StepWord.CartesianPoint:
                yield return template with { Name = name, Text = Coordinates(item), Unit = source.Units.Of(rep).Length };
                break;
            case StepWord.CompoundRepresentationItem:
                foreach (var inner in depth < MaxDepth ? graph.Targets(item, 1) : [])
                {
                    foreach (var each in Values(inner, template with { Name = name }, rep, depth + 1))
                        yield return each;
                }
                break;
        }
    }

    static string Named(string own, StepProperty template) => own.Length > 0 ? own : template.Name;

    double? Plain(int item, out string text)
    {
        text = "";
        var arguments = graph.Arguments(item);
        if (!arguments.Skip(2))
            return null;
        if (arguments.TryNumber(out var number))
        {
            text = Show(number);
            return number;
        }
        var inner = arguments.Items();
        text = inner.Next() ? inner.Text() : arguments.Text();
        return null;
    }

    string Coordinates(int point)
    {
        var arguments = graph.Arguments(point);
        return arguments.Skip(2) ? string.Join(", ", CurveReader.Numbers(arguments).Take(3).Select(number => Show(number))) : "";
    }

    static string Show(double? number) => number?.ToString("R", CultureInfo.InvariantCulture) ?? "";
}
