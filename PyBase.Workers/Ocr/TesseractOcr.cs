using System.Globalization;
using System.Text;
using PyBase.Extraction.Pdf.Ocr;
using PyBase.Workers.Programs;

namespace PyBase.Workers.Ocr;

/// <summary>Reads pictures with the program tesseract, within limits of time and memory.</summary>
public sealed class TesseractOcr : IOcr
{
    readonly BoundedProgram program;

    TesseractOcr(BoundedProgram program, string version) => (this.program, Engine) = (program, version);

    /// <inheritdoc/>
    public string Engine { get; }

    /// <summary>Languages as tesseract names them: <c>eng+deu</c>.</summary>
    public string Languages { get; init; } = "eng";

    /// <summary>The program as it is installed; null when it is not.</summary>
    public static TesseractOcr? Find(string name = "tesseract")
    {
        if (BoundedProgram.Find(name) is not { } program)
            return null;
        var about = (program with { MaxTime = TimeSpan.FromSeconds(5) }).Run(["--version"], default, CancellationToken.None);
        var line = about is null ? "" : Encoding.UTF8.GetString(about).Split('\n')[0].Trim();
        return line.Length > 0 ? new TesseractOcr(program, line) : null;
    }

    /// <summary>The same with another time for a page.</summary>
    public TesseractOcr With(TimeSpan limit) => new(program with { MaxTime = limit }, Engine) { Languages = Languages };

    /// <inheritdoc/>
    public OcrPage? Read(OcrImage image, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(image);
        var table = program.Run(["stdin", "stdout", "-l", Languages, "--dpi", image.Dpi.ToString(CultureInfo.InvariantCulture), "tsv"], image.Data, cancellationToken);
        return table is null ? null : new OcrPage(TesseractTable.Read(Encoding.UTF8.GetString(table)));
    }
}
