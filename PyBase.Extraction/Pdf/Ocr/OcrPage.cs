namespace PyBase.Extraction.Pdf.Ocr;

/// <summary>What was read from a picture.</summary>
/// <param name="Words">In the order of reading.</param>
public sealed record OcrPage(IReadOnlyList<OcrWord> Words);
