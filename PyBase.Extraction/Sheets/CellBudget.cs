namespace PyBase.Extraction.Sheets;

/// <summary>Counts cells and characters against the limits.</summary>
sealed class CellBudget(SheetOptions options, FindingList findings)
{
    long cells, characters;

    public bool IsSpent { get; private set; }
    public long Cells => cells;

    /// <summary>The text as far as it may be kept; null when nothing more may.</summary>
    public string? Take(string text, SheetGrid grid, int row, int column)
    {
        if (IsSpent)
            return null;
        if (text.Length > options.MaxTextLength)
        {
            findings.Warn(FindingCode.TextCut, "A text is longer than the limit and was cut.", grid.Locate(row, column));
            text = text[..options.MaxTextLength];
        }
        if (++cells <= options.MaxCells && (characters += text.Length) <= options.MaxTextCharacters)
            return text;
        IsSpent = true;
        findings.Fail(SheetFindingCode.CellsCut, "There are more cells than the limits allow; the rest was left out.", grid.Locate(row, column));
        return null;
    }
}
