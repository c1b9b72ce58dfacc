namespace PyBase.Extraction.Sheets;

/// <summary>A sheet of a workbook, or the whole of a delimited text.</summary>
sealed class SheetGrid
{
    const int MostOver = 1000;

    public required string Name { get; init; }
    public string State { get; init; } = "visible";
    public List<SheetRow> Rows { get; } = [];
    public List<MergedCells> Merged { get; } = [];

    /// <summary>Those that begin in a row or reach over it, as many as a heading may have.</summary>
    public List<MergedCells> MergedOver(int row) => [.. Merged.Where(merged => merged.Top <= row && merged.Bottom >= row).Take(MostOver)];

    public int ColumnCount => Rows.Count == 0 ? 0 : Rows.Max(row => row.Cells.Count == 0 ? 0 : row.Cells[^1].Column);

    /// <summary>Sheet!B3, as a spreadsheet would name it; rows of text are counted alike.</summary>
    public string Locate(int row, int column) => $"{Name}!{ColumnName(column)}{row}";

    public static string ColumnName(int column)
    {
        var name = "";
        for (; column > 0; column = (column - 1) / 26)
            name = (char)('A' + (column - 1) % 26) + name;
        return name;
    }
}

/// <summary>Cells shown as one; the first holds the content.</summary>
readonly record struct MergedCells(int Top, int Left, int Bottom, int Right);
