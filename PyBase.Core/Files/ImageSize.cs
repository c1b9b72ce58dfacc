using System.Buffers.Binary;

namespace PyBase.Core.Files;

/// <summary>Width and height of a picture in pixels, read from the beginning of its file: PNG, JPEG, GIF, WebP and BMP. Nothing is decoded.</summary>
public readonly record struct ImageSize(int Width, int Height)
{
    /// <summary>So much of a file is enough: a JPEG may carry metadata of some segments of 64 KiB before its size.</summary>
    public const int Head = 256 * 1024;

    /// <summary>The size; null where the bytes are no such picture, or broken.</summary>
    public static ImageSize? Read(ReadOnlySpan<byte> head)
    {
        ImageSize? size = head switch
        {
            // signature, length and name of the chunk IHDR, width, height
            _ when head.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]) && head.Length >= 24 =>
                new(BinaryPrimitives.ReadInt32BigEndian(head[16..]), BinaryPrimitives.ReadInt32BigEndian(head[20..])),
            _ when (head.StartsWith("GIF87a"u8) || head.StartsWith("GIF89a"u8)) && head.Length >= 10 =>
                new(BinaryPrimitives.ReadUInt16LittleEndian(head[6..]), BinaryPrimitives.ReadUInt16LittleEndian(head[8..])),
            // A negative height says that the rows come from the top.
            _ when head.StartsWith("BM"u8) && head.Length >= 26 => new(BinaryPrimitives.ReadInt32LittleEndian(head[18..]), Math.Abs(Math.Max(BinaryPrimitives.ReadInt32LittleEndian(head[22..]), -int.MaxValue))),
            _ when head.StartsWith("RIFF"u8) && head.Length >= 30 && head[8..].StartsWith("WEBPVP8"u8) => OfWebP(head[12..]),
            _ when head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8]) => OfJpeg(head),
            _ => null,
        };
        return size is { Width: > 0, Height: > 0 } ? size : null;
    }

    /// <summary>Three kinds of first chunk (RFC 9649, section 2): <c>VP8 </c> lossy, <c>VP8L</c> lossless, <c>VP8X</c> extended.</summary>
    static ImageSize? OfWebP(ReadOnlySpan<byte> chunk) => chunk[3] switch
    {
        (byte)' ' => new(BinaryPrimitives.ReadUInt16LittleEndian(chunk[14..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(chunk[16..]) & 0x3FFF),
        (byte)'L' when BinaryPrimitives.ReadUInt32LittleEndian(chunk[9..]) is var bits => new((int)(bits & 0x3FFF) + 1, (int)(bits >> 14 & 0x3FFF) + 1),
        (byte)'X' => new(1 + (chunk[12] | chunk[13] << 8 | chunk[14] << 16), 1 + (chunk[15] | chunk[16] << 8 | chunk[17] << 16)),
        _ => null,
    };

    /// <summary>Segments <c>FF marker length …</c>; the size stands in the start of frame, markers C0 to CF but for C4, C8 and CC (ITU-T T.81, table B.1).</summary>
    static ImageSize? OfJpeg(ReadOnlySpan<byte> head)
    {
        for (var at = 2; at + 9 < head.Length && head[at] == 0xFF;)
        {
            var marker = head[at + 1];
            if (marker == 0xFF)
                at++;
            else if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
                return new(BinaryPrimitives.ReadUInt16BigEndian(head[(at + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(head[(at + 5)..]));
            else
                at += 2 + BinaryPrimitives.ReadUInt16BigEndian(head[(at + 2)..]);
        }
        return null;
    }
}
