using System.Buffers.Binary;
using System.Globalization;

namespace PyBase.Extraction.Dxf.Tags;

/// <summary>
/// Binary DXF: after the sentinel of 22 bytes pairs without separators. Up to R12 a code is one byte, and 255 says that two
/// more follow; from R13 on it is two. Values are little-endian; texts end with a zero byte; binary chunks begin with their
/// length. A code of unknown kind leaves no way to find the next pair, so reading ends there.
/// </summary>
sealed class BinaryTagReader : FileTagReader
{
    readonly bool hasWideCodes;
    byte[] overlong = [];
    long place;

    public BinaryTagReader(TagWindow window, TagText text, FindingList findings) : base(window, text, findings)
    {
        window.Has(2);
        // The first pair is "0 SECTION", so a second zero byte belongs to the code.
        hasWideCodes = window.End - window.Position < 2 || window.Buffer[window.Position] switch
        {
            0 => window.Buffer[window.Position + 1] == 0,
            255 => false,
            _ => true,
        };
    }

    /// <summary>What a binary DXF file begins with.</summary>
    public static ReadOnlySpan<byte> Sentinel => "AutoCAD Binary DXF\r\n\x1a\0"u8;

    public override long Position => place;

    public override string PlaceAt(long position) => string.Create(CultureInfo.InvariantCulture, $"byte {position}");

    public override bool Read()
    {
        do
        {
            place = Window.Offset;
            if (!Window.Has(1))
                return false;
            if (!ReadCode() || !ReadValue())
                return false;
        }
        while (Code == 999);
        return true;
    }

    bool ReadCode()
    {
        if (!hasWideCodes)
        {
            Code = Window.Buffer[Window.Position++];
            if (Code != 255)
                return true;
        }
        if (!Window.Has(2))
            return Truncated();
        Code = BinaryPrimitives.ReadInt16LittleEndian(Take(2));
        return true;
    }

    bool ReadValue()
    {
        switch (BinaryValues.SizeOf(Code))
        {
            case BinaryValues.ZeroEnded:
                return ReadText();
            case BinaryValues.Chunk:
                if (!Window.Has(1) || !Window.Has(1 + Window.Buffer[Window.Position]))
                    return Truncated();
                Length = Window.Buffer[Window.Position];
                (Kind, Source, Start) = (ValueKind.Bytes, Window.Buffer, Window.Position + 1);
                Window.Position += 1 + Length;
                return true;
            case BinaryValues.Double:
                if (!Window.Has(8))
                    return Truncated();
                (Kind, RealValue) = (ValueKind.Real, BinaryPrimitives.ReadDoubleLittleEndian(Take(8)));
                return true;
            case var size when size > 0:
                if (!Window.Has(size))
                    return Truncated();
                var bytes = Take(size);
                (Kind, IntegerValue) = (ValueKind.Integer, size switch
                {
                    1 => bytes[0],
                    2 => BinaryPrimitives.ReadInt16LittleEndian(bytes),
                    4 => BinaryPrimitives.ReadInt32LittleEndian(bytes),
                    _ => BinaryPrimitives.ReadInt64LittleEndian(bytes),
                });
                return true;
            default:
                Findings.Fail(FindingCode.FileTruncated, "A binary group code is unknown; what follows it cannot be read.", Place);
                return false;
        }
    }

    bool ReadText()
    {
        var scanned = 0;
        var isOverlong = false;
        while (true)
        {
            var at = Window.Buffer.AsSpan(Window.Position + scanned, Window.End - Window.Position - scanned).IndexOf((byte)0);
            if (at >= 0)
            {
                Kind = ValueKind.Bytes;
                (Source, Start, Length) = isOverlong ? (overlong, 0, overlong.Length) : (Window.Buffer, Window.Position, scanned + at);
                Decoder.HasCut |= isOverlong;
                Window.Position += scanned + at + 1;
                return true;
            }
            scanned = Window.End - Window.Position;
            if (scanned > MaxValueBytes)
            {
                if (!isOverlong)
                    overlong = Window.Buffer.AsSpan(Window.Position, MaxValueBytes).ToArray();
                isOverlong = true;
                Window.Position = Window.End;
                scanned = 0;
            }
            if (!Window.Fill())
                return Truncated();
        }
    }

    ReadOnlySpan<byte> Take(int count)
    {
        Window.Position += count;
        return Window.Buffer.AsSpan(Window.Position - count, count);
    }

    bool Truncated()
    {
        Findings.Fail(FindingCode.FileTruncated, "The file ends between a group code and its value.", Place);
        return false;
    }
}
