using PyBase.Extraction.Pdf.Lines;

namespace PyBase.Extraction.Pdf.Grid;

/// <summary>Words of one line in the columns <paramref name="First"/> to <paramref name="Last"/>.</summary>
sealed record Piece(List<TextRun> Words, int Line, int First, int Last)
{
    public string Text { get; } = CellText.Join(Words);

    /// <summary>A figure with signs around, or a dash in its place.</summary>
    public bool IsNumeric => Figures.Is(Text);

    public bool IsYear => Text.Length is >= 4 and <= 7 && (Text.StartsWith("19", StringComparison.Ordinal) || Text.StartsWith("20", StringComparison.Ordinal)) && Text.Take(4).All(char.IsDigit);
}
