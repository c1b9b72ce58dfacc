namespace PyBase.Extraction.Sheets.Bom;

/// <summary>
/// Finds the table of a sheet: the row with most names of known fields, else the first row of texts over rows with as many
/// columns. A heading merged over several columns names all of them: for part numbers these are steps of indentation.
/// </summary>
static class BomFinder
{
    const int RowsSearched = 200;

    public static BomTable? Find(SheetGrid sheet)
    {
        var (header, fields) = (-1, 0);
        for (var i = 0; i < Math.Min(sheet.Rows.Count, RowsSearched); i++)
        {
            var row = sheet.Rows[i];
            var named = BomColumns.Map([.. row.Cells.Select(cell => cell.Kind == "text" ? cell.Text : null)]).OfType<string>().ToHashSet();
            if (BomColumns.IsPartsList(named) && named.Count > fields)
                (header, fields) = (i, named.Count);
        }
        var isPartsList = header >= 0;
        if (header < 0)
            header = PlainHeader(sheet);
        if (header < 0)
            return null;
        var headerRow = sheet.Rows[header];
        var second = header + 1 < sheet.Rows.Count && IsSecondHeader(sheet, headerRow, sheet.Rows[header + 1]) ? sheet.Rows[header + 1] : null;
        var above = header > 0 && second is null ? Spanning(sheet, sheet.Rows[header - 1], headerRow) : null;
        var columns = Columns(sheet, headerRow, second, above, isPartsList);
        var rows = sheet.Rows.Skip(header + (second is null ? 1 : 2)).ToList();
        return new BomTable
        {
            Sheet = sheet, HeaderRow = above is null ? headerRow.Number : above.Number, HeaderRows = second is null && above is null ? 1 : 2, Columns = columns,
            Rows = Ended(rows, columns, (second ?? headerRow).Number), IsPartsList = isPartsList,
        };
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
        var merged = sheet.MergedOver(header.Number);
        var groups = above is null ? [] : sheet.MergedOver(above.Number);
        foreach (var cell in header.Cells)
            labels[cell.Column] = cell.Text.Trim();
        if (second is not null)
        {
            foreach (var cell in second.Cells)
                labels[cell.Column] = Over(header, merged, cell.Column) is { } top ? $"{top} {cell.Text.Trim()}" : cell.Text.Trim();
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
        var fields = isPartsList ? BomColumns.Map([.. keys.Select(key => (string?)header[key] ?? labels[key])]) : new string?[keys.Count];
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

    static string? Over(SheetRow row, List<MergedCells> over, int column)
    {
        if (row[column] is { } own)
            return own.Trim();
        var merged = over.Find(range => range.Left <= column && range.Right >= column);
        return merged.Left > 0 ? row[merged.Left]?.Trim() : null;
    }

    // Up to a blank row behind which the table does not go on.
    static List<SheetRow> Ended(List<SheetRow> rows, List<BomColumn> columns, int before)
    {
        List<SheetRow> kept = [];
        foreach (var row in rows)
        {
            if (row.Number > before + 1 && kept.Count > 0 && !GoesOn(row, columns))
                break;
            kept.Add(row);
            before = row.Number;
        }
        return kept;
    }

    static bool GoesOn(SheetRow row, List<BomColumn> columns)
    {
        bool Has(string field, Func<string, bool> fits) => columns.Exists(column => column.Field == field && row[column.Column] is { } text && fits(text));
        return (Has("qty", text => char.IsDigit(text[0])) || Has("item", text => char.IsDigit(text[0]))) && (Has("part_number", _ => true) || Has("description", _ => true) || Has("reference", _ => true))
            || !columns.Exists(column => column.Field is "qty" or "item") && Has("part_number", text => text.Any(char.IsDigit));
    }
}
