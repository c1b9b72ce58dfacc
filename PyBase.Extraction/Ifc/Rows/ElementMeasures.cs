using PyBase.Extraction.Part21;

namespace PyBase.Extraction.Ifc;

/// <summary>
/// The one length, area and volume of an element that a take-off adds up: of its quantities the first of a list of names, net
/// before gross; without them its properties called Length, Area and Volume, which is where Revit writes them.
/// </summary>
sealed class ElementMeasures(InstanceStore store, Relations relations, ProjectUnits units, RowCounts counts)
{
    static readonly (IfcWord Word, string Measure, string[] Names)[] Wanted =
    [
        (IfcWord.QuantityLength, "LENGTHUNIT", ["Length", "NetLength", "GrossLength"]),
        (IfcWord.QuantityArea, "AREAUNIT", ["NetSideArea", "NetFloorArea", "NetArea", "Area", "GrossSideArea", "GrossFloorArea", "GrossArea", "NetSurfaceArea", "GrossSurfaceArea", "TotalSurfaceArea", "OuterSurfaceArea"]),
        (IfcWord.QuantityVolume, "VOLUMEUNIT", ["NetVolume", "Volume", "GrossVolume"]),
    ];

    readonly ObjectSets sets = new(store, relations, counts);
    readonly int[] ranks = new int[3];

    /// <summary>Length, area, volume in the project's units; null where there is none.</summary>
    public double?[] Of(ModelObject subject)
    {
        var values = new double?[3];
        ranks.AsSpan().Fill(int.MaxValue);
        sets.Load(subject, true);
        foreach (var set in sets.Own.Concat(sets.OfType))
            Members(set, 5, values, Quantity);
        if (values.Any(value => value is null))
        {
            sets.Load(subject, false);
            foreach (var set in sets.Own)
                Members(set, 4, values, Property);
        }
        return values;
    }

    delegate void Taker(int place, double?[] values);

    void Members(int set, int position, double?[] values, Taker take)
    {
        if (!store.TryAttribute(set, position, out var list))
            return;
        var items = list.Items();
        while (items.Next())
        {
            if (items.TryReference(out var id) && store.Find(id) is >= 0 and var member)
                take(member, values);
        }
    }

    // Name, Description, Unit, LengthValue
    void Quantity(int place, double?[] values)
    {
        var measure = Array.FindIndex(Wanted, wanted => wanted.Word == store.Word(place));
        if (measure < 0)
            return;
        var a = store.Arguments(place);
        var rank = a.Next() ? Array.IndexOf(Wanted[measure].Names, a.Text()) : -1;
        if (rank < 0 || rank >= ranks[measure] || !a.Skip(2))
            return;
        var own = units.Of(a);
        if (!a.Next() || !a.TryNumber(out var number) || InProjectUnit(number, own, Wanted[measure].Measure) is not { } value)
            return;
        ranks[measure] = rank;
        values[measure] = value;
    }

    // Name, Description, NominalValue, Unit
    void Property(int place, double?[] values)
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
        if (measure < 0 || values[measure] is not null || !a.Skip(2) || a.Kind != ArgumentKind.Typed || !a.TryNumber(out var number))
            return;
        var type = IfcMeasures.IndexOf(a.Raw[..a.Raw.IndexOf((byte)'(')].TrimEnd(" \t\r\n"u8));
        if (type >= 0 && IfcMeasures.UnitTypeOf(type) == Wanted[measure].Measure)
            values[measure] = InProjectUnit(number, a.Next() ? units.Of(a) : null, Wanted[measure].Measure);
    }

    double? InProjectUnit(double value, IfcUnit? own, string unitType)
    {
        if (own is null || units.OfType(unitType) is not { } project || own == project)
            return value;
        return value * own.Factor / project.Factor;
    }
}
