namespace PyBase.Extraction.Pdf.Ocr;

/// <summary>A picture of a page.</summary>
/// <param name="Data">PNG or JPEG.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Dpi">Pixels per inch of the page.</param>
public sealed record OcrImage(ReadOnlyMemory<byte> Data, int Width, int Height, int Dpi);
