using System.Text;
using PyBase.Extraction.Part21;

namespace PyBase.Extraction.Ifc;

/// <summary>
/// Turns property sets and element quantities into rows:
/// <code>
/// #1=IFCPROPERTYSET(guid,#history,'Pset_WallCommon',$,(#2,#3));
/// #2=IFCPROPERTYSINGLEVALUE('IsExternal',$,IFCBOOLEAN(.T.),$);
/// #3=IFCCOMPLEXPROPERTY('Layer #1',$,'usage',(#4));
/// #5=IFCELEMENTQUANTITY(guid,#history,'BaseQuantities',$,$,(#6));
/// #6=IFCQUANTITYLENGTH('Length',$,#unit,2.5);
/// </code>
/// </summary>
sealed class PropertySetReader(InstanceStore store, ProjectUnits units, RowCounts counts, IfcOptions options)
{
    const int MaxRaw = 1000;

    readonly ValueReader values = new(units, options.MaxItems);

    /// <summary>Adds the rows of a property set, at most <paramref name="max"/> to the list in all.</summary>
    public void Properties(int set, ModelObject owner, IfcSource from, List<IfcProperty> rows, int max)
    {
        if (store.Word(set) == IfcWord.PropertySet)
            Members(set, RowCounts.Properties, store.Text(set, 2), "", owner, from, rows, max);
    }

    /// <summary>Adds the rows of an element quantity.</summary>
    public void Quantities(int set, ModelObject owner, IfcSource from, List<IfcQuantity> rows, int max)
    {
        if (store.Word(set) == IfcWord.ElementQuantity)
            Quantities(set, RowCounts.Quantities, store.Text(set, 2), "", owner, from, rows, max);
    }

    void Members(int place, int position, string? set, string path, ModelObject owner, IfcSource from, List<IfcProperty> rows, int max)
    {
        // A complex property without rows may still hold any number of others, which nobody needs to visit; one in itself has none.
        if (counts.Of(place, position) == 0 || !store.TryAttribute(place, position, out var list))
            return;
        var items = list.Items();
        while (rows.Count < max && items.Next())
        {
            var property = items.TryReference(out var id) ? store.Find(id) : -1;
            if (property < 0 || counts.IsCut(place, property))
                continue;
            if (store.Word(property) == IfcWord.ComplexProperty)
                Members(property, RowCounts.ComplexProperties, set, $"{path}{store.Text(property, 0)}/", owner, from, rows, max);
            else if (RowCounts.IsProperty(store.Word(property)))
                rows.Add(WithRaw(property, Property(property, set, path, owner, from)));
        }
    }

    IfcProperty Property(int place, string? set, string path, ModelObject owner, IfcSource from)
    {
        var a = store.Arguments(place);
        var name = a.Next() ? a.Text() : "";
        name = path.Length == 0 ? name : path + name;
        a.Skip(1);
        switch (store.Word(place))
        {
            case IfcWord.PropertySingleValue:
                return Row(IfcValueKind.Single, a.Next() ? values.Read(a) : default, a.Next() ? a : default);
            case IfcWord.PropertyListValue:
                return Row(IfcValueKind.List, a.Next() ? values.ReadMany(a) : default, a.Next() ? a : default);
            case IfcWord.PropertyEnumeratedValue:
                // EnumerationValues, EnumerationReference → Name, EnumerationValues, Unit
                var value = a.Next() ? values.ReadMany(a) : default;
                var choices = a.Next() && a.TryReference(out var id) ? store.Find(id) : -1;
                var hasUnit = choices >= 0 && store.Word(choices) == IfcWord.PropertyEnumeration;
                return Row(IfcValueKind.Enumerated, value, hasUnit && store.TryAttribute(choices, 2, out var unit) ? unit : default);
            case IfcWord.PropertyBoundedValue:
                // UpperBoundValue, LowerBoundValue, Unit, and since IFC4 SetPointValue
                var upper = Bound(ref a);
                var (type, symbol) = (values.Type, values.Unit);
                var lower = Bound(ref a);
                var own = a.Next() ? a : default;
                if (type.Length == 0)
                    (type, symbol) = (values.Type, values.Unit);
                var point = a.Next() ? values.Read(a) : default;
                if (type.Length == 0)
                    (type, symbol) = (values.Type, values.Unit);
                return new IfcProperty(owner.Guid, set, name, point, lower, upper, type, units.Of(own)?.Symbol ?? symbol, IfcValueKind.Bounded, from, owner.Locator);
            case IfcWord.PropertyTableValue:
                return Table(ref a);
            default:
                // UsageName, PropertyReference
                a.Skip(2);
                return new IfcProperty(owner.Guid, set, name, Referred(a), null, null, "", null, IfcValueKind.Reference, from, owner.Locator);
        }

        IfcProperty Row(IfcValueKind kind, IfcValue value, ArgumentReader unit) => new(
            owner.Guid, set, name, value, null, null, values.Type, units.Of(unit)?.Symbol ?? values.Unit, kind, from, owner.Locator);

        // DefiningValues, DefinedValues, Expression, DefiningUnit, DefinedUnit: 1=10; 2=20
        IfcProperty Table(ref ArgumentReader a)
        {
            var defining = a.Next() ? a.Items() : default;
            var defined = a.Next() ? a.Items() : default;
            var text = new StringBuilder();
            var (type, symbol) = ("", (string?)null);
            for (var count = 0; defining.Next() | defined.Next(); count++)
            {
                text.Append(count == 0 ? "" : "; ");
                if (count >= options.MaxItems)
                {
                    text.Append('…');
                    break;
                }
                text.Append(values.Read(defining).ToString()).Append('=').Append(values.Read(defined).ToString());
                if (count == 0)
                    (type, symbol) = (values.Type, values.Unit);
            }
            a.Skip(2);
            var unit = a.Next() ? units.Of(a)?.Symbol ?? symbol : symbol;
            return new IfcProperty(owner.Guid, set, name, text.Length == 0 ? default : new IfcValue(text.ToString()), null, null, type, unit, IfcValueKind.Table, from, owner.Locator);
        }
    }

    IfcProperty WithRaw(int place, IfcProperty row) =>
        row.Kind == IfcValueKind.Single ? row : row with { Raw = store.Raw(place, MaxRaw) };

    double? Bound(ref ArgumentReader a) => a.Next() ? values.Read(a).Number : null;

    // IfcObjectReferenceSelect: a material, a person, a table, …
    IfcValue Referred(ArgumentReader a)
    {
        if (!a.TryReference(out var id))
            return default;
        var place = store.Find(id);
        var name = place < 0 ? null : store.Text(place, IfcSchema.ClassOf(store.Keyword(place)) is null ? 0 : 2);
        return new IfcValue(name ?? (place < 0 ? "" : IfcSchema.NameOf(store.Keyword(place)) + " ") + Encoding.ASCII.GetString(a.Raw));
    }

    void Quantities(int place, int position, string? set, string path, ModelObject owner, IfcSource from, List<IfcQuantity> rows, int max)
    {
        if (counts.Of(place, position) == 0 || !store.TryAttribute(place, position, out var list))
            return;
        var items = list.Items();
        while (rows.Count < max && items.Next())
        {
            var quantity = items.TryReference(out var id) ? store.Find(id) : -1;
            if (quantity < 0 || counts.IsCut(place, quantity))
                continue;
            if (store.Word(quantity) == IfcWord.PhysicalComplexQuantity)
                Quantities(quantity, RowCounts.ComplexQuantities, set, $"{path}{store.Text(quantity, 0)}/", owner, from, rows, max);
            else if (RowCounts.IsQuantity(store.Word(quantity)))
                rows.Add(Quantity(quantity, set, path, owner, from));
        }
    }

    // Name, Description, Unit, LengthValue
    IfcQuantity Quantity(int place, string? set, string path, ModelObject owner, IfcSource from)
    {
        var a = store.Arguments(place);
        var name = path + (a.Next() ? a.Text() : "");
        a.Skip(1);
        var own = a.Next() ? units.Of(a) : null;
        double? value = a.Next() && a.TryNumber(out var number) ? number : null;
        var kind = QuantityKinds.NameOf(store.Word(place));
        return new IfcQuantity(owner.Guid, set, name, value, kind, (own ?? units.OfType(QuantityKinds.UnitTypeOf(store.Word(place))))?.Symbol, from, owner.Locator);
    }
}
