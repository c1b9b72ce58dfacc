using PyBase.Extraction.Envelope;
using PyBase.Notation.PartNumbers;

namespace PyBase.Extraction.PartsLists;

/// <summary>The lines of a parts list, whatever file they come from: an assembly, a list on a drawing, a sheet.</summary>
/// <example><code>
/// var list = PartsList.Of(result);
/// foreach (var part in list.Totals())
///     Console.WriteLine($"{part.Total} × {part.Number}");
/// </code></example>
public sealed class PartsList
{
    static readonly string[] Tables = ["assembly", "bom"], Quantities = ["qty", "total_qty"];

    /// <summary>What says something of the part, wherever it stands.</summary>
    static readonly string[] OfThePart = ["description", "name", "material", "finish", "manufacturer", "weight"];

    readonly IReadOnlyList<PartsLine> lines;
    readonly string[] keys;

    /// <summary>The line that each line belongs to, or -1; and whether its part stands below itself.</summary>
    readonly (int Above, bool IsCycle)[] places;

    /// <summary>Lines in the order of the list.</summary>
    public PartsList(IReadOnlyList<PartsLine> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        this.lines = lines;
        keys = [.. lines.Select(line => PartNumber.Fold(line.Number))];
        places = new (int, bool)[lines.Count];
        var open = new Stack<int>();
        var onPath = new HashSet<string>();
        for (var n = 0; n < lines.Count; n++)
        {
            while (open.TryPeek(out var last) && lines[last].Level >= lines[n].Level)
                Close();
            var above = open.TryPeek(out var one) ? one : -1;
            // What stands below a part that is not counted is not counted either.
            var isCycle = above >= 0 && places[above].IsCycle || keys[n].Length > 0 && onPath.Contains(keys[n]);
            places[n] = (above, isCycle);
            open.Push(n);
            if (!isCycle && keys[n].Length > 0)
                onPath.Add(keys[n]);
        }

        void Close()
        {
            var closed = open.Pop();
            if (!places[closed].IsCycle)
                onPath.Remove(keys[closed]);
        }
    }

    /// <summary>In the order of the list.</summary>
    public IReadOnlyList<PartsLine> Lines => lines;

    /// <summary>The list of a file; without lines when it has none.</summary>
    public static PartsList Of(ExtractionResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (Tables.Select(result.Table).FirstOrDefault(table => table is { RowCount: > 0 }) is not { } found)
            return new PartsList([]);
        // An assembly names its parts by where they stand.
        var parts = result.Table("parts");
        var places = parts?.Rows.GroupBy(row => row.Locator).ToDictionary(group => group.Key, group => group.First()) ?? [];
        return new PartsList([.. found.Rows.Select(row => places.TryGetValue(found.At(row, "part").ToString(), out var part) ? LineOf(found, row, parts!, part) : LineOf(found, row, found, row))]);
    }

    static PartsLine LineOf(ExtractedTable table, ExtractedRow row, ExtractedTable partTable, ExtractedRow part)
    {
        Cell First(string[] columns) => columns.Select(column => table.At(row, column)).FirstOrDefault(cell => !cell.IsEmpty, new Cell());
        var values = OfThePart.Select(column => (column, Text: partTable.At(part, column).ToString().Trim())).Where(value => value.Text.Length > 0).ToDictionary(value => value.column, value => value.Text);
        return new PartsLine(partTable.At(part, "part_number").ToString().Trim(), (int)(table.At(row, "level").Number ?? 0), First(Quantities).Number, table.At(row, "unit").ToString().Trim(), row.Locator, values);
    }

    /// <summary>Each part once, with how many of it the whole takes, in the order in which they are first named.</summary>
    public IReadOnlyList<PartTotal> Totals()
    {
        var counts = Counts();
        var isAssembly = new bool[lines.Count];
        foreach (var (above, _) in places.Where(place => place.Above >= 0))
            isAssembly[above] = true;
        var totals = new List<PartTotal>();
        foreach (var part in Enumerable.Range(0, lines.Count).Where(n => keys[n].Length > 0).GroupBy(n => keys[n]))
        {
            int[] own = [.. part], counted = [.. own.Where(n => !places[n].IsCycle)];
            var values = own.SelectMany(n => lines[n].Values).DistinctBy(value => value.Key).ToDictionary(value => value.Key, value => value.Value);
            var isWhole = counted.All(n => counts[n] is not null) && counted.Select(n => UnitOf(lines[n])).Distinct().Count() <= 1;
            totals.Add(new PartTotal(lines[own[0]].Number, isWhole ? counted.Sum(n => counts[n]!.Value) : null, lines[own[0]].Unit, own.Length, own.Any(n => isAssembly[n]),
                [.. counted.Select(n => places[n].Above).Where(above => above >= 0 && keys[above].Length > 0).DistinctBy(above => keys[above]).Select(above => lines[above].Number)], values, lines[own[0]].Locator));
        }
        return totals;
    }

    /// <summary>How many of each line the whole takes: the line's quantity times those of the lines it belongs to.</summary>
    double?[] Counts()
    {
        var counts = new double?[lines.Count];
        for (var n = 0; n < lines.Count; n++)
            counts[n] = QuantityOf(n) * (places[n].Above < 0 ? 1 : counts[places[n].Above]);
        return counts;
    }

    // The whole itself, above everything, is there once without saying so.
    double? QuantityOf(int n) => lines[n].Quantity ?? (IsWhole(n) ? 1 : null);

    bool IsWhole(int n) => places[n].Above < 0 && n + 1 < lines.Count && places[n + 1].Above == n;

    static string UnitOf(PartsLine line) => line.Unit.TrimEnd('.').ToUpperInvariant() is var unit && unit is "" or "PC" or "PCS" or "EA" or "EACH" or "STK" or "ST" or "U" or "PZ" or "ШТ" ? "" : unit;

    /// <summary>What is wrong with the list; equal findings are counted.</summary>
    public IReadOnlyList<Finding> Check()
    {
        var findings = new FindingList();
        if (lines.Count == 0)
            findings.Fail(PartsListFindingCode.Missing, "The file has no parts list.");
        var first = new Dictionary<string, int>();
        for (var n = 0; n < lines.Count; n++)
        {
            var (line, above) = (lines[n], n == 0 ? lines[n].Level : lines[n - 1].Level);
            if (keys[n].Length == 0)
                findings.Tell(PartsListFindingCode.NumberMissing, "A line has no part number; it is in no total.", line.Locator);
            if (line.Level > above + 1)
                findings.Warn(PartsListFindingCode.LevelJump, $"A line of level {line.Level} stands below one of level {above}.", line.Locator);
            if (QuantityOf(n) is null)
                findings.Warn(PartsListFindingCode.QuantityMissing, "A line does not say how many.", line.Locator);
            if (places[n] is (>= 0 and var parent, true) && !places[parent].IsCycle)
                findings.Warn(PartsListFindingCode.Cycle, $"The part {line.Number} stands below itself.", line.Locator);
            if (keys[n].Length > 0 && !first.TryAdd(keys[n], n))
                Compare(lines[first[keys[n]]], line, findings);
        }
        return findings.Items;
    }

    static void Compare(PartsLine first, PartsLine line, FindingList findings)
    {
        if (UnitOf(first) != UnitOf(line))
            findings.Warn(PartsListFindingCode.UnitDiffers, $"The part {line.Number} is counted in \"{first.Unit}\" and in \"{line.Unit}\".", line.Locator);
        foreach (var (column, value) in line.Values)
        {
            if (first.Values.TryGetValue(column, out var before) && !before.Equals(value, StringComparison.OrdinalIgnoreCase))
                findings.Warn(PartsListFindingCode.DataDiffers, $"The part {line.Number} has the {column} \"{Short(before)}\" and \"{Short(value)}\".", line.Locator);
        }
    }

    static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
