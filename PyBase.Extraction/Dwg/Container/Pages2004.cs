using System.Text;
using PyBase.Extraction.Dwg.Bits;

namespace PyBase.Extraction.Dwg.Container;

/// <summary>
/// The pages of R2004 and of R2010 to R2018. A disguised header at 0x80 says where the map of pages is; that says how large each
/// page is, in the order of the file; one of them is the map of parts, which says of what pages each part is made.
/// </summary>
sealed class Pages2004(byte[] file, DwgSections sections, ExpansionBudget budget, FindingList findings)
{
    const int HeaderAt = 0x80, HeaderSize = 0x6C, FirstPage = 0x100, SystemHeader = 20, PageHeader = 32, DescriptorSize = 0x60, PageEntry = 16;
    const int MostParts = 1000;
    const uint PageMap = 0x41630E3B, PartMap = 0x4163003B, DataPage = 0x4163043B, Disguise = 0x4164536B;

    /// <summary>More bytes than any page has.</summary>
    internal const int LargestPage = 16 * 1024 * 1024;

    readonly Dictionary<int, (long Place, int Size)> pages = [];

    public bool Read()
    {
        if (file.Length < FirstPage)
            return Fail("The file ends inside of its header.");
        var header = Header();
        if (!header.AsSpan(0, 11).SequenceEqual("AcFssFcAJMB"u8))
            return Fail("The file's header cannot be read.");
        if (SystemPage(DwgSections.Quad(header, 0x54) + FirstPage, PageMap) is not { } map)
            return Fail("The map of pages cannot be read.");
        ReadPages(map);
        if (!pages.TryGetValue(DwgSections.Long(header, 0x5C), out var page) || SystemPage(page.Place, PartMap) is not { } parts)
            return Fail("The map of parts cannot be read.");
        ReadParts(parts);
        return true;
    }

    bool Fail(string message)
    {
        findings.Fail(FindingCode.NotADwgFile, message);
        return false;
    }

    // Each byte is changed by one of a row of numbers that a simple generator gives.
    byte[] Header()
    {
        var header = file.AsSpan(HeaderAt, HeaderSize).ToArray();
        uint seed = 1;
        for (var i = 0; i < header.Length; i++)
        {
            seed = (seed * 0x343FD) + 0x269EC3;
            header[i] ^= (byte)(seed >> 16);
        }
        return header;
    }

    // Header of 20 bytes: kind, size expanded, size, compression, checksum of the header with that of the data.
    byte[]? SystemPage(long place, uint kind)
    {
        var head = DwgSections.Slice(file, place, SystemHeader);
        if (head.Count < SystemHeader || (uint)DwgSections.Long(head, 0) != kind)
            return null;
        var (expanded, size) = (DwgSections.Long(head, 4), DwgSections.Long(head, 8));
        var data = DwgSections.Slice(file, place + SystemHeader, size);
        if (expanded is <= 0 or > LargestPage || data.Count == 0 || budget.Take(expanded) is not { } buffer)
            return null;
        var blank = head.ToArray();
        blank.AsSpan(16).Clear();
        if (Checksums.Page(data, Checksums.Page(blank, 0)) != (uint)DwgSections.Long(head, 16))
            findings.Warn(FindingCode.ChecksumMismatch, "A map of the file does not match its checksum.");
        if (DwgSections.Long(head, 12) == 2)
            return new Expansion2004(data, buffer).Run() > 0 ? buffer : null;
        data.AsSpan(0, Math.Min(data.Count, buffer.Length)).CopyTo(buffer);
        return buffer;
    }

    // Number and size; a negative number is a gap, described in 16 bytes more.
    void ReadPages(byte[] map)
    {
        long place = FirstPage;
        for (var i = 0; i + 8 <= map.Length; i += 8)
        {
            var (number, size) = (DwgSections.Long(map, i), DwgSections.Long(map, i + 4));
            if (size < 0 || place > file.Length)
                break;
            if (number < 0)
                i += 16;
            else
                pages.TryAdd(number, (place, size));
            place += size;
        }
    }

    // 8 size, 4 pages, 4 size of a page expanded, 4, 4 compression, 4 number, 4 encryption, 64 name; of each page number, size, and place in the part.
    void ReadParts(byte[] map)
    {
        var count = Math.Clamp(DwgSections.Long(map, 0), 0, MostParts);
        long at = 20;
        for (var i = 0; i < count && at + DescriptorSize <= map.Length; i++)
        {
            var name = Encoding.ASCII.GetString(map, (int)at + 32, 64).Split('\0')[0];
            var (size, number, most, isCompressed) = (DwgSections.Quad(map, at), DwgSections.Long(map, at + 8), DwgSections.Long(map, at + 12), DwgSections.Long(map, at + 20) == 2);
            var first = at + DescriptorSize;
            number = (int)Math.Clamp(number, 0, (map.Length - first) / PageEntry);
            at = first + ((long)number * PageEntry);
            if (DwgSections.Wanted.Contains(name) && number > 0 && most is > 0 and <= LargestPage)
                sections[name] = Part(name, map.AsSpan((int)first, number * PageEntry), size, most, isCompressed);
        }
    }

    ArraySegment<byte> Part(string name, ReadOnlySpan<byte> entries, long size, int most, bool isCompressed)
    {
        // Pages of zeros are not written, so the last one tells the size; what the part says of itself may be more only within it.
        var length = Math.Min(size, DwgSections.Quad(entries, entries.Length - 8) + most);
        if (length <= 0 || budget.Take(length) is not { } part)
            return ArraySegment<byte>.Empty;
        var isDamaged = false;
        for (var i = 0; i + PageEntry <= entries.Length; i += PageEntry)
        {
            budget.Check();
            var start = DwgSections.Quad(entries, i + 8);
            if (start < 0 || start >= part.Length || !pages.TryGetValue(DwgSections.Long(entries, i), out var page) || !ReadPage(page.Place, part.AsSpan((int)start, (int)Math.Min(most, part.Length - start)), isCompressed))
                isDamaged = true;
        }
        if (isDamaged)
            findings.Fail(FindingCode.FileTruncated, $"Pages of the part '{name}' are missing or damaged: what they held is lost.");
        return part;
    }

    // Header of 32 bytes, disguised with the page's place: kind, number, size, size expanded, place in 8 bytes, checksums of header and data.
    bool ReadPage(long place, Span<byte> target, bool isCompressed)
    {
        var head = DwgSections.Slice(file, place, PageHeader);
        if (head.Count < PageHeader)
            return false;
        var mask = Disguise ^ (uint)place;
        if (((uint)DwgSections.Long(head, 0) ^ mask) != DataPage)
            return false;
        var size = (int)((uint)DwgSections.Long(head, 8) ^ mask);
        var data = DwgSections.Slice(file, place + PageHeader, size);
        if (data.Count == 0 || data.Count < size)
            return false;
        if (Checksums.Page(data, 0) != ((uint)DwgSections.Long(head, 28) ^ mask))
            findings.Warn(FindingCode.ChecksumMismatch, "A page of the file does not match its checksum.");
        if (isCompressed)
            return new Expansion2004(data, target).Run() == target.Length;
        data.AsSpan(0, Math.Min(data.Count, target.Length)).CopyTo(target);
        return true;
    }
}
