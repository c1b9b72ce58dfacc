using PyBase.Extraction.Part21;

namespace PyBase.Extraction.Ifc;

/// <summary>The relationships (IfcRelationship and its subtypes, ISO 16739-1, 5.1.3.11), turned so that each can be asked from the side that rows start at.</summary>
sealed class Relations
{
    /// <summary>Whole to parts: IfcRelAggregates, IfcRelNests.</summary>
    public Links Parts { get; } = new();
    /// <summary>Part to whole.</summary>
    public Links Wholes { get; } = new();
    /// <summary>Element to spatial structure: IfcRelContainedInSpatialStructure.</summary>
    public Links Containers { get; } = new();
    /// <summary>Opening to element, filling to opening, projection to element: what has no place of its own is where these are.</summary>
    public Links Hosts { get; } = new();
    /// <summary>Object to property and quantity sets: IfcRelDefinesByProperties.</summary>
    public Links Definitions { get; } = new();
    /// <summary>Object to type: IfcRelDefinesByType.</summary>
    public Links Types { get; } = new();
    /// <summary>Type to objects.</summary>
    public Links Occurrences { get; } = new();
    public Links Materials { get; } = new();
    public Links Classifications { get; } = new();
    /// <summary>Member to groups: IfcRelAssignsToGroup.</summary>
    public Links Groups { get; } = new();
    /// <summary>Group to members.</summary>
    public Links Members { get; } = new();
    /// <summary>System to what it serves: IfcRelServicesBuildings.</summary>
    public Links Served { get; } = new();

    readonly InstanceStore store;
    readonly FindingList findings;
    readonly int maxLinks;
    readonly List<int> many = [];
    int links;

    public Relations(InstanceStore store, FindingList findings, IfcOptions options, CancellationToken cancellation)
    {
        this.store = store;
        this.findings = findings;
        maxLinks = options.MaxLinks;
        for (var place = 0; place < store.Count && links < maxLinks; place++)
        {
            if ((place & 0xFFFF) == 0)
                cancellation.ThrowIfCancellationRequested();
            if (store.Word(place) <= IfcWord.RelProjectsElement)
                Take(place, store.Word(place));
        }
        if (links >= maxLinks)
            findings.Fail(FindingCode.StructureTooLarge, $"The relationships make more than {maxLinks:N0} connections; the rest was left out.");
        foreach (var each in (Links[])[Parts, Wholes, Containers, Hosts, Definitions, Types, Occurrences, Materials, Classifications, Groups, Members, Served])
            each.Seal();
    }

    void Take(int place, IfcWord word)
    {
        switch (word)
        {
            // GlobalId, OwnerHistory, Name, Description, RelatingObject, RelatedObjects
            case IfcWord.RelAggregates or IfcWord.RelNests:
                Connect(place, 4, 5, Parts, Wholes);
                break;
            // …, RelatedElements, RelatingStructure
            case IfcWord.RelContainedInSpatialStructure:
                Connect(place, 4, 5, Containers);
                break;
            // …, RelatedObjects, RelatingPropertyDefinition
            case IfcWord.RelDefinesByProperties or IfcWord.RelOverridesProperties:
                Connect(place, 4, 5, Definitions);
                break;
            // …, RelatedObjects, RelatingType
            case IfcWord.RelDefinesByType:
                Connect(place, 4, 5, Types, Occurrences);
                break;
            // …, RelatedObjects, RelatingMaterial
            case IfcWord.RelAssociatesMaterial:
                Connect(place, 4, 5, Materials);
                break;
            case IfcWord.RelAssociatesClassification:
                Connect(place, 4, 5, Classifications);
                break;
            // …, RelatedObjects, RelatedObjectsType, RelatingGroup
            case IfcWord.RelAssignsToGroup or IfcWord.RelAssignsToGroupByFactor:
                Connect(place, 4, 6, Groups, Members);
                break;
            // …, RelatingSystem, RelatedBuildings
            case IfcWord.RelServicesBuildings:
                Connect(place, 4, 5, Served);
                break;
            // …, RelatingBuildingElement, RelatedOpeningElement; RelatingOpeningElement, RelatedBuildingElement
            case IfcWord.RelVoidsElement or IfcWord.RelFillsElement or IfcWord.RelProjectsElement:
                Connect(place, 5, 4, Hosts);
                break;
        }
    }

    /// <summary>Connects each that the first attribute names with each that the second names.</summary>
    void Connect(int place, int first, int second, Links forth, Links? back = null)
    {
        if (!store.TryAttribute(place, second, out var targets))
        {
            findings.Warn(FindingCode.SyntaxError, "A relationship has too few attributes and was left out.", store.Locator(place));
            return;
        }
        many.Clear();
        Collect(targets, place, forth);
        store.TryAttribute(place, first, out var sources);
        if (sources.Kind == ArgumentKind.List)
        {
            var items = sources.Items();
            while (items.Next())
                ConnectOne(items, place, forth, back);
        }
        else
        {
            ConnectOne(sources, place, forth, back);
        }
    }

    void ConnectOne(ArgumentReader argument, int place, Links forth, Links? back)
    {
        var source = Find(argument, place, forth);
        if (source < 0)
            return;
        foreach (var target in many)
        {
            if (links++ >= maxLinks)
                return;
            forth.Add(source, target);
            back?.Add(target, source);
        }
    }

    // #12, (#12,#13), and since IFC4 IFCPROPERTYSETDEFINITIONSET((#12,#13)).
    void Collect(ArgumentReader argument, int place, Links forth)
    {
        if (argument.Kind is not (ArgumentKind.List or ArgumentKind.Typed))
        {
            if (Find(argument, place, forth) is >= 0 and var one)
                many.Add(one);
            return;
        }
        var items = argument.Items();
        while (items.Next())
        {
            if (items.Kind == ArgumentKind.List && argument.Kind == ArgumentKind.Typed)
                Collect(items, place, forth);
            else if (Find(items, place, forth) is >= 0 and var one)
                many.Add(one);
        }
    }

    int Find(ArgumentReader argument, int place, Links forth)
    {
        if (!argument.TryReference(out var id))
            return -1;
        var found = store.Find(id);
        // Elsewhere a class that is not read is nothing odd: predefined property sets, resources that are classified.
        if (found < 0 && (forth == Parts || forth == Containers || forth == Types))
            findings.Warn(FindingCode.DanglingReference, "A relationship refers to an instance that is missing or of a class that is not read.", store.Locator(place));
        return found;
    }
}
