namespace PyBase.Extraction.Sheets.Bom;

/// <summary>
/// Finds the tables of a sheet: the row with most names of known fields, else the first row of texts over rows with as many
/// columns. A heading merged over several columns names all of them: for part numbers these are steps of indentation.
/// </summary>
static class BomFinder
{
    const int RowsSearched = 200, MostTables = 100, LongestName = 40, LeastNames = 3;

    /// <summary>The tables of a sheet from the top. One may be any table; others above and below it are parts lists.</summary>
    public static List<BomTable> Find(SheetGrid sheet)
    {
        List<BomTable> tables = [];
        if (Best(sheet, 0, sheet.Rows.Count, isAnyTable: true) is not { } best)
            return tables;
        var end = sheet.Rows.FindIndex(row => row.Number >= best.HeaderRow);
        for (var start = 0; start < end && tables.Count < MostTables && Best(sheet, start, end, isAnyTable: false) is { } above && above.Rows.Count(row => GoesOn(row, above.Columns)) > 1; start = After(sheet, above))
            tables.Add(above);
        tables.Add(best);
        for (var start = After(sheet, best); start < sheet.Rows.Count && tables.Count < MostTables && Best(sheet, start, sheet.Rows.Count, isAnyTable: false) is { } below && below.Rows.Exists(row => GoesOn(row, below.Columns)); start = After(sheet, below))
            tables.Add(below);
        return tables;
    }

    static int After(SheetGrid sheet, BomTable table)
    {
        var last = table.Rows.Count > 0 ? table.Rows[^1].Number : table.HeaderRow + table.HeaderRows - 1;
        var after = sheet.Rows.FindIndex(row => row.Number > last);
        return after < 0 ? sheet.Rows.Count : after;
    }

    static BomTable? Best(SheetGrid sheet, int from, int to, bool isAnyTable)
    {
        var (header, fields, lines) = (-1, 0, 1);
        for (var i = from; i < Math.Min(to, from + RowsSearched); i++)
        {
            var row = sheet.Rows[i];
            if (Named(row) is var named && named > fields)
                (header, fields, lines) = (i, named, 1);
            if (i + 1 < to && IsNextLine(row, sheet.Rows[i + 1]) && Named(Joined(row, sheet.Rows[i + 1])) is var both && both > Math.Max(fields, named))
                (header, fields, lines) = (i, both, 2);
        }
        var isPartsList = header >= 0;
        if (header < 0 && isAnyTable)
            header = PlainHeader(sheet);
        if (header < 0)
            return null;
        var headerRow = sheet.Rows[header];
        var second = header + 1 < to && (lines > 1 || IsSecondHeader(sheet, headerRow, sheet.Rows[header + 1])) ? sheet.Rows[header + 1] : null;
        var above = header > from && second is null ? Spanning(sheet, sheet.Rows[header - 1], headerRow) : null;
        var columns = Columns(sheet, headerRow, second, above, isPartsList);
        var first = header + (second is null ? 1 : 2);
        return new BomTable
        {
            Sheet = sheet, HeaderRow = above is null ? headerRow.Number : above.Number, HeaderRows = second is null && above is null ? 1 : 2, Columns = columns,
            Rows = Ended(sheet.Rows.GetRange(first, to - first), columns, (second ?? headerRow).Number, isPartsList ? headerRow : null), IsPartsList = isPartsList,
        };
    }

    // How many known fields a row names; 0 when they make no parts list.
    static int Named(SheetRow row)
    {
        var named = BomColumns.Map([.. row.Cells.Select(cell => cell.Kind == "text" ? cell.Text : null)]).OfType<string>().ToHashSet();
        return BomColumns.IsPartsList(named) ? named.Count : 0;
    }

    // A heading set in two lines, each in a row of its own: no figures, nothing long.
    static bool IsNextLine(SheetRow row, SheetRow next) => next.Number == row.Number + 1 && row.Cells.Count > 1 && row.Cells.Concat(next.Cells).All(cell => cell.Kind == "text" && cell.Text.Length <= LongestName && !cell.Text.Any(char.IsDigit));

    static SheetRow Joined(SheetRow row, SheetRow next) => row with
    {
        Cells = [.. row.Cells.Concat(next.Cells).GroupBy(cell => cell.Column).OrderBy(cell => cell.Key).Select(cell => cell.Count() == 1 ? cell.First() : cell.First() with { Text = NameOf(cell.First().Text.Trim(), cell.Last().Text.Trim()) })],
    };

    // Part over Number is a part number; Unit over Qty is known by its lower line.
    static string NameOf(string upper, string lower)
    {
        var both = $"{upper} {lower}";
        return BomColumns.Find(both) is not null ? both : BomColumns.Find(lower) is not null ? lower : BomColumns.Find(upper) is not null ? upper : both;
    }

    // A heading in two rows: some names reach over both, or have others under them.
    static bool IsSecondHeader(SheetGrid sheet, SheetRow header, SheetRow next)
    {
        if (next.Number != header.Number + 1 || !next.Cells.TrueForAll(cell => cell.Kind == "text"))
            return false;
        var merged = sheet.MergedOver(header.Number).FindAll(each => each.Top == header.Number);
        var groups = merged.FindAll(each => each.Bottom == header.Number && each.Right > each.Left);
        return merged.Exists(each => each.Bottom == next.Number)
            || groups.Exists(group => HasSeveral(next, group)) && next.Cells.TrueForAll(cell => merged.Exists(each => each.Left <= cell.Column && each.Right >= cell.Column && each.Right > each.Left));
    }

    // The row of groups above the names: merged over some of them.
    static SheetRow? Spanning(SheetGrid sheet, SheetRow above, SheetRow header)
    {
        if (above.Number != header.Number - 1)
            return null;
        var groups = sheet.MergedOver(above.Number).FindAll(each => each.Top == above.Number && each.Bottom == above.Number && each.Right > each.Left && each.Right - each.Left + 1 < header.Cells.Count);
        return groups.Exists(group => above[group.Left] is not null && HasSeveral(header, group)) ? above : null;
    }

    static bool HasSeveral(SheetRow row, MergedCells group) => row.Cells.Where(cell => cell.Column >= group.Left && cell.Column <= group.Right).Skip(1).Any();

    static int PlainHeader(SheetGrid sheet)
    {
        for (var i = 0; i + 1 < Math.Min(sheet.Rows.Count, RowsSearched); i++)
        {
            var row = sheet.Rows[i];
            if (row.Cells.Count >= 2 && row.Cells.TrueForAll(cell => cell.Kind == "text" && cell.Text.Length <= 120) && sheet.Rows[i + 1].Cells.Count >= Math.Max(2, row.Cells.Count / 2) && sheet.Rows[i + 1].Number <= row.Number + 2)
                return i;
        }
        return -1;
    }

    static List<BomColumn> Columns(SheetGrid sheet, SheetRow header, SheetRow? second, SheetRow? above, bool isPartsList)
    {
        SortedDictionary<int, string> labels = [];
        Dictionary<int, string> names = [];
        var merged = sheet.MergedOver(header.Number);
        var groups = above is null ? [] : sheet.MergedOver(above.Number);
        foreach (var cell in header.Cells)
            labels[cell.Column] = cell.Text.Trim();
        if (second is not null)
        {
            foreach (var cell in second.Cells)
            {
                var (top, own) = (Over(header, merged, cell.Column), cell.Text.Trim());
                labels[cell.Column] = top is null ? own : $"{top} {own}";
                names[cell.Column] = top is null ? own : NameOf(top, own);
            }
        }
        if (above is not null)
        {
            foreach (var column in labels.Keys.ToList())
            {
                if (Over(above, groups, column) is { } top && groups.Exists(group => group.Top == above.Number && group.Left <= column && group.Right >= column))
                    labels[column] = $"{top} {labels[column]}";
            }
        }
        var keys = labels.Keys.ToList();
        var fields = isPartsList ? Fields([.. keys.Select(key => (string?)header[key] ?? labels[key])], [.. keys.Select(key => names.GetValueOrDefault(key) ?? labels[key])]) : new string?[keys.Count];
        List<BomColumn> columns = [];
        for (var i = 0; i < keys.Count; i++)
        {
            columns.Add(new BomColumn(keys[i], labels[keys[i]], fields[i]));
            var wide = merged.Find(range => range.Top == header.Number && range.Left == keys[i]);
            for (var column = keys[i] + 1; column <= Math.Min(wide.Right, keys[i] + 64) && !labels.ContainsKey(column); column++)
                columns.Add(new BomColumn(column, labels[keys[i]], fields[i]));
        }
        return columns;
    }

    // By the upper line of a heading, or by both together where that names more.
    static string?[] Fields(List<string?> upper, List<string?> whole)
    {
        var (one, other) = (BomColumns.Map(upper), BomColumns.Map(whole));
        return other.Count(field => field is not null) > one.Count(field => field is not null) ? other : one;
    }

    static string? Over(SheetRow row, List<MergedCells> over, int column)
    {
        if (row[column] is { } own)
            return own.Trim();
        var merged = over.Find(range => range.Left <= column && range.Right >= column);
        return merged.Left > 0 ? row[merged.Left]?.Trim() : null;
    }

    // Up to a blank row behind which the table does not go on, or to the heading of another; its own may be repeated.
    static List<SheetRow> Ended(List<SheetRow> rows, List<BomColumn> columns, int before, SheetRow? header)
    {
        List<SheetRow> kept = [];
        foreach (var row in rows)
        {
            if (header is not null && IsRepeated(row, header))
            {
                before = row.Number;
                continue;
            }
            if (row.Number > before + 1 && kept.Count > 0 && !GoesOn(row, columns) || header is not null && IsHeading(row))
                break;
            kept.Add(row);
            before = row.Number;
        }
        return kept;
    }

    static bool IsRepeated(SheetRow row, SheetRow header) => row.Cells.Count == header.Cells.Count && row.Cells.Count > 1 && row.Cells[0].Text == header.Cells[0].Text && row.Cells[^1].Text == header.Cells[^1].Text
        && row.Cells.Zip(header.Cells).All(pair => pair.First.Column == pair.Second.Column && pair.First.Text == pair.Second.Text);

    static bool IsHeading(SheetRow row) => row.Cells.Count >= LeastNames && !row.Cells.Exists(cell => cell.Text.Length > LongestName || cell.Text.Any(char.IsDigit)) && Named(row) >= LeastNames;

    static bool GoesOn(SheetRow row, List<BomColumn> columns)
    {
        bool Has(string field, Func<string, bool> fits) => columns.Exists(column => column.Field == field && row[column.Column] is { } text && fits(text));
        return (Has("qty", text => char.IsDigit(text[0])) || Has("item", text => char.IsDigit(text[0]))) && (Has("part_number", _ => true) || Has("description", _ => true) || Has("reference", _ => true))
            || !columns.Exists(column => column.Field is "qty" or "item") && Has("part_number", text => text.Any(char.IsDigit));
    }
}
