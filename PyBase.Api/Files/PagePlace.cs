using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PyBase.Api.Files;

/// <summary>Where on a page a cell came from: its locator is <c>p2[10.0,20.0,110.5,32.0]</c>, in points from the lower left corner, or <c>p2</c> for all of it.</summary>
/// <param name="Page">From 1 on.</param>
/// <param name="Box">Left, bottom, right, top.</param>
readonly record struct PagePlace(int Page, (double Left, double Bottom, double Right, double Top)? Box)
{
    /// <summary>What of a PNG says how large it is: the signature and the chunks IHDR and pHYs.</summary>
    const int Head = 62;

    const double Inch = 0.0254, PointsOfInch = 72;

    /// <summary>The place that a locator means; null where it means none, so that nothing of it but numbers gets into a document.</summary>
    public static PagePlace? Of(string? locator)
    {
        if (locator is not { Length: > 1 and <= 200 } || locator[0] != 'p')
            return null;
        var parts = locator[1..].Split('[', 2);
        if (!int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var page) || page < 1)
            return null;
        if (parts.Length == 1)
            return new PagePlace(page, null);
        double[] edges = [.. parts[1].Split(']')[0].Split(',').Select(edge => double.TryParse(edge, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : double.NaN)];
        return edges is [var left, var bottom, var right, var top] && left <= right && bottom <= top ? new PagePlace(page, (left, bottom, right, top)) : new PagePlace(page, null);
    }

    /// <summary>Writes an SVG of the page, a PNG, with the box on it.</summary>
    public async Task MarkAsync(Stream png, Stream answer, CancellationToken cancellation)
    {
        await using (png)
        {
            var head = new byte[Head];
            await png.ReadExactlyAsync(head, cancellation);
            png.Position = 0;
            var (width, height) = (BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(20)));
            await answer.WriteAsync(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
                $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\"><image width=\"{width}\" height=\"{height}\" href=\"data:image/png;base64,")), cancellation);
            await using (var base64 = new CryptoStream(answer, new ToBase64Transform(), CryptoStreamMode.Write, leaveOpen: true))
                await png.CopyToAsync(base64, cancellation);
            await answer.WriteAsync(Encoding.UTF8.GetBytes($"\"/>{Rectangle(head, height)}</svg>"), cancellation);
        }
    }

    // A box as high as its text is easily overlooked: it is drawn a little larger.
    string Rectangle(ReadOnlySpan<byte> head, int height)
    {
        const double around = 4;
        if (Box is not var (left, bottom, right, top) || PixelsOfPoint(head) is not { } scale)
            return "";
        return string.Create(CultureInfo.InvariantCulture,
            $"<rect x=\"{(left * scale) - around:0.#}\" y=\"{height - (top * scale) - around:0.#}\" width=\"{((right - left) * scale) + (2 * around):0.#}\" height=\"{((top - bottom) * scale) + (2 * around):0.#}\" rx=\"3\" fill=\"#f60\" fill-opacity=\".2\" stroke=\"#f60\" stroke-width=\"3\"/>");
    }

    // pHYs: pixels of a metre across and down, and 1. They are rounded, and the resolution was a whole number of pixels an inch.
    static double? PixelsOfPoint(ReadOnlySpan<byte> head) =>
        head[37..].StartsWith("pHYs"u8) && head[49] == 1 ? Math.Round(BinaryPrimitives.ReadInt32BigEndian(head[41..]) * Inch) / PointsOfInch : null;
}
