namespace PyBase.Extraction.Sheets;

/// <summary>A row with at least one cell; cells in the order of their columns.</summary>
sealed record SheetRow(int Number, bool IsHidden, List<SheetCell> Cells)
{
    public string? this[int column]
    {
        get
        {
            // A row may have thousands of cells, and is asked for each of its columns.
            int low = 0, high = Cells.Count - 1;
            while (low <= high)
            {
                var middle = (low + high) / 2;
                if (Cells[middle].Column == column)
                    return Cells[middle].Text;
                if (Cells[middle].Column < column)
                    low = middle + 1;
                else
                    high = middle - 1;
            }
            return null;
        }
    }
}
