namespace PyBase.Tests.Extraction.Dwg;

/// <summary>The compression of R2007 from the writing side, with every kind of repeat in turn.</summary>
sealed class DwgPacking
{
    // As the specification lists it: of a run of n literals the places in the order they are meant, with the length of each piece; a negative one goes backwards.
    static readonly (int Place, int Length)[][] Order =
    [
        [], [(0, 1)], [(0, -2)], [(0, -3)], [(0, 4)], [(4, 1), (0, 4)], [(5, 1), (1, 4), (0, 1)], [(5, -2), (1, 4), (0, 1)],
        [(0, 8)], [(8, 1), (0, 8)], [(9, 1), (1, 8), (0, 1)], [(9, -2), (1, 8), (0, 1)], [(8, 4), (0, 8)], [(12, 1), (8, 4), (0, 8)],
        [(13, 1), (9, 4), (1, 8), (0, 1)], [(13, -2), (9, 4), (1, 8), (0, 1)],
        [(8, 8), (0, 8)], [(9, 8), (8, 1), (0, 8)], [(17, 1), (9, 8), (1, 8), (0, 1)], [(16, -3), (8, 8), (0, 8)], [(16, 4), (8, 8), (0, 8)],
        [(20, 1), (16, 4), (8, 8), (0, 8)], [(20, -2), (16, 4), (8, 8), (0, 8)], [(20, -3), (16, 4), (8, 8), (0, 8)],
        [(16, 8), (8, 8), (0, 8)], [(17, 8), (16, 1), (8, 8), (0, 8)], [(25, 1), (17, 8), (16, 1), (8, 8), (0, 8)],
        [(25, -2), (17, 8), (16, 1), (8, 8), (0, 8)], [(24, 4), (16, 8), (8, 8), (0, 8)], [(28, 1), (24, 4), (16, 8), (8, 8), (0, 8)],
        [(28, -2), (24, 4), (16, 8), (8, 8), (0, 8)], [(30, 1), (26, 4), (18, 8), (10, 8), (2, 8), (0, -2)],
    ];

    readonly List<byte> packed = [];
    int kind;

    public static byte[] Pack(byte[] data)
    {
        var packing = new DwgPacking();
        packing.Write(data);
        return [.. packing.packed];
    }

    void Write(byte[] data)
    {
        var isOpening = true;
        for (int start = 0, at = 0; start < data.Length; start = at)
        {
            // A run up to the next repeat; the opening run is never empty.
            var (length, distance) = (0, 0);
            while (at < data.Length && (((length, distance) = Match(data, at)).length < 3 || (isOpening && at == start)))
                at++;
            var run = data[start..at];
            if (run.Length > 0)
                Literals(run, isOpening);
            if (at < data.Length)
            {
                Repeat(length, distance, isFirst: run.Length > 0);
                at += length;
            }
            isOpening = false;
        }
    }

    static (int Length, int Distance) Match(byte[] data, int at)
    {
        var best = (Length: 0, Distance: 0);
        for (var distance = 1; distance <= Math.Min(at, 9000); distance++)
        {
            var length = 0;
            while (at + length < data.Length && length < 5000 && data[at + length] == data[at + length - distance])
                length++;
            if (length > best.Length)
                best = (length, distance);
        }
        return best;
    }

    void Literals(byte[] run, bool isOpening)
    {
        if (run.Length >= 8)
        {
            packed.Add((byte)Math.Min(run.Length - 8, 15));
            if (run.Length >= 23)
                Long(run.Length - 23);
        }
        else if (isOpening)
            packed.AddRange([0x20, 0, 0, (byte)run.Length]);
        else
            packed[^1] |= (byte)run.Length;
        var left = run.AsSpan();
        for (; left.Length >= 32; left = left[32..])
            Store(left[..32], [(24, 8), (16, 8), (8, 8), (0, 8)]);
        Store(left, Order[left.Length]);
    }

    void Long(int more)
    {
        packed.Add((byte)Math.Min(more, 255));
        for (more -= 255; more >= 0; more -= 0xFFFF)
            packed.AddRange([(byte)Math.Min(more, 0xFFFF), (byte)(Math.Min(more, 0xFFFF) >> 8)]);
    }

    void Store(ReadOnlySpan<byte> run, (int Place, int Length)[] order)
    {
        var stored = new byte[run.Length];
        var from = 0;
        foreach (var (place, length) in order)
        {
            for (var i = 0; i < Math.Abs(length); i++)
                stored[length > 0 ? place + i : place - length - 1 - i] = run[from++];
        }
        packed.AddRange(stored);
    }

    void Repeat(int length, int distance, bool isFirst)
    {
        var back = distance - 1;
        switch (kind++ % 4)
        {
            case 0 when length <= 14 && back < 0x200:
                packed.AddRange([(byte)((length << 4) | (back & 15)), (byte)(back >> 4 << 3)]);
                break;
            case 1 when length <= 18 && back < 0x2000:
                packed.AddRange([(byte)(0x10 | (length - 3)), (byte)back, (byte)(back >> 8 << 3)]);
                break;
            case 2 when length is >= 0x13 and < 0x33 && back < 0x1000:
                packed.AddRange([(byte)((isFirst ? 0 : 0xF0) | ((length - 0x13) & 15)), (byte)back, (byte)((((length - 0x13) & 0x10) << 3) | (back >> 8 << 3))]);
                break;
            default:
                if (length < 0x100)
                    packed.AddRange([(byte)(0x20 | (length & 7)), (byte)distance, (byte)(distance >> 8), (byte)(length & 0xF8)]);
                else
                    packed.AddRange([(byte)(0x28 | (length & 7)), (byte)back, (byte)(back >> 8), (byte)((length - 0x100) >> 3), (byte)((length - 0x100) >> 11 << 3)]);
                break;
        }
    }
}
