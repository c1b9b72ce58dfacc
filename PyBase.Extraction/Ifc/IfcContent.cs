using System.Text;
using PyBase.Extraction.Part21;

namespace PyBase.Extraction.Ifc;

/// <summary>Everything understood of a file, from which rows are made.</summary>
sealed class IfcContent
{
    static readonly IfcKind[] ElementKinds = [IfcKind.Element, IfcKind.Feature, IfcKind.Product, IfcKind.Other];

    readonly InstanceStore store;
    readonly Relations relations;
    readonly ObjectReader reader;
    readonly SpatialTree tree;
    readonly Placement placement;
    readonly MaterialReader materials;
    readonly ClassificationReader classifications;
    readonly RowCounts counts;
    readonly IfcOptions options;

    public IfcContent(InstanceStore store, IfcVersion version, FindingList findings, IfcOptions options, CancellationToken cancellation)
    {
        this.store = store;
        this.options = options;
        Objects = new ModelObjects(store, findings, cancellation);
        relations = new Relations(store, findings, options, cancellation);
        reader = new ObjectReader(store, version);
        Units = new ProjectUnits(store, UnitAssignment(findings), findings);
        tree = new SpatialTree(Objects, relations, reader, findings, options);
        placement = new Placement(store, Objects, relations, findings, options.MaxDepth);
        placement.Settle(cancellation);
        materials = new MaterialReader(store, relations, Units);
        classifications = new ClassificationReader(store, relations, options);
        counts = new RowCounts(store, findings, options);
        Rows = new PropertyRows(store, Objects, relations, Units, counts, options);
        Rows.Settle(findings, cancellation);
    }

    public ModelObjects Objects { get; }
    public ProjectUnits Units { get; }
    public PropertyRows Rows { get; }

    public IEnumerable<IfcProjectItem> Projects() => Objects.Of(IfcKind.Context).Select(each => new IfcProjectItem(
        each.Guid, each.Class.Name, reader.Name(each), reader.Description(each), reader.LongName(each), store.Text(each.Place, 6),
        reader.ObjectType(each), each.Locator));

    public IEnumerable<IfcSpatialItem> Spatial()
    {
        var path = new StringBuilder();
        var ends = new List<int>();
        foreach (var node in tree.Nodes)
        {
            // Depth first: what was there of this node's level and below is done.
            path.Length = node.Level == 0 ? 0 : ends[node.Level - 1];
            path.Append(node.Level == 0 ? "" : "/").Append(node.Name);
            ends.RemoveRange(node.Level, ends.Count - node.Level);
            ends.Add(path.Length);
            var subject = node.Subject;
            yield return new IfcSpatialItem(
                node.Level, path.ToString(), subject.Class.Name, subject.Guid, node.Parent < 0 ? null : tree.Nodes[node.Parent].Subject.Guid,
                reader.Name(subject), reader.LongName(subject), reader.ObjectType(subject), reader.PredefinedType(subject), reader.Elevation(subject), subject.Locator);
        }
    }

    public IEnumerable<IfcElement> Elements()
    {
        var elements = NewElementReader();
        return Objects.Of(ElementKinds).Select(elements.Read);
    }

    public IEnumerable<IfcTypeItem> Types()
    {
        var elements = NewElementReader();
        return Objects.Of(IfcKind.Type).Select(each => new IfcTypeItem(
            each.Guid, each.Class.Name, reader.Name(each), reader.Description(each), reader.Tag(each), reader.ElementType(each), reader.PredefinedType(each),
            reader.ObjectType(each), relations.Occurrences[each.Place].Length, elements.Material(each), each.Locator));
    }

    public IEnumerable<IfcMaterialUse> Materials() => Objects.All.SelectMany(materials.Of).Take(options.MaxRows);

    public IEnumerable<IfcClassificationUse> Classifications() => Objects.All.SelectMany(classifications.Of).Take(options.MaxRows);

    public IEnumerable<IfcGroupItem> Groups() => Objects.Of(IfcKind.Group, IfcKind.System).Select(each => new IfcGroupItem(
        each.Guid, each.Class.Name, reader.Name(each), reader.LongName(each), reader.ObjectType(each), reader.PredefinedType(each),
        relations.Members[each.Place].Length, Served(each), each.Locator));

    public IEnumerable<IfcGroupMember> GroupMembers()
    {
        foreach (var group in Objects.Of(IfcKind.Group, IfcKind.System))
        {
            foreach (var place in relations.Members[group.Place].ToArray())
            {
                if (Objects.At(place) is { } member)
                    yield return new IfcGroupMember(group.Guid, member.Guid, member.Class.Name, member.Locator);
            }
        }
    }

    public int ElementCount => Objects.Of(ElementKinds).Count();
    public int SpatialCount => tree.Nodes.Count;
    public int MaterialCount => (int)Math.Min(Objects.All.Sum(each => (long)materials.Count(each)), options.MaxRows);

    public IEnumerable<IfcTakeOffLine> TakeOff(CancellationToken cancellation) =>
        new TakeOff(Objects, placement, reader, NewElementReader(), new ElementMeasures(store, relations, Units, counts, options)).Lines(cancellation);

    ElementReader NewElementReader() => new(store, Objects, relations, reader, placement, materials, classifications);

    string? Served(ModelObject system)
    {
        List<string> names = [];
        foreach (var place in relations.Served[system.Place])
        {
            if (names.Count < 100 && Objects.At(place) is { } served)
                names.Add(reader.Name(served) ?? served.Guid);
        }
        return names.Count == 0 ? null : string.Join("; ", names);
    }

    // IfcProject.UnitsInContext; a library's where there is no project; any where neither names one.
    int UnitAssignment(FindingList findings)
    {
        const int unitsInContext = 8;
        List<ModelObject> contexts = [.. Objects.Of(IfcKind.Context)];
        List<ModelObject> projects = [.. contexts.Where(each => each.Class.Name == "IfcProject")];
        if (projects.Count == 0)
            findings.Tell(IfcFindingCode.NoProject, contexts.Count == 0 ? "The file has no project." : "The file is a project library.", contexts.FirstOrDefault()?.Locator);
        if (projects.Count > 1)
            findings.Warn(IfcFindingCode.SeveralProjects, "The file has several projects; values without a unit are in those of the first.", projects[1].Locator);
        foreach (var each in projects.Concat(contexts))
        {
            if (store.Reference(each.Place, unitsInContext) is >= 0 and var assignment)
                return assignment;
        }
        for (var place = 0; place < store.Count; place++)
        {
            if (store.Word(place) == IfcWord.UnitAssignment)
                return place;
        }
        return -1;
    }
}
