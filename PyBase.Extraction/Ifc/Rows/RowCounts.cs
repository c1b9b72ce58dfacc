using PyBase.Extraction.Part21;

namespace PyBase.Extraction.Ifc;

/// <summary>
/// How many rows a property set, quantity set or complex property makes, each counted once, so that sets which share complex
/// ones that share others (2^n rows) are known for what they are before a row is made.
/// </summary>
sealed class RowCounts(InstanceStore store, FindingList findings, IfcOptions options)
{
    /// <summary>Positions of the attributes that list members: of IfcPropertySet, IfcComplexProperty, IfcElementQuantity, IfcPhysicalComplexQuantity.</summary>
    public const int Properties = 4, ComplexProperties = 3, Quantities = 5, ComplexQuantities = 2;

    readonly record struct Known(long Count, int Height);

    static readonly Known Open = new(0, -1);

    readonly Dictionary<int, Known> all = [];
    readonly HashSet<(int Holder, int Member)> cut = [];
    int depth;

    public static bool IsProperty(IfcWord word) =>
        word is >= IfcWord.PropertySingleValue and < IfcWord.ComplexProperty and not IfcWord.PropertyEnumeration;

    public static bool IsQuantity(IfcWord word) => word is >= IfcWord.QuantityLength and <= IfcWord.QuantityNumber;

    /// <param name="place">A set or complex one.</param>
    /// <param name="position">Of the attribute that lists its members.</param>
    public long Of(int place, int position) => Settle(place, position).Count;

    /// <summary>Whether a member was left out of its holder: it closes a circle or lies too deep. Known once the holder was counted.</summary>
    public bool IsCut(int holder, int member) => cut.Contains((holder, member));

    Known Settle(int place, int position)
    {
        if (all.TryGetValue(place, out var known))
            return known;
        all.Add(place, Open);
        depth++;
        var (sum, height) = (0L, 0);
        if (store.TryAttribute(place, position, out var list))
        {
            var items = list.Items();
            while (items.Next())
            {
                if (!items.TryReference(out var id) || store.Find(id) is not (>= 0 and var member))
                    continue;
                var (count, above) = OfMember(place, member, position is Quantities or ComplexQuantities);
                sum = Math.Min(sum + count, int.MaxValue);
                height = Math.Max(height, above);
            }
        }
        depth--;
        return all[place] = new Known(sum, height + 1);
    }

    /// <summary>Of what IfcRelDefinesByProperties refers to; 0 when it is no such set.</summary>
    public long OfSet(int place, bool quantities) => store.Word(place) switch
    {
        IfcWord.PropertySet when !quantities => Of(place, Properties),
        IfcWord.ElementQuantity when quantities => Of(place, Quantities),
        _ => 0,
    };

    Known OfMember(int holder, int member, bool quantities)
    {
        var word = store.Word(member);
        if (word != (quantities ? IfcWord.PhysicalComplexQuantity : IfcWord.ComplexProperty))
            return new Known((quantities ? IsQuantity(word) : IsProperty(word)) ? 1 : 0, 0);
        // Both what lies above and what lies below count, since a set may begin anywhere.
        var known = depth < options.MaxDepth ? Settle(member, quantities ? ComplexQuantities : ComplexProperties) : new Known(0, options.MaxDepth);
        if (known != Open && known.Height < options.MaxDepth)
            return known;
        cut.Add((holder, member));
        if (known == Open)
            findings.Warn(IfcFindingCode.RelationCycle, "A complex property contains itself; the inner one was left out.", store.Locator(member));
        else
            findings.Warn(IfcFindingCode.RelationTooDeep, $"Complex properties nest deeper than {options.MaxDepth}; those beyond were left out.", store.Locator(member));
        return default;
    }
}
