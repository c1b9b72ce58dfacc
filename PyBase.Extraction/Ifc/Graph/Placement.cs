using PyBase.Extraction.Part21;

namespace PyBase.Extraction.Ifc;

/// <summary>
/// Where objects are: an element is contained once (IfcRelContainedInSpatialStructure), its parts, openings and their fillings
/// are where it is (ISO 16739-1, 4.1.5.13).
/// </summary>
sealed class Placement(InstanceStore store, ModelObjects objects, Relations relations, FindingList findings, int maxDepth)
{
    const int Nowhere = -1;

    readonly Dictionary<int, int> containers = [];
    readonly List<int> climbed = [];

    /// <summary>Climbs from every object once, so that what is odd is told before the first row.</summary>
    public void Settle(CancellationToken cancellation)
    {
        for (var i = 0; i < objects.All.Count; i++)
        {
            if ((i & 0xFFFF) == 0)
                cancellation.ThrowIfCancellationRequested();
            if (objects.All[i].Class.Kind is not (IfcKind.Type or IfcKind.Context))
                ContainerOf(objects.All[i]);
        }
    }

    /// <summary>What the object is part of: IfcRelAggregates, IfcRelNests.</summary>
    public ModelObject? Whole(ModelObject part) => At(relations.Wholes.First(part.Place));

    /// <summary>The spatial element that the object, or the nearest it is part of, is in.</summary>
    public ModelObject? Container(ModelObject subject) => At(ContainerOf(subject));

    /// <summary>The storey, or the space, that a spatial element is or is part of.</summary>
    public ModelObject? Enclosing(ModelObject? place, Func<IfcClass, bool> isWanted)
    {
        for (var steps = 0; place is not null && steps < maxDepth; steps++)
        {
            if (isWanted(place.Class))
                return place;
            place = Whole(place);
        }
        return null;
    }

    int ContainerOf(ModelObject subject)
    {
        climbed.Clear();
        var place = subject.Place;
        var found = Nowhere;
        while (true)
        {
            if (containers.TryGetValue(place, out found))
                break;
            // Until it is known, so that a circle ends here.
            containers.Add(place, Nowhere);
            climbed.Add(place);
            found = relations.Containers.First(place);
            if (found >= 0)
                break;
            var next = relations.Wholes.First(place) is >= 0 and var whole ? whole : relations.Hosts.First(place);
            if (next < 0)
                break;
            if (objects.At(next) is { Class.Kind: IfcKind.Spatial })
            {
                found = next;
                break;
            }
            if (climbed.Contains(next))
            {
                findings.Warn(IfcFindingCode.RelationCycle, "An object is part of itself.", objects.At(next)?.Locator ?? store.Locator(next));
                break;
            }
            if (climbed.Count >= maxDepth)
            {
                findings.Warn(IfcFindingCode.RelationTooDeep, $"Objects are part of others more than {maxDepth} deep; where the innermost are is not known.", subject.Locator);
                break;
            }
            place = next;
        }
        foreach (var passed in climbed)
            containers[passed] = found;
        return found;
    }

    ModelObject? At(int place) => place < 0 ? null : objects.At(place);
}
