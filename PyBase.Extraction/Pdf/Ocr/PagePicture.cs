using PyBase.Extraction.Pdf.Content;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Tokens;

namespace PyBase.Extraction.Pdf.Ocr;

/// <summary>The largest picture of a page, and how what is read from it lies on the page.</summary>
sealed class PagePicture
{
    const long MostPixels = 200_000_000;

    public required OcrImage Image { get; init; }
    public required Box Box { get; init; }

    public static PagePicture? Of(Page page)
    {
        var largest = page.GetImages().Take(1000).MaxBy(image => image.BoundingBox.Width * image.BoundingBox.Height);
        if (largest is null || (long)largest.WidthInSamples * largest.HeightInSamples is <= 0 or > MostPixels || largest.BoundingBox.Width <= 0)
            return null;
        var bounds = largest.BoundingBox;
        var isJpeg = largest.ImageDictionary.TryGet(NameToken.Filter, out var filter) && (filter is NameToken { Data: "DCTDecode" } || filter is ArrayToken { Length: 1 } list && list[0] is NameToken { Data: "DCTDecode" });
        byte[] data;
        if (isJpeg)
            data = largest.RawBytes.ToArray();
        else if (!largest.TryGetPng(out data!))
            return null;
        return new PagePicture
        {
            Image = new OcrImage(data, largest.WidthInSamples, largest.HeightInSamples, (int)Math.Clamp(Math.Round(largest.WidthInSamples / bounds.Width * 72), 50, 2400)),
            Box = new Box(Math.Min(bounds.Left, bounds.Right), Math.Min(bounds.Bottom, bounds.Top), Math.Max(bounds.Left, bounds.Right), Math.Max(bounds.Bottom, bounds.Top)),
        };
    }

    /// <summary>Puts the words on the page as letters; the mean confidence.</summary>
    public double Lay(OcrPage read, PageContent content)
    {
        var (scaleX, scaleY) = (Box.Width / Image.Width, Box.Height / Image.Height);
        foreach (var line in read.Words.Where(word => word.Text.Length is > 0 and < 200).GroupBy(word => word.Line))
        {
            var size = Median(line.Select(word => word.Height * scaleY)) * 1.25;
            var baseline = Median(line.Select(word => (double)word.Top + word.Height));
            foreach (var word in line)
            {
                // Lines of a crooked scan rise and fall: words near the line's own height share its baseline.
                var bottom = Math.Abs(word.Top + word.Height - baseline) < 0.6 * word.Height ? baseline : word.Top + word.Height;
                var step = word.Width * scaleX / word.Text.Length;
                for (var i = 0; i < word.Text.Length; i++)
                    content.Glyphs.Add(new Glyph(word.Text[i].ToString(), Box.Left + word.Left * scaleX + i * step, Box.Top - bottom * scaleY, 1, 0, step, Math.Max(size, 1), content.Glyphs.Count));
            }
        }
        return read.Words.Count == 0 ? 0 : read.Words.Average(word => word.Confidence);
    }

    static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
