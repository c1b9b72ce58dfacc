using System.Globalization;
using System.Text.RegularExpressions;
using PyBase.Extraction.PartsLists;
using PyBase.Notation.PartNumbers;

namespace PyBase.Extraction.Sheets.Bom;

/// <summary>A line of a parts list.</summary>
sealed record BomLine(int Row, int Level, string? Parent, IReadOnlyDictionary<string, string> Values, double? Quantity, bool IsInherited, string? Folded, bool IsHidden, string LevelBy);

/// <summary>
/// The lines of a table with their levels: by a column of levels, by the column a part number stands in, by numbers like 1.2.3,
/// by indentation, whichever is there first.
/// </summary>
static partial class BomLines
{
    const int MostLevels = 64;

    public static IEnumerable<BomLine> Of(BomTable table, FindingList findings, CancellationToken cancellation)
    {
        var indents = table.Of("part_number").Select(column => column.Column).ToList();
        var items = table.Of("item").Select(column => column.Column).FirstOrDefault();
        var levels = table.Of("level").Select(column => column.Column).FirstOrDefault();
        var hasSteps = indents.Count > 1 && indents.Count(column => table.Rows.Exists(row => row[column] is not null)) > 1;
        var hasNumbers = items > 0 && table.Rows.Exists(row => row[items] is { } text && Numbering().IsMatch(text) && text.Contains('.', StringComparison.Ordinal))
            && table.Rows.Count(row => row[items] is { } text && Numbering().IsMatch(text)) >= 0.6 * table.Rows.Count(row => row[items] is not null);
        var parents = new string?[MostLevels + 1];
        Stack<int> steps = [];
        foreach (var row in table.Rows)
        {
            cancellation.ThrowIfCancellationRequested();
            var values = Values(table, row, out var firstCell);
            if (!values.ContainsKey("part_number") && !values.ContainsKey("description") && !values.ContainsKey("reference") && !(values.ContainsKey("item") && values.ContainsKey("qty")))
                continue;
            if (IsTotal(values))
                continue;
            var (level, by) = levels > 0 && LevelOf(row[levels]) is { } stated ? (stated, "level")
                : hasSteps ? (Math.Max(0, indents.FindIndex(column => row[column] is not null)), "column")
                : hasNumbers && row[items] is { } item && Numbering().IsMatch(item) ? (item.Trim().TrimEnd('.').Count(letter => letter == '.'), "number")
                : firstCell is { } cell && Step(steps, Indent(cell)) is > 0 and var step ? (step, "indent")
                : (0, "none");
            level = Math.Clamp(level, 0, MostLevels);
            var part = values.GetValueOrDefault("part_number");
            string? folded = null;
            if (part is not null && PartNumber.TryParse(part, out var number, out _))
            {
                folded = number.Key;
                if (number.HasLookalikes)
                    findings.Tell(SheetFindingCode.Lookalikes, "A part number mixes letters of two scripts that look alike.", table.Sheet.Locate(row.Number, indents[0]));
            }
            var quantity = Quantity(table, row, values, findings, out var isInherited);
            parents[level] = part ?? values.GetValueOrDefault("item");
            yield return new BomLine(row.Number, level, level > 0 ? Enumerable.Range(1, level).Select(up => parents[level - up]).FirstOrDefault(parent => parent is not null) : null, values, quantity, isInherited, folded, row.IsHidden, by);
            Array.Clear(parents, level + 1, MostLevels - level);
        }
    }

    // The sum below a list is none of its lines: it has no number and no other name.
    static bool IsTotal(Dictionary<string, string> values) =>
        values.Where(value => value.Key is "item" or "part_number" or "description" or "reference").Select(value => value.Value).ToList() is [var only] && Total().IsMatch(only);

    static Dictionary<string, string> Values(BomTable table, SheetRow row, out SheetCell? first)
    {
        Dictionary<string, string> values = [];
        first = null;
        foreach (var cell in row.Cells)
        {
            if (table.FieldAt(cell.Column) is not { } field || cell.Text.Trim() is not { Length: > 0 } text)
                continue;
            if (field is "part_number" or "description")
                first ??= cell;
            // A heading over several columns: a text in each is one text.
            values[field] = values.TryGetValue(field, out var before) ? $"{before} {text}" : text;
        }
        return values;
    }

    static double? Quantity(BomTable table, SheetRow row, Dictionary<string, string> values, FindingList findings, out bool isInherited)
    {
        isInherited = false;
        if (values.TryGetValue("qty", out var text) && !PartQuantity.IsNone(text))
        {
            if (PartQuantity.TryParse(text, out var quantity, out var unit))
            {
                if (unit is not null)
                    values.TryAdd("unit", unit);
                return quantity;
            }
            findings.Warn(FindingCode.QuantityUnread, "A quantity is no plain number.", table.Sheet.Locate(row.Number, table.Of("qty").First().Column));
            return null;
        }
        // A blank cell that is shown as one with the cell above says what that says.
        foreach (var column in table.Of("qty"))
        {
            var merged = table.MergedAbove(column.Column, row.Number);
            if (merged.Top <= table.HeaderRow || table.RowAt(merged.Top)?[merged.Left] is not { } above
                || !double.TryParse(above, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var inherited))
                continue;
            isInherited = true;
            return inherited;
        }
        return null;
    }

    // 2, 2.0, ..2
    static int? LevelOf(string? text)
    {
        if (text is null)
            return null;
        var digits = text.Trim().TrimStart('.', '-', '+', '>', ' ');
        return decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var level) && level is >= 0 and <= MostLevels && level == decimal.Truncate(level) ? (int)level : null;
    }

    // By the style of the cell, by dots, or by blanks before the text.
    static int Indent(SheetCell cell)
    {
        if (cell.Indent > 0)
            return cell.Indent;
        var dots = cell.Text.TakeWhile(letter => letter == '.').Count();
        return dots > 0 ? dots : cell.Text.TakeWhile(letter => letter is ' ' or '\u00A0' or '\u3000').Count();
    }

    // Any number of blanks is one step in from the line above that has fewer.
    static int Step(Stack<int> steps, int indent)
    {
        while (steps.TryPeek(out var last) && last >= indent)
            steps.Pop();
        if (indent > 0)
            steps.Push(indent);
        return steps.Count;
    }

    [GeneratedRegex(@"^\s*\d+(?:\.\d+)*\.?\s*$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Numbering();

    [GeneratedRegex(@"^\s*(?:(?:(?:grand\s*|sub\s*-?)?totals?(?:\s+(?:number|of|weight|mass|parts|items|pieces|qty|quantity|cost|price|amount))*|sum|(?:zwischen)?summe(?:\s+\p{L}+)?|gesamt(?:summe|gewicht|menge|preis|anzahl|masse)?|totale|total\s+g[eé]n[eé]ral|somme|suma|итого|всего|合计|合計|总计|小计|小計)\s*(?:[(\[][^)\]]{1,12}[)\]])?\s*[:=]?)\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Total();
}
