using System.Buffers.Text;
using System.Globalization;
using PyBase.Extraction.Dxf.Tags;

namespace PyBase.Extraction.Dwg.Objects;

/// <summary>
/// The objects of a DWG file as the pairs that a DXF file of the same drawing has, so that both are understood by the same code.
/// Records are made one at a time, when they are asked for.
/// </summary>
sealed class DwgTags(TagText text, long fileSize) : TagReader(text)
{
    struct Pair
    {
        public int Code;
        public ValueKind Kind;
        public double Real;
        public long Integer;
        public int Start, Length;
    }

    const int Keep = 1024 * 1024;

    Pair[] pairs = new Pair[64];
    byte[] bytes = new byte[4096];
    int count, next, used;

    /// <summary>Makes the next record; set before the first is read.</summary>
    public IEnumerator<ulong> Records { get; set; } = Enumerable.Empty<ulong>().GetEnumerator();

    public override long BytesRead => fileSize;

    /// <summary>The handle of the object that the current record was made of.</summary>
    public override long Position => unchecked((long)Records.Current);

    public override string PlaceAt(long position) => string.Create(CultureInfo.InvariantCulture, $"#{position:X}");

    /// <summary>Whether texts are of a code page in which a caret may be the second byte of a character, and which first bytes it has.</summary>
    public int DoubleBytePage { get; set; }

    /// <summary>How many pairs there are, to which <see cref="Cut"/> goes back.</summary>
    public int Count => count;

    public override bool Read()
    {
        while (next >= count)
        {
            count = next = used = 0;
            if (bytes.Length > Keep)
                bytes = new byte[4096];
            if (!Records.MoveNext())
                return false;
        }
        ref var pair = ref pairs[next++];
        (Code, Kind, RealValue, IntegerValue, Source, Start, Length) = (pair.Code, pair.Kind, pair.Real, pair.Integer, bytes, pair.Start, pair.Length);
        return true;
    }

    /// <summary>Takes back what was added after there were so many pairs.</summary>
    public void Cut(int to) => count = to;

    public void Begin(ReadOnlySpan<byte> type) => Add(0, type);

    public void Add(int code, double value) => Next() = new Pair { Code = code, Kind = ValueKind.Real, Real = value };

    public void Add(int code, long value) => Next() = new Pair { Code = code, Kind = ValueKind.Integer, Integer = value };

    public void Add(int code, (double X, double Y, double Z) point)
    {
        Add(code, point.X);
        Add(code + 10, point.Y);
        Add(code + 20, point.Z);
    }

    public void Add(int code, ReadOnlySpan<byte> value)
    {
        Room(value.Length);
        value.CopyTo(bytes.AsSpan(used));
        Next() = new Pair { Code = code, Start = used, Length = value.Length };
        used += value.Length;
    }

    public void AddHandle(int code, ulong value)
    {
        Room(16);
        Utf8Formatter.TryFormat(value, bytes.AsSpan(used), out var length, new System.Buffers.StandardFormat('X'));
        Next() = new Pair { Code = code, Start = used, Length = length };
        used += length;
    }

    /// <summary>A text as DXF writes it: control characters and the caret itself behind a caret.</summary>
    public void AddText(int code, ReadOnlySpan<byte> value)
    {
        Room(value.Length * 2);
        var start = used;
        for (var i = 0; i < value.Length; i++)
        {
            var one = value[i];
            if (IsFirstOfTwo(one) && i + 1 < value.Length)
            {
                bytes[used++] = one;
                bytes[used++] = value[++i];
            }
            else if (one == 0)
                continue;
            else if (one == '^')
            {
                bytes[used++] = one;
                bytes[used++] = (byte)' ';
            }
            else if (one < 32)
            {
                bytes[used++] = (byte)'^';
                bytes[used++] = (byte)(one + 64);
            }
            else
                bytes[used++] = one;
        }
        Next() = new Pair { Code = code, Start = start, Length = used - start };
    }

    bool IsFirstOfTwo(byte one) => DoubleBytePage switch
    {
        0 => false,
        932 => one is (>= 0x81 and <= 0x9F) or (>= 0xE0 and <= 0xFC),
        _ => one is >= 0x81 and <= 0xFE,
    };

    ref Pair Next()
    {
        if (count == pairs.Length)
            Array.Resize(ref pairs, count * 2);
        return ref pairs[count++];
    }

    void Room(int length)
    {
        if (bytes.Length - used < length)
            Array.Resize(ref bytes, Math.Max(bytes.Length * 2, used + length));
    }
}
