namespace PyBase.Extraction.Sheets.Bom;

/// <summary>A column of a table: where it is, what it is called, which field it is.</summary>
sealed record BomColumn(int Column, string Label, string? Field);

/// <summary>A table in a sheet: its heading and the rows below.</summary>
sealed class BomTable
{
    public required SheetGrid Sheet { get; init; }
    public required int HeaderRow { get; init; }
    public required int HeaderRows { get; init; }
    public required List<BomColumn> Columns { get; init; }
    public required List<SheetRow> Rows { get; init; }
    public required bool IsPartsList { get; init; }

    public IEnumerable<BomColumn> Of(string field) => Columns.Where(column => column.Field == field);

    Dictionary<int, string?>? fields;
    Dictionary<int, List<MergedCells>>? merged;

    /// <summary>The field of a column, or null.</summary>
    public string? FieldAt(int column) =>
        (fields ??= Columns.DistinctBy(each => each.Column).ToDictionary(each => each.Column, each => each.Field)).GetValueOrDefault(column);

    /// <summary>The row of a number, or null. Rows are in the order of their numbers.</summary>
    public SheetRow? RowAt(int number)
    {
        int low = 0, high = Rows.Count - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (Rows[middle].Number == number)
                return Rows[middle];
            if (Rows[middle].Number < number)
                low = middle + 1;
            else
                high = middle - 1;
        }
        return null;
    }

    /// <summary>Of cells shown as one that reach down to a row from above it, those that begin last; none begins at 0.</summary>
    public MergedCells MergedAbove(int column, int row)
    {
        merged ??= Of("qty").DistinctBy(each => each.Column).ToDictionary(each => each.Column,
            each => Sheet.Merged.FindAll(range => range.Left <= each.Column && range.Right >= each.Column).OrderBy(range => range.Top).ToList());
        if (!merged.TryGetValue(column, out var ranges))
            return default;
        int low = 0, high = ranges.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (ranges[middle].Top < row)
                low = middle + 1;
            else
                high = middle;
        }
        return low > 0 && ranges[low - 1].Bottom >= row ? ranges[low - 1] : default;
    }
}
