using PyBase.Extraction.Part21;

namespace PyBase.Extraction.Ifc;

/// <summary>
/// The classifications of an object (IfcClassificationSelect, ISO 16739-1, 8.2):
/// <code>
/// #1=IFCCLASSIFICATIONREFERENCE(location,'21.22','External walls',#2);   #2=IFCCLASSIFICATION(source,edition,date,'Uniclass');
/// #3=IFCCLASSIFICATIONNOTATION((#4,#5));   #4=IFCCLASSIFICATIONNOTATIONFACET('21');   (IFC2x3)
/// </code>
/// </summary>
sealed class ClassificationReader(InstanceStore store, Relations relations, IfcOptions options)
{
    /// <summary>Classifications of one object that are read.</summary>
    const int MostPerObject = 32;

    /// <summary>The object's own, then those of its type.</summary>
    public List<IfcClassificationUse> Of(ModelObject subject)
    {
        List<IfcClassificationUse> uses = [];
        var isType = subject.Class.Kind == IfcKind.Type;
        foreach (var place in First(subject.Place))
            Add(place, subject, isType ? IfcSource.Type : IfcSource.Occurrence, uses);
        if (!isType && relations.Types.First(subject.Place) is >= 0 and var type)
        {
            foreach (var place in First(type))
                Add(place, subject, IfcSource.Type, uses);
        }
        return uses;
    }

    ReadOnlySpan<int> First(int source)
    {
        var all = relations.Classifications[source];
        return all[..Math.Min(all.Length, MostPerObject)];
    }

    void Add(int place, ModelObject owner, IfcSource from, List<IfcClassificationUse> uses)
    {
        IfcClassificationUse? use = store.Word(place) switch
        {
            IfcWord.ClassificationReference => new(owner.Guid, System(place), store.Text(place, 1), store.Text(place, 2), store.Text(place, 0), from, owner.Locator),
            IfcWord.Classification => new(owner.Guid, store.Text(place, 3), null, null, null, from, owner.Locator),
            IfcWord.ClassificationNotation => new(owner.Guid, null, Notation(place), null, null, from, owner.Locator),
            _ => null,
        };
        if (use is not null && !uses.Any(other => other with { From = from } == use))
            uses.Add(use);
    }

    // ReferencedSource: another reference, broader than this one, or the classification itself.
    string? System(int place)
    {
        for (var steps = 0; steps < options.MaxDepth && place >= 0; steps++)
        {
            if (store.Word(place) == IfcWord.Classification)
                return store.Text(place, 3);
            if (store.Word(place) != IfcWord.ClassificationReference)
                return null;
            place = store.Reference(place, 3);
        }
        return null;
    }

    string Notation(int place)
    {
        if (!store.TryAttribute(place, 0, out var facets))
            return "";
        var values = facets.References(options.MaxItems).Select(store.Find)
            .Where(facet => facet >= 0 && store.Word(facet) == IfcWord.ClassificationNotationFacet).Select(facet => store.Text(facet, 0));
        return string.Join('.', values);
    }
}
