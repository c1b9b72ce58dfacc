using PyBase.Extraction.Part21;

namespace PyBase.Extraction.Ifc;

/// <summary>Makes the rows of elements.</summary>
sealed class ElementReader(
    InstanceStore store, ModelObjects objects, Relations relations, ObjectReader reader, Placement placement, MaterialReader materials,
    ClassificationReader classifications)
{
    /// <summary>Names joined in one cell.</summary>
    const int MaxJoined = 100;

    // By what has the association, so that a layer set of many is joined once for all walls that use it.
    readonly Dictionary<int, string?> joined = [];

    public IfcElement Read(ModelObject subject)
    {
        var type = TypeOf(subject);
        var container = placement.Container(subject);
        return new IfcElement(
            subject.Guid, subject.Class.Name, reader.Name(subject), reader.Description(subject), reader.Tag(subject), reader.ObjectType(subject),
            reader.PredefinedType(subject), type?.Guid, type is null ? null : reader.Name(type),
            NameOf(placement.Enclosing(container, each => each.IsStorey)), NameOf(placement.Enclosing(container, each => each.IsSpace)),
            container?.Guid, placement.Whole(subject)?.Guid, Material(subject),
            Join(classifications.Of(subject).Select(each => each.Identification is { Length: > 0 } code ? code : each.Name ?? each.System)),
            System(subject), subject.Locator);
    }

    public ModelObject? TypeOf(ModelObject subject) => relations.Types.First(subject.Place) is >= 0 and var type ? objects.At(type) : null;

    public string? Material(ModelObject subject)
    {
        var source = relations.Materials.First(subject.Place) is >= 0 and var own ? own
            : relations.Types.First(subject.Place) is >= 0 and var type ? relations.Materials.First(type) : -1;
        if (source < 0)
            return null;
        if (!joined.TryGetValue(source, out var names))
        {
            names = Join(materials.Of(subject).Select(each => each.Material ?? each.Name));
            joined.Add(source, names);
        }
        return names;
    }

    string? System(ModelObject subject)
    {
        var groups = relations.Groups[subject.Place];
        List<string?> names = [];
        foreach (var group in groups[..Math.Min(groups.Length, MaxJoined)])
        {
            if (objects.At(group) is { Class.Kind: IfcKind.System } system)
                names.Add(reader.Name(system) ?? system.Guid);
        }
        return Join(names);
    }

    // Spatial elements go by their name, else by the long one.
    string? NameOf(ModelObject? place) => place is null ? null : store.Text(place.Place, 2) ?? reader.LongName(place);

    static string? Join(IEnumerable<string?> names)
    {
        var all = names.Where(name => !string.IsNullOrEmpty(name)).Take(MaxJoined).Distinct().ToList();
        return all.Count == 0 ? null : string.Join("; ", all);
    }
}
