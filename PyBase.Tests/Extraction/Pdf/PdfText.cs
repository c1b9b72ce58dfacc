using System.Globalization;
using System.Text;
using PyBase.Extraction.Envelope;
using PyBase.Extraction.Pdf;
using Xunit;

namespace PyBase.Tests.Extraction.Pdf;

/// <summary>A small PDF written for a test: pages of drawing operators with Helvetica as F1.</summary>
sealed class PdfText
{
    readonly List<StringBuilder> pages = [new()];
    readonly (int Width, int Height) size;

    public PdfText(int width = 600, int height = 400) => size = (width, height);

    public string Annotations { get; init; } = "";

    /// <summary>Everything is drawn a quarter turn against the clock: with /Rotate 90 it is looked at as if it were not.</summary>
    public bool IsTurned { get; init; }

    (double X, double Y) Place(double x, double y) => IsTurned ? (size.Width - y, x) : (x, y);

    public PdfText Page()
    {
        pages.Add(new StringBuilder());
        return this;
    }

    public PdfText Text(double x, double y, string text, double fontSize = 10, double angle = 0)
    {
        (x, y) = Place(x, y);
        angle += IsTurned ? 90 : 0;
        var (cos, sin) = (Math.Cos(angle * Math.PI / 180), Math.Sin(angle * Math.PI / 180));
        pages[^1].Append(CultureInfo.InvariantCulture, $"BT /F1 {fontSize} Tf {cos:0.#####} {sin:0.#####} {-sin:0.#####} {cos:0.#####} {x} {y} Tm ({text.Replace("(", "\\(", StringComparison.Ordinal).Replace(")", "\\)", StringComparison.Ordinal)}) Tj ET\n");
        return this;
    }

    public PdfText Line(double x1, double y1, double x2, double y2)
    {
        ((x1, y1), (x2, y2)) = (Place(x1, y1), Place(x2, y2));
        pages[^1].Append(CultureInfo.InvariantCulture, $"{x1} {y1} m {x2} {y2} l S\n");
        return this;
    }

    public PdfText Box(double x, double y, double width, double height)
    {
        if (IsTurned)
            (x, y, width, height) = (size.Width - y - height, x, height, width);
        pages[^1].Append(CultureInfo.InvariantCulture, $"{x} {y} {width} {height} re S\n");
        return this;
    }

    /// <summary>A box that is filled and not stroked.</summary>
    public PdfText Fill(double x, double y, double width, double height)
    {
        if (IsTurned)
            (x, y, width, height) = (size.Width - y - height, x, height, width);
        pages[^1].Append(CultureInfo.InvariantCulture, $"{x} {y} {width} {height} re f\n");
        return this;
    }

    public PdfText Circle(double x, double y, double radius)
    {
        (x, y) = Place(x, y);
        var k = 0.5523 * radius;
        pages[^1].Append(CultureInfo.InvariantCulture, $"{x + radius} {y} m {x + radius} {y + k} {x + k} {y + radius} {x} {y + radius} c {x - k} {y + radius} {x - radius} {y + k} {x - radius} {y} c {x - radius} {y - k} {x - k} {y - radius} {x} {y - radius} c {x + k} {y - radius} {x + radius} {y - k} {x + radius} {y} c s\n");
        return this;
    }

    public PdfText Arrow(double x, double y)
    {
        pages[^1].Append(CultureInfo.InvariantCulture, $"{x} {y} m {x + 8} {y + 2} l {x + 8} {y - 2} l h f\n");
        return this;
    }

    public byte[] Bytes()
    {
        List<string> objects = ["<< /Type /Catalog /Pages 2 0 R >>", $"<< /Type /Pages /Kids [{string.Join(' ', pages.Select((_, i) => $"{4 + 2 * i} 0 R"))}] /Count {pages.Count} >>", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"];
        foreach (var page in pages)
        {
            objects.Add($"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {size.Width} {size.Height}] /Contents {objects.Count + 2} 0 R /Resources << /Font << /F1 3 0 R >> >> {Annotations} >>");
            objects.Add($"<< /Length {page.Length} >>\nstream\n{page}endstream");
        }
        return Assemble([.. objects.Select(Encoding.Latin1.GetBytes)]);
    }

    /// <summary>A file of these objects, the first being the catalogue.</summary>
    public static byte[] Assemble(params byte[][] objects)
    {
        List<byte> file = [.. "%PDF-1.4\n"u8];
        List<int> offsets = [];
        for (var i = 0; i < objects.Length; i++)
        {
            offsets.Add(file.Count);
            file.AddRange([.. Encoding.Latin1.GetBytes($"{i + 1} 0 obj\n"), .. objects[i], .. "\nendobj\n"u8]);
        }
        var end = new StringBuilder();
        end.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Length + 1}\n0000000000 65535 f \n");
        foreach (var offset in offsets)
            end.Append(CultureInfo.InvariantCulture, $"{offset:0000000000} 00000 n \n");
        end.Append(CultureInfo.InvariantCulture, $"trailer << /Size {objects.Length + 1} /Root 1 0 R >>\nstartxref\n{file.Count}\n%%EOF\n");
        return [.. file, .. Encoding.Latin1.GetBytes(end.ToString())];
    }

    public ExtractionResult Read(PdfOptions? options = null) => Read(Bytes(), options);

    public static ExtractionResult Read(byte[] bytes, PdfOptions? options = null) => PdfReader.Read(new MemoryStream(bytes), options, TestContext.Current.CancellationToken);

    public static List<string> Rows(ExtractionResult result, string kind, params string[] columns)
    {
        var table = result.Table(kind);
        return table is null ? [] : [.. table.Rows.Select(row => string.Join(';', columns.Select(column => table.At(row, column).ToString())))];
    }
}
