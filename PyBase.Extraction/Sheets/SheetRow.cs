namespace PyBase.Extraction.Sheets;

/// <summary>A row with at least one cell; cells in the order of their columns.</summary>
sealed record SheetRow(int Number, bool IsHidden, List<SheetCell> Cells)
{
    public string? this[int column]
    {
        get
        {
            foreach (var cell in Cells)
            {
                if (cell.Column == column)
                    return cell.Text;
            }
            return null;
        }
    }
}
