using PyBase.Extraction.Part21;

namespace PyBase.Extraction.Ifc;

/// <summary>
/// The property and quantity sets of an object: its own by IfcRelDefinesByProperties, and those of its type by
/// IfcRelDefinesByType and IfcTypeObject.HasPropertySets, which its own override name by name (ISO 16739-1, 4.2.2.3).
/// </summary>
sealed class ObjectSets(InstanceStore store, Relations relations, RowCounts counts, IfcOptions options)
{
    const int HasPropertySets = 5;

    readonly List<int> own = [];
    readonly List<int> ofType = [];
    readonly HashSet<string> names = new(StringComparer.Ordinal);

    // A type of a million sets with a million occurrences is a file of some megabytes.
    int left = options.MaxLinks;

    public IReadOnlyList<int> Own => own;
    public IReadOnlyList<int> OfType => ofType;

    /// <summary>Whether sets were left out since the objects have too many together.</summary>
    public bool IsCut => left == 0;

    /// <summary>How many rows the sets make, overridden ones included.</summary>
    public long Count { get; private set; }

    /// <summary>Whether two sets have one name, without which no row overrides or repeats another.</summary>
    public bool HaveNamesakes
    {
        get
        {
            if (own.Count + ofType.Count < 2)
                return false;
            names.Clear();
            foreach (var set in own.Concat(ofType))
            {
                if (!names.Add(store.Text(set, 2) ?? ""))
                    return true;
            }
            return false;
        }
    }

    /// <summary>Fills <see cref="Own"/> and <see cref="OfType"/> with the sets that make rows.</summary>
    public void Load(ModelObject subject, bool quantities)
    {
        own.Clear();
        ofType.Clear();
        Count = 0;
        Collect(subject, own, quantities);
        if (subject.Class.Kind != IfcKind.Type && relations.Types.First(subject.Place) is >= 0 and var type)
            CollectType(type, ofType, quantities);
    }

    void Collect(ModelObject subject, List<int> sets, bool quantities)
    {
        if (subject.Class.Kind == IfcKind.Type)
            CollectType(subject.Place, sets, quantities);
        else
            Add(relations.Definitions[subject.Place], sets, quantities);
    }

    void CollectType(int type, List<int> sets, bool quantities)
    {
        if (IfcSchema.ClassOf(store.Keyword(type))?.Kind != IfcKind.Type)
            return;
        if (store.TryAttribute(type, HasPropertySets, out var list) && list.Kind == ArgumentKind.List)
        {
            var items = list.Items();
            while (left > 0 && items.Next())
            {
                if (items.TryReference(out var id) && store.Find(id) is >= 0 and var set)
                    Add([set], sets, quantities);
            }
        }
        Add(relations.Definitions[type], sets, quantities);
    }

    void Add(ReadOnlySpan<int> found, List<int> sets, bool quantities)
    {
        foreach (var set in found)
        {
            if (left-- <= 0)
            {
                left = 0;
                return;
            }
            var rows = counts.OfSet(set, quantities);
            if (rows == 0)
                continue;
            Count += rows;
            sets.Add(set);
        }
    }
}
