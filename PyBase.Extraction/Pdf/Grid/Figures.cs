using PyBase.Extraction.Pdf.Lines;

namespace PyBase.Extraction.Pdf.Grid;

/// <summary>What stands for a number in a table.</summary>
static class Figures
{
    const int Longest = 24;

    /// <summary>A figure with signs around, or a dash in its place.</summary>
    public static bool Is(string text) => text.Length <= Longest && (text.Count(char.IsDigit) >= 0.4 * text.Count(letter => !char.IsWhiteSpace(letter))
        || text is "-" or "–" or "—" or "†" or "‡" or "#" or "n/a" or "N/A" or "NA" or "*" or "..." or "…");

    /// <summary>1 649 692 is one number: groups of three digits behind one to three.</summary>
    public static bool AreOneNumber(TextRun left, TextRun right) => right.Along - left.End < 0.45 * right.Size && left.Text.Length <= 4 && char.IsDigit(left.Text[^1])
        && right.Text.Length >= 3 && right.Text.Take(3).All(char.IsDigit) && (right.Text.Length == 3 || !char.IsDigit(right.Text[3]));
}
