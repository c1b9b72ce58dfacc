using PyBase.Extraction.Part21;

namespace PyBase.Extraction.Ifc;

/// <summary>Makes the rows of properties and quantities object by object, while they are asked for; each enumeration starts anew.</summary>
sealed class PropertyRows(InstanceStore store, ModelObjects objects, Relations relations, ProjectUnits units, RowCounts counts, IfcOptions options)
{
    /// <summary>Exactly how many rows there are.</summary>
    public int PropertyCount { get; private set; }
    public int QuantityCount { get; private set; }

    public IEnumerable<IfcProperty> Properties() => Rows<IfcProperty>(false, NewReader().Properties, row => (row.Set, row.Name));

    public IEnumerable<IfcQuantity> Quantities() => Rows<IfcQuantity>(true, NewReader().Quantities, row => (row.Set, row.Name));

    /// <summary>Counts, so that what is odd is told before the first row.</summary>
    public void Settle(FindingList findings, CancellationToken cancellation)
    {
        PropertyCount = Count<IfcProperty>(false, NewReader().Properties, row => (row.Set, row.Name), findings, cancellation);
        QuantityCount = Count<IfcQuantity>(true, NewReader().Quantities, row => (row.Set, row.Name), findings, cancellation);
    }

    delegate void Reader<T>(int set, ModelObject owner, IfcSource from, List<T> rows, int max);

    PropertySetReader NewReader() => new(store, units, counts, options);

    IEnumerable<T> Rows<T>(bool quantities, Reader<T> read, Func<T, (string? Set, string Name)> nameOf)
    {
        var sets = new ObjectSets(store, relations, counts, options);
        List<T> rows = [];
        var left = options.MaxRows;
        foreach (var subject in objects.All)
        {
            sets.Load(subject, quantities);
            Fill(subject, sets, read, nameOf, rows, options.MaxRowsPerObject);
            foreach (var row in rows)
            {
                if (left-- <= 0)
                    yield break;
                yield return row;
            }
        }
    }

    static void Fill<T>(ModelObject subject, ObjectSets sets, Reader<T> read, Func<T, (string? Set, string Name)> nameOf, List<T> rows, int max)
    {
        rows.Clear();
        foreach (var set in sets.Own)
            read(set, subject, subject.Class.Kind == IfcKind.Type ? IfcSource.Type : IfcSource.Occurrence, rows, max);
        var own = rows.Count;
        foreach (var set in sets.OfType)
            read(set, subject, IfcSource.Type, rows, max);
        if (!sets.HaveNamesakes)
            return;
        // Two sets of one name may say the same twice, which is one row; where they differ, both stand in the file and both are given.
        var named = new HashSet<(string?, string)>(own);
        var seen = new HashSet<T>(rows.Count);
        var kept = 0;
        for (var i = 0; i < rows.Count; i++)
        {
            if (i < own)
                named.Add(nameOf(rows[i]));
            else if (named.Contains(nameOf(rows[i])))
                continue;
            if (seen.Add(rows[i]))
                rows[kept++] = rows[i];
        }
        rows.RemoveRange(kept, rows.Count - kept);
    }

    int Count<T>(bool quantities, Reader<T> read, Func<T, (string? Set, string Name)> nameOf, FindingList findings, CancellationToken cancellation)
    {
        var sets = new ObjectSets(store, relations, counts, options);
        List<T> rows = [];
        var sum = 0L;
        var isCut = false;
        for (var i = 0; i < objects.All.Count; i++)
        {
            if ((i & 0xFFF) == 0)
                cancellation.ThrowIfCancellationRequested();
            sets.Load(objects.All[i], quantities);
            isCut |= sets.Count > options.MaxRowsPerObject;
            if (sum < options.MaxRows && sets.HaveNamesakes)
            {
                Fill(objects.All[i], sets, read, nameOf, rows, options.MaxRowsPerObject);
                sum += rows.Count;
            }
            else
            {
                sum += Math.Min(sets.Count, options.MaxRowsPerObject);
            }
        }
        if (isCut || sets.IsCut || sum > options.MaxRows)
            findings.Warn(FindingCode.RowsCut, $"There are more {(quantities ? "quantities" : "properties")} than the limits allow; the rest was left out.");
        return (int)Math.Min(sum, options.MaxRows);
    }
}
