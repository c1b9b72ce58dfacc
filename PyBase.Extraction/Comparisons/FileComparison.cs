using System.Globalization;
using PyBase.Extraction.Envelope;
using PyBase.Extraction.Sheets;
using PyBase.Notation.PartNumbers;

namespace PyBase.Extraction.Comparisons;

/// <summary>
/// What changed between two files: parts by their numbers (letters that look alike are the same), dimensions and texts as what stands there, so that a drawing
/// whose entities were made anew has not changed.
/// </summary>
public static class FileComparison
{
    static readonly string[] PartTables = ["bom", "parts", "products"], DimensionTables = ["dimensions", "pmi_dimensions"], TextTables = ["texts", "notes"];
    static readonly string[] NumberColumns = ["part_number", "part_number_folded", "product"], ShownColumns = ["displayed", "text", "value"];
    static readonly string[] Quantities = ["qty", "total_qty", "quantity"];

    /// <summary>Where a row stands is no part of what it says.</summary>
    static readonly HashSet<string> Places = ["sheet", "level", "parent", "item", "path", "layer", "x", "y", "z", "level_by", "hidden", "page", "used_in"];

    /// <summary>The differences, parts first.</summary>
    /// <param name="before">The first file.</param>
    /// <param name="after">The second file.</param>
    /// <param name="most">No more than so many.</param>
    public static IReadOnlyList<Difference> Of(ExtractionResult before, ExtractionResult after, int most)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        return [.. Parts(before, after).Concat(Shown("dimensions", DimensionTables, before, after)).Concat(Shown("texts", TextTables, before, after)).Take(most)];
    }

    /// <summary>The rows of a table as a parts list, for comparing it with a file: its columns are told by their names, and those that mean nothing to a parts list are left out.</summary>
    /// <param name="columns">Their names, in order.</param>
    /// <param name="rows">Cells as text, with what the row is called.</param>
    public static ExtractionResult ListOf(IReadOnlyList<string> columns, IEnumerable<(string Locator, IReadOnlyList<string> Cells)> rows)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(rows);
        var fields = BomColumns.Map([.. columns]);
        var places = Enumerable.Range(0, fields.Length).Where(n => fields[n] is not null).ToArray();
        var list = rows.Select(row => new ExtractedRow([.. places.Select(n => Quantities.Contains(fields[n]) ? NumberOf(row.Cells[n]) : (Cell)row.Cells[n])], row.Locator)).ToList();
        var table = new ExtractedTable("bom", [.. places.Select(n => new TableColumn(fields[n]!, Quantities.Contains(fields[n]) ? ColumnType.Number : ColumnType.Text))], list, list.Count);
        return new ExtractionResult
        {
            Source = new ExtractionSource(FileFormat.Unknown, "", "", 0), Units = new ExtractionUnits(null, "deg", UnitSource.Unknown), Metadata = new Dictionary<string, string>(),
            Tables = [table], Findings = [], Statistics = new ExtractionStatistics(0, list.Count, TimeSpan.Zero), Truncated = false,
        };
    }

    static Cell NumberOf(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : new Cell();

    /// <summary>The differences that a file makes to a table: of the columns that both have, since neither need have those of the other.</summary>
    /// <param name="table">Of <see cref="ListOf"/>.</param>
    /// <param name="file">What was read.</param>
    /// <param name="most">No more than so many.</param>
    public static IReadOnlyList<Difference> OfTable(ExtractionResult table, ExtractionResult file, int most)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(file);
        return [.. Parts(table.Table("bom")!, PartTables.Select(file.Table).FirstOrDefault(found => found is not null) ?? new ExtractedTable("bom", [], [], 0), ofBoth: true).Take(most)];
    }

    sealed record Part(string Number, string Locator, SortedDictionary<string, string> Values, Dictionary<string, double> Sums);

    static IEnumerable<Difference> Parts(ExtractionResult before, ExtractionResult after)
    {
        // Both files by the table that both have: a parts list and an assembly count differently.
        if (PartTables.FirstOrDefault(kind => before.Table(kind) is not null && after.Table(kind) is not null) is not { } kind)
            return [];
        return Parts(before.Table(kind)!, after.Table(kind)!, ofBoth: false);
    }

    static IEnumerable<Difference> Parts(ExtractedTable before, ExtractedTable after, bool ofBoth)
    {
        var (old, now) = (PartsOf(before), PartsOf(after));
        bool IsCompared(string field) => !ofBoth || before.IndexOf(field) >= 0 && after.IndexOf(field) >= 0;
        foreach (var (key, part) in old)
            if (!now.TryGetValue(key, out var other))
                yield return new Difference("parts", "removed", part.Number, null, null, null, part.Locator, null);
            else
                foreach (var field in part.Values.Keys.Union(other.Values.Keys).Where(IsCompared).Order(StringComparer.Ordinal))
                    if (part.Values.GetValueOrDefault(field) is var was && other.Values.GetValueOrDefault(field) is var becomes && was != becomes)
                        yield return new Difference("parts", "changed", part.Number, field, was, becomes, part.Locator, other.Locator);
        foreach (var (key, part) in now)
            if (!old.ContainsKey(key))
                yield return new Difference("parts", "added", part.Number, null, null, null, null, part.Locator);
    }

    static OrderedDictionary<string, Part> PartsOf(ExtractedTable table)
    {
        var parts = new OrderedDictionary<string, Part>();
        if (NumberColumns.FirstOrDefault(key => table.IndexOf(key) >= 0) is not { } numbers)
            return parts;
        foreach (var row in table.Rows)
        {
            var number = table.At(row, numbers).ToString();
            var key = PartNumber.Fold(number);
            if (key.Length == 0)
                continue;
            if (!parts.TryGetValue(key, out var part))
                parts[key] = part = new Part(number, row.Locator, [], []);
            foreach (var column in table.Columns.Where(column => !Places.Contains(column.Key) && !NumberColumns.Contains(column.Key)))
            {
                var cell = table.At(row, column.Key);
                // A part in several lines is there as often as they say together.
                if (Quantities.Contains(column.Key) && cell.Number is { } count)
                    part.Values[column.Key] = (part.Sums[column.Key] = part.Sums.GetValueOrDefault(column.Key) + count).ToString("R", CultureInfo.InvariantCulture);
                else if (!Quantities.Contains(column.Key) && cell.ToString() is { Length: > 0 } text)
                    part.Values.TryAdd(column.Key, text);
            }
        }
        return parts;
    }

    /// <summary>What stands in one file oftener than in the other; where an entity of the same place says something else, it is one change.</summary>
    static IEnumerable<Difference> Shown(string kind, string[] tables, ExtractionResult before, ExtractionResult after)
    {
        var (old, now) = (TextsOf(tables, before), TextsOf(tables, after));
        var removed = Missing(old, now).ToList();
        var added = Missing(now, old).ToList();
        var byPlace = added.GroupBy(one => one.Locator).ToDictionary(group => group.Key, group => group.First());
        foreach (var one in removed)
            if (byPlace.Remove(one.Locator, out var other))
            {
                added.Remove(other);
                yield return new Difference(kind, "changed", one.Text, null, one.Text, other.Text, one.Locator, other.Locator);
            }
            else
                yield return new Difference(kind, "removed", one.Text, null, one.Text, null, one.Locator, null);
        foreach (var one in added)
            yield return new Difference(kind, "added", one.Text, null, null, one.Text, null, one.Locator);
    }

    static List<(string Text, string Locator)> TextsOf(string[] tables, ExtractionResult result) =>
    [
        .. tables.Select(result.Table).OfType<ExtractedTable>().SelectMany(table => ShownColumns.FirstOrDefault(key => table.IndexOf(key) >= 0) is { } column
            ? table.Rows.Select(row => (Text: string.Join(' ', table.At(row, column).ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), row.Locator)).Where(one => one.Text.Length > 0) : []),
    ];

    static IEnumerable<(string Text, string Locator)> Missing(List<(string Text, string Locator)> from, List<(string Text, string Locator)> than)
    {
        var left = than.CountBy(one => one.Text).ToDictionary(pair => pair.Key, pair => pair.Value);
        // Those in the same place are the same ones, so that of three equal texts the right one is missing.
        var places = than.Select(one => one).ToHashSet();
        foreach (var one in from.OrderBy(one => places.Contains(one) ? 0 : 1))
            if (left.TryGetValue(one.Text, out var count) && count > 0)
                left[one.Text] = count - 1;
            else
                yield return one;
    }
}
