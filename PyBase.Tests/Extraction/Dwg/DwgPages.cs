using System.Text;

namespace PyBase.Tests.Extraction.Dwg;

/// <summary>Lays sections into pages: those of R2004, and those of R2007 with their blocks spread.</summary>
static class DwgPages
{
    public static byte[] Write2004(string version, Dictionary<string, byte[]> sections, bool isFilled)
    {
        var file = new byte[0x100];
        DwgFile.Head(version).CopyTo(file, 0);
        List<byte> pages = [], parts = [.. Ints(sections.Count, 2, 0x7400, 0, sections.Count)], map = [];
        var number = 0;
        foreach (var (name, section) in sections)
        {
            number++;
            var data = isFilled ? Literal(section) : section;
            var place = 0x100 + pages.Count;
            var mask = 0x4164536B ^ (uint)place;
            var head = Ints(0x4163043B, number, data.Length, data.Length + 32, 0, 0, 0, unchecked((int)Sum(data, 0)));
            for (var i = 0; i < head.Length; i++)
                head[i] ^= (byte)(mask >> (8 * (i % 4)));
            pages.AddRange([.. head, .. data]);
            map.AddRange(Ints(number, data.Length + 32));
            parts.AddRange([.. Ints(section.Length, 0, 1, 0x7400, 1, isFilled ? 2 : 1, number, 0), .. Named(name), .. Ints(number, data.Length, 0, 0)]);
        }
        var partsAt = pages.Count;
        pages.AddRange(System(0x4163003B, [.. parts]));
        map.AddRange(Ints(number + 1, pages.Count - partsAt));
        var mapAt = pages.Count;
        map.AddRange(Ints(number + 2, map.Count + 8 + 20));
        pages.AddRange(System(0x41630E3B, [.. map]));
        byte[] header = new byte[0x6C];
        "AcFssFcAJMB\0"u8.CopyTo(header);
        BitConverter.GetBytes((long)mapAt).CopyTo(header, 0x54);
        BitConverter.GetBytes(number + 1).CopyTo(header, 0x5C);
        uint seed = 1;
        for (var i = 0; i < header.Length; i++)
        {
            seed = (seed * 0x343FD) + 0x269EC3;
            file[0x80 + i] = (byte)(header[i] ^ (seed >> 16));
        }
        return [.. file, .. pages];
    }

    // One run of literals, as programs write what cannot be compressed: of the data and of filler. Its length is 18, 255 for each zero, and the last byte.
    static byte[] Literal(byte[] data)
    {
        var zeros = (data.Length / 255) + 1;
        return [.. new byte[1 + zeros], 1, .. data, .. new byte[18 + (255 * zeros) + 1 - data.Length], 0x11];
    }

    public static byte[] Write2007(string version, Dictionary<string, byte[]> sections)
    {
        List<byte> pages = [], parts = [], map = [];
        long number = 0;
        foreach (var (name, data) in sections)
        {
            number++;
            var content = DwgPacking.Pack(data);
            if (content.Length == data.Length)
                content = data;
            var page = Spread(content, 251);
            pages.AddRange(page);
            map.AddRange(Longs(page.Length, number));
            var letters = Encoding.Unicode.GetBytes(name + "\0");
            parts.AddRange([.. Longs(data.Length, 0xF800, 0, 0, letters.Length, 0, 4, 1), .. letters, .. Longs(0, data.Length, number, data.Length, content.Length, 0, 0)]);
        }
        var partsPage = Spread([.. parts], 239);
        pages.AddRange(partsPage);
        map.AddRange(Longs(partsPage.Length, number + 1));
        var mapAt = pages.Count;
        map.AddRange(Longs(0x400, number + 2));
        pages.AddRange(Spread([.. map], 239));
        var header = new byte[0x110];
        void Set(int place, long value) => BitConverter.GetBytes(value).CopyTo(header, place);
        Set(0x18, 1);
        Set(0x38, mapAt);
        Set(0x50, map.Count);
        Set(0x58, map.Count);
        Set(0xB0, parts.Count);
        Set(0xC0, number + 1);
        Set(0xC8, parts.Count);
        Set(0xD8, 1);
        // One run of 272 literals: eight blocks of 32 and one of 16, each with its groups of 8 from the last to the first.
        List<byte> packed = [0x0F, 272 - 0x17];
        for (var start = 0; start < 272; start += 32)
        {
            for (var group = (start < 256 ? 24 : 8); group >= 0; group -= 8)
                packed.AddRange(header.AsSpan(start + group, 8));
        }
        byte[] block = [.. new byte[24], .. BitConverter.GetBytes(packed.Count), 0, 0, 0, 0, .. packed];
        var file = new byte[0x480];
        DwgFile.Head(version).CopyTo(file, 0);
        var spread = Spread(block, 239, 3);
        spread.CopyTo(file, 0x80);
        return [.. file, .. pages];
    }

    // Blocks of data with room for the code, one byte of each in turn; padded as the reader counts them.
    static byte[] Spread(byte[] data, int size, int blocks = 0)
    {
        if (blocks == 0)
            blocks = (((data.Length + 7) & ~7) + size - 1) / size;
        var spread = new byte[blocks * 255];
        for (var i = 0; i < data.Length; i++)
            spread[(i / size) + (i % size * blocks)] = data[i];
        return spread;
    }

    static byte[] System(int kind, byte[] data)
    {
        var head = Ints(kind, data.Length, data.Length, 1, 0);
        return [.. Ints(kind, data.Length, data.Length, 1, unchecked((int)Sum(data, Sum(head, 0)))), .. data];
    }

    static uint Sum(byte[] bytes, uint seed)
    {
        ulong low = seed & 0xFFFF, high = seed >> 16;
        foreach (var one in bytes)
        {
            low = (low + one) % 65521;
            high = (high + low) % 65521;
        }
        return (uint)((high << 16) | low);
    }

    static byte[] Named(string name)
    {
        var letters = new byte[64];
        Encoding.ASCII.GetBytes(name, letters);
        return letters;
    }

    static byte[] Ints(params int[] values) => [.. values.SelectMany(BitConverter.GetBytes)];

    static byte[] Longs(params long[] values) => [.. values.SelectMany(BitConverter.GetBytes)];
}
