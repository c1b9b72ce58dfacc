namespace PyBase.Extraction.Pdf.Ocr;

/// <summary>A word in a picture; pixels from its upper left corner.</summary>
/// <param name="Text">Without blanks.</param>
/// <param name="Left">Left edge.</param>
/// <param name="Top">Upper edge.</param>
/// <param name="Width">To the right edge.</param>
/// <param name="Height">To the lower edge.</param>
/// <param name="Line">Words of one number stand in one line.</param>
/// <param name="Confidence">0 to 1.</param>
public sealed record OcrWord(string Text, int Left, int Top, int Width, int Height, int Line, double Confidence);
