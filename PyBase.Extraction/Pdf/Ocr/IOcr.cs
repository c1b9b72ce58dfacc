namespace PyBase.Extraction.Pdf.Ocr;

/// <summary>A program that reads text from pictures. The extraction itself starts no processes.</summary>
public interface IOcr
{
    /// <summary>The program and its version, such as <c>tesseract 5.3.0</c>.</summary>
    string Engine { get; }

    /// <summary>The words of a picture, or null when the program failed or ran out of its time.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="cancellationToken">Ends the program.</param>
    OcrPage? Read(OcrImage image, CancellationToken cancellationToken);
}
