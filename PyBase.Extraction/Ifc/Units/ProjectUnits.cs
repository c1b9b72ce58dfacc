using PyBase.Extraction.Part21;

namespace PyBase.Extraction.Ifc;

/// <summary>The project's units by what they measure, and any other unit that a property names instead.</summary>
sealed class ProjectUnits
{
    readonly InstanceStore store;
    readonly UnitReader reader;
    readonly IfcUnit?[] byMeasure = new IfcUnit?[IfcMeasures.Count];
    readonly Dictionary<string, IfcUnit> byType = new(StringComparer.Ordinal);

    /// <param name="store">All instances.</param>
    /// <param name="assignment">The IfcUnitAssignment, or -1.</param>
    /// <param name="findings">Told about every unit of the file that cannot be read, in use or not.</param>
    public ProjectUnits(InstanceStore store, int assignment, FindingList findings)
    {
        this.store = store;
        reader = new UnitReader(store);
        List<IfcUnit> all = [];
        if (assignment >= 0 && store.Word(assignment) == IfcWord.UnitAssignment && store.TryAttribute(assignment, 0, out var list))
        {
            foreach (var id in list.References(1000))
            {
                if (reader.Read(store.Find(id)) is { } unit && byType.TryAdd(unit.UnitType, unit))
                    all.Add(unit);
            }
        }
        All = all;
        for (var measure = 0; measure < byMeasure.Length; measure++)
            byMeasure[measure] = byType.GetValueOrDefault(IfcMeasures.UnitTypeOf(measure));
        for (var place = 0; place < store.Count; place++)
        {
            if (store.Word(place) is >= IfcWord.SIUnit and <= IfcWord.ContextDependentUnit and not (IfcWord.DerivedUnitElement or IfcWord.MeasureWithUnit) && reader.Read(place) is null)
                findings.Warn(IfcFindingCode.UnitUnread, "A unit cannot be read; values in it have none.", store.Locator(place));
        }
        if (all.Count == 0)
            findings.Tell(FindingCode.UnitsUndeclared, "The file assigns no units; SI units are assumed.");
    }

    /// <summary>In the order of the assignment, one of each type.</summary>
    public IReadOnlyList<IfcUnit> All { get; }

    /// <summary>The unit of a type: <c>LENGTHUNIT</c>; null when the project assigns none.</summary>
    public IfcUnit? OfType(string unitType) => byType.GetValueOrDefault(unitType);

    /// <summary>The unit of a defined type's number in <see cref="IfcMeasures"/>.</summary>
    public IfcUnit? OfMeasure(int measure) => measure < 0 ? null : byMeasure[measure];

    /// <summary>The unit that an attribute refers to; null when it refers to none, so that the project's counts.</summary>
    public IfcUnit? Of(ArgumentReader attribute) => attribute.TryReference(out var id) ? reader.Read(store.Find(id)) : null;
}
