namespace PyBase.Extraction.Ifc;

/// <summary>
/// How many rows a property set, quantity set or complex property makes, each counted once, so that sets which share complex
/// ones that share others (2^n rows) are known for what they are before a row is made.
/// </summary>
sealed class RowCounts(InstanceStore store, FindingList findings, IfcOptions options)
{
    readonly Dictionary<int, long> counts = [];
    int depth;

    public static bool IsProperty(IfcWord word) =>
        word is >= IfcWord.PropertySingleValue and < IfcWord.ComplexProperty and not IfcWord.PropertyEnumeration;

    public static bool IsQuantity(IfcWord word) => word is >= IfcWord.QuantityLength and <= IfcWord.QuantityNumber;

    /// <param name="place">A set or complex one.</param>
    /// <param name="position">Of the attribute that lists its members.</param>
    public long Of(int place, int position)
    {
        if (counts.TryGetValue(place, out var known))
            return known < 0 ? Cut(place) : known;
        if (depth >= options.MaxDepth)
        {
            findings.Warn(IfcFindingCode.RelationTooDeep, $"Complex properties nest deeper than {options.MaxDepth}; those beyond were left out.", store.Locator(place));
            return 0;
        }
        // While it is open, it counts as less than nothing.
        counts.Add(place, -1);
        depth++;
        var sum = 0L;
        if (store.TryAttribute(place, position, out var list))
        {
            var items = list.Items();
            while (items.Next())
            {
                if (items.TryReference(out var id) && store.Find(id) is >= 0 and var member)
                    sum = Math.Min(sum + OfMember(member), int.MaxValue);
            }
        }
        depth--;
        counts[place] = sum;
        return sum;
    }

    /// <summary>Of what IfcRelDefinesByProperties refers to; 0 when it is no such set.</summary>
    public long OfSet(int place, bool quantities) => store.Word(place) switch
    {
        IfcWord.PropertySet when !quantities => Of(place, 4),
        IfcWord.ElementQuantity when quantities => Of(place, 5),
        _ => 0,
    };

    long OfMember(int member) => store.Word(member) switch
    {
        IfcWord.ComplexProperty => Of(member, 3),
        IfcWord.PhysicalComplexQuantity => Of(member, 2),
        var word => IsProperty(word) || IsQuantity(word) ? 1 : 0,
    };

    long Cut(int place)
    {
        findings.Warn(IfcFindingCode.RelationCycle, "A complex property contains itself; the inner one was left out.", store.Locator(place));
        return 0;
    }
}
