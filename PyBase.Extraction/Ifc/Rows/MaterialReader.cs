using PyBase.Extraction.Part21;

namespace PyBase.Extraction.Ifc;

/// <summary>
/// The materials behind IfcMaterialSelect (ISO 16739-1, 8.9):
/// <code>
/// #1=IFCMATERIALLAYERSETUSAGE(#2,.AXIS2.,.NEGATIVE.,0.);   #2=IFCMATERIALLAYERSET((#3),'Wall 24');   #3=IFCMATERIALLAYER(#9,240.,.U.);
/// #4=IFCMATERIALPROFILESETUSAGE(#5,8,$);   #5=IFCMATERIALPROFILESET('HEA200',$,(#6),$);   #6=IFCMATERIALPROFILE($,$,#9,#profile,$,$);
/// #7=IFCMATERIALCONSTITUENTSET($,$,(#8));   #8=IFCMATERIALCONSTITUENT('Frame',$,#9,0.3,$);
/// #9=IFCMATERIAL('Steel');   #10=IFCMATERIALLIST((#9));
/// </code>
/// </summary>
sealed class MaterialReader(InstanceStore store, Relations relations, ProjectUnits units)
{
    /// <summary>Members of one set that are read.</summary>
    const int MaxMembers = 10_000;

    /// <summary>Associations of one object that are read; one is what the schema allows.</summary>
    const int MostPerObject = 100;

    readonly Dictionary<int, int> counts = [];

    /// <summary>The object's own materials, or those of its type when it has none.</summary>
    public List<IfcMaterialUse> Of(ModelObject subject)
    {
        List<IfcMaterialUse> uses = [];
        var isType = subject.Class.Kind == IfcKind.Type;
        foreach (var place in First(subject.Place))
            Add(place, subject, isType ? IfcSource.Type : IfcSource.Occurrence, uses);
        if (uses.Count == 0 && !isType && relations.Types.First(subject.Place) is >= 0 and var type)
        {
            foreach (var place in First(type))
                Add(place, subject, IfcSource.Type, uses);
        }
        return uses;
    }

    ReadOnlySpan<int> First(int source)
    {
        var all = relations.Materials[source];
        return all[..Math.Min(all.Length, MostPerObject)];
    }

    /// <summary>How many <see cref="Of"/> gives.</summary>
    public int Count(ModelObject subject)
    {
        var own = Count(subject, subject.Place);
        return own > 0 || subject.Class.Kind == IfcKind.Type || relations.Types.First(subject.Place) is not (>= 0 and var type) ? own : Count(subject, type);
    }

    // By the association's target, so that a layer set of many is counted once for all walls that use it.
    int Count(ModelObject subject, int source)
    {
        var sum = 0;
        foreach (var place in First(source))
        {
            if (!counts.TryGetValue(place, out var count))
            {
                List<IfcMaterialUse> uses = [];
                Add(place, subject, IfcSource.Occurrence, uses);
                count = uses.Count;
                counts.Add(place, count);
            }
            sum += count;
        }
        return sum;
    }

    void Add(int place, ModelObject owner, IfcSource from, List<IfcMaterialUse> uses)
    {
        if (store.Word(place) is IfcWord.MaterialLayerSetUsage or IfcWord.MaterialProfileSetUsage or IfcWord.MaterialProfileSetUsageTapering)
            place = store.Reference(place, 0);
        if (place < 0)
            return;
        var (members, name) = store.Word(place) switch
        {
            IfcWord.MaterialList => (0, -1),
            IfcWord.MaterialLayerSet => (0, 1),
            IfcWord.MaterialProfileSet or IfcWord.MaterialConstituentSet => (2, 0),
            _ => (-1, -1),
        };
        if (members < 0)
        {
            AddOne(place, 1, null, "Material", owner, from, uses);
            return;
        }
        var set = name < 0 ? null : store.Text(place, name);
        if (!store.TryAttribute(place, members, out var list))
            return;
        var index = 0;
        foreach (var id in list.References(MaxMembers))
            AddOne(store.Find(id), ++index, set, "List", owner, from, uses);
    }

    void AddOne(int place, int index, string? set, string kind, ModelObject owner, IfcSource from, List<IfcMaterialUse> uses)
    {
        if (place < 0)
            return;
        IfcMaterialUse Use(string kind, int material, string? name, string? category) => new(
            owner.Guid, IsMaterial(material) ? store.Text(material, 0) : null, kind, index, name, null, null, null, null,
            category ?? (IsMaterial(material) ? store.Text(material, 2) : null), set, from, owner.Locator);

        switch (store.Word(place))
        {
            case IfcWord.Material:
                uses.Add(Use(kind, place, null, null));
                break;
            // Material, LayerThickness, IsVentilated, and since IFC4 Name, Description, Category
            case IfcWord.MaterialLayer or IfcWord.MaterialLayerWithOffsets:
                var layer = Use("Layer", store.Reference(place, 0), store.Text(place, 3), store.Text(place, 5));
                uses.Add(layer with { Thickness = Number(place, 1), Unit = units.OfType("LENGTHUNIT")?.Symbol });
                break;
            // Name, Description, Material, Profile, Priority, Category
            case IfcWord.MaterialProfile or IfcWord.MaterialProfileWithOffsets:
                var profile = store.Reference(place, 3);
                var named = profile >= 0 && store.Word(profile) is >= IfcWord.ArbitraryClosedProfileDef and <= IfcWord.ZShapeProfileDef;
                uses.Add(Use("Profile", store.Reference(place, 2), store.Text(place, 0), store.Text(place, 5)) with { Profile = named ? store.Text(profile, 1) : null });
                break;
            // Name, Description, Material, Fraction, Category
            case IfcWord.MaterialConstituent:
                uses.Add(Use("Constituent", store.Reference(place, 2), store.Text(place, 0), store.Text(place, 4)) with { Fraction = Number(place, 3) });
                break;
        }
    }

    bool IsMaterial(int place) => place >= 0 && store.Word(place) == IfcWord.Material;

    double? Number(int place, int position) => store.TryAttribute(place, position, out var a) && a.TryNumber(out var number) ? number : null;
}
