using System.Globalization;
using System.Text.RegularExpressions;
using PyBase.Workers.Programs;

namespace PyBase.Workers.Pictures;

/// <summary>Pages of a PDF as PNG, by the programs of poppler where they are installed.</summary>
static partial class PageDrawing
{
    /// <summary>Pixels along the longer side, and of an inch, at most: enough to read the notes of a drawing, and 48 MB where they are drawn.</summary>
    const int MostPixels = 4000, MostDpi = 150;

    /// <summary>As many as are read of a document.</summary>
    const int MostPages = 500;

    static readonly Lazy<(BoundedProgram Facts, BoundedProgram Draw)?> Programs = new(() =>
        (BoundedProgram.Find("pdfinfo"), BoundedProgram.Find("pdftoppm")) is ({ } facts, { } draw) ? (facts, draw) : null);

    /// <summary>The page, whose resolution stands in the PNG, and how many there are; null without the programs, of a file they cannot read, and of a page that is not there.</summary>
    public static (byte[] Png, int Pages)? Draw(byte[] file, int page, CancellationToken cancellation)
    {
        var number = page.ToString(CultureInfo.InvariantCulture);
        if (Programs.Value is not ({ } program, { } draw) || program.Run(["-f", number, "-l", number, "-"], file, cancellation) is not { } about)
            return null;
        var facts = System.Text.Encoding.UTF8.GetString(about);
        if (!int.TryParse(Count().Match(facts).Groups[1].Value, CultureInfo.InvariantCulture, out var pages) || page > Math.Min(pages, MostPages) || Size().Match(facts) is not { Success: true } size)
            return null;
        var longest = Math.Max(Points(size.Groups[1]), Points(size.Groups[2]));
        var dpi = (int)Math.Clamp(Math.Floor(MostPixels * 72 / longest), 1, MostDpi);
        // The reader's boxes lie in what is looked at: the part that is not cropped.
        return draw.Run(["-png", "-cropbox", "-f", number, "-l", number, "-singlefile", "-r", dpi.ToString(CultureInfo.InvariantCulture), "-"], file, cancellation) is [0x89, (byte)'P', (byte)'N', (byte)'G', ..] and var png
            ? (png, Math.Min(pages, MostPages)) : null;
    }

    static double Points(Group number) => double.TryParse(number.Value, CultureInfo.InvariantCulture, out var points) && points > 1 ? points : 1;

    [GeneratedRegex(@"^Pages:\s+(\d{1,9})\s*$", RegexOptions.Multiline | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Count();

    // Page    2 size:  1190.55 x 841.89 pts (A3)
    [GeneratedRegex(@"^Page\s+\d+ size:\s+([\d.]+) x ([\d.]+) pts", RegexOptions.Multiline | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Size();
}
