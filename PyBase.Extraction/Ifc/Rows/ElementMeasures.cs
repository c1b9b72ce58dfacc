using PyBase.Extraction.Part21;

namespace PyBase.Extraction.Ifc;

/// <summary>
/// The one length, area and volume of an element that a take-off adds up: of its quantities the first of a list of names, net
/// before gross; without them its properties called Length, Area and Volume, which is where Revit writes them.
/// </summary>
sealed class ElementMeasures(InstanceStore store, Relations relations, ProjectUnits units, RowCounts counts, IfcOptions options)
{
    static readonly (IfcWord Word, string Measure, string[] Names)[] Wanted =
    [
        (IfcWord.QuantityLength, "LENGTHUNIT", ["Length", "NetLength", "GrossLength"]),
        (IfcWord.QuantityArea, "AREAUNIT", ["NetSideArea", "NetFloorArea", "NetArea", "Area", "GrossSideArea", "GrossFloorArea", "GrossArea", "NetSurfaceArea", "GrossSurfaceArea", "TotalSurfaceArea", "OuterSurfaceArea"]),
        (IfcWord.QuantityVolume, "VOLUMEUNIT", ["NetVolume", "Volume", "GrossVolume"]),
    ];

    /// <summary>What one set has: a value and its rank among the names for length, area and volume each.</summary>
    sealed class Found
    {
        public double[] Values { get; } = new double[3];
        public int[] Ranks { get; } = [None, None, None];
    }

    const int None = int.MaxValue;

    readonly ObjectSets sets = new(store, relations, counts, options);

    // A set is read once, however many elements share it.
    readonly Dictionary<int, Found> known = [];

    /// <summary>Length, area, volume in the project's units; null where there is none.</summary>
    public double?[] Of(ModelObject subject)
    {
        var best = new Found();
        sets.Load(subject, true);
        foreach (var set in sets.Own)
            Take(best, Members(set, RowCounts.Quantities, Quantity));
        foreach (var set in sets.OfType)
            Take(best, Members(set, RowCounts.Quantities, Quantity));
        if (best.Ranks.Contains(None))
        {
            sets.Load(subject, false);
            foreach (var set in sets.Own)
                Take(best, Members(set, RowCounts.Properties, Property));
        }
        return [.. best.Values.Select((value, measure) => best.Ranks[measure] == None ? (double?)null : value)];
    }

    static void Take(Found best, Found found)
    {
        for (var measure = 0; measure < best.Ranks.Length; measure++)
        {
            if (found.Ranks[measure] < best.Ranks[measure])
                (best.Ranks[measure], best.Values[measure]) = (found.Ranks[measure], found.Values[measure]);
        }
    }

    Found Members(int set, int position, Action<int, Found> take)
    {
        if (known.TryGetValue(set, out var found))
            return found;
        found = new Found();
        known.Add(set, found);
        if (!store.TryAttribute(set, position, out var list))
            return found;
        var items = list.Items();
        while (items.Next())
        {
            if (items.TryReference(out var id) && store.Find(id) is >= 0 and var member)
                take(member, found);
        }
        return found;
    }

    // Name, Description, Unit, LengthValue
    void Quantity(int place, Found found)
    {
        var measure = Array.FindIndex(Wanted, wanted => wanted.Word == store.Word(place));
        if (measure < 0)
            return;
        var a = store.Arguments(place);
        var rank = a.Next() ? Array.IndexOf(Wanted[measure].Names, a.Text()) : -1;
        if (rank < 0 || rank >= found.Ranks[measure] || !a.Skip(2))
            return;
        var own = units.Of(a);
        if (!a.Next() || !a.TryNumber(out var number) || InProjectUnit(number, own, Wanted[measure].Measure) is not { } value)
            return;
        found.Ranks[measure] = rank;
        found.Values[measure] = value;
    }

    // Name, Description, NominalValue, Unit
    void Property(int place, Found found)
    {
        if (store.Word(place) != IfcWord.PropertySingleValue)
            return;
        var a = store.Arguments(place);
        if (!a.Next())
            return;
        var measure = a.Raw is [(byte)'\'', .. var name, (byte)'\''] ? name switch
        {
            _ when name.SequenceEqual("Length"u8) => 0,
            _ when name.SequenceEqual("Area"u8) => 1,
            _ when name.SequenceEqual("Volume"u8) => 2,
            _ => -1,
        } : -1;
        if (measure < 0 || found.Ranks[measure] != None || !a.Skip(2) || a.Kind != ArgumentKind.Typed || !a.TryNumber(out var number))
            return;
        var type = IfcMeasures.IndexOf(a.Raw[..a.Raw.IndexOf((byte)'(')].TrimEnd(" \t\r\n"u8));
        if (type < 0 || IfcMeasures.UnitTypeOf(type) != Wanted[measure].Measure
            || InProjectUnit(number, a.Next() ? units.Of(a) : null, Wanted[measure].Measure) is not { } value)
            return;
        // Behind any quantity.
        found.Ranks[measure] = None - 1;
        found.Values[measure] = value;
    }

    double? InProjectUnit(double value, IfcUnit? own, string unitType)
    {
        if (own is null || units.OfType(unitType) is not { } project || own == project)
            return value;
        return value * own.Factor / project.Factor;
    }
}
