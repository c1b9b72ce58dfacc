using PyBase.Extraction.Pdf.Content;
using PyBase.Extraction.Pdf.Lines;

namespace PyBase.Extraction.Pdf.Sheet;

/// <summary>A text that may be a dimension: the run itself and the deviations that stand above each other behind it.</summary>
sealed record DimensionText(TextRun Run, string Main, string? Upper, string? Lower, Box Box)
{
    /// <summary>In one line: <c>12 H7 +0.018/0</c>.</summary>
    public string Whole => (Upper, Lower) switch
    {
        (null, null) => Main,
        (null, _) => $"{Main} {Lower}",
        (_, null) => $"{Main} {Upper}",
        _ => $"{Main} {Upper}/{Lower}",
    };
}
