using System.Text;

namespace PyBase.Extraction.Dwg.Container;

/// <summary>
/// The pages of R2007: as those of R2004, but numbers are of 8 bytes, the codes of compression others, and every page is spread
/// over blocks of 255 bytes with a Reed-Solomon code. The code could mend damage; here it is passed over.
/// </summary>
sealed class Pages2007(byte[] file, DwgSections sections, ExpansionBudget budget, FindingList findings)
{
    const int HeaderAt = 0x80, FirstPage = 0x480, HeaderSize = 0x400, SystemBlock = 239, DataBlock = 251, CodeBlock = 255;
    const long LargestPage = 64 * 1024 * 1024;

    readonly Dictionary<long, (long Place, long Size)> pages = [];

    public bool Read()
    {
        var header = new byte[0x110];
        var packed = Joined(DwgSections.Slice(file, HeaderAt, HeaderSize), 3, SystemBlock);
        var size = packed is null ? 0 : DwgSections.Long(packed, 24);
        if (packed is null || size <= 0 || size > packed.Length - 32 || new Expansion2007(packed.AsSpan(32, size), header).Run() < header.Length)
            return Fail("The file's header cannot be read.");
        if (SystemPage(DwgSections.Quad(header, 0x38), DwgSections.Quad(header, 0x50), DwgSections.Quad(header, 0x58), DwgSections.Quad(header, 0x18)) is not { } map)
            return Fail("The map of pages cannot be read.");
        ReadPages(map);
        if (!pages.TryGetValue(DwgSections.Quad(header, 0xC0), out var page)
            || SystemPage(page.Place, DwgSections.Quad(header, 0xB0), DwgSections.Quad(header, 0xC8), DwgSections.Quad(header, 0xD8)) is not { } parts)
            return Fail("The map of parts cannot be read.");
        ReadParts(parts);
        return true;
    }

    bool Fail(string message)
    {
        findings.Fail(FindingCode.NotADwgFile, message);
        return false;
    }

    // The blocks are written one byte of each in turn.
    static byte[]? Joined(ReadOnlySpan<byte> spread, long blocks, int size)
    {
        if (blocks <= 0 || blocks * size > LargestPage || spread.Length < blocks * size)
            return null;
        var joined = new byte[blocks * size];
        var at = 0;
        for (var block = 0; block < blocks; block++)
        {
            for (var i = 0; i < size; i++)
                joined[at++] = spread[(int)(block + (i * blocks))];
        }
        return joined;
    }

    byte[]? SystemPage(long place, long size, long expanded, long repeats)
    {
        if (size <= 0 || repeats <= 0 || size > LargestPage || repeats > LargestPage / size || expanded is <= 0 or > LargestPage || budget.Take(expanded) is not { } buffer)
            return null;
        var blocks = ((((size + 7) & ~7L) * repeats) + SystemBlock - 1) / SystemBlock;
        if (Joined(DwgSections.Slice(file, place + FirstPage, blocks * CodeBlock), blocks, SystemBlock) is not { } packed || packed.Length < size)
            return null;
        if (size == expanded)
            packed.AsSpan(0, (int)size).CopyTo(buffer);
        else if (new Expansion2007(packed.AsSpan(0, (int)size), buffer).Run() < buffer.Length)
            return null;
        return buffer;
    }

    // Size and number; a gap has a negative one.
    void ReadPages(byte[] map)
    {
        long place = 0;
        for (var i = 0; i + 16 <= map.Length; i += 16)
        {
            var (size, number) = (DwgSections.Quad(map, i), DwgSections.Quad(map, i + 8));
            if (size < 0 || place > file.Length)
                return;
            if (number > 0)
                pages.TryAdd(number, (place, size));
            place += size;
        }
    }

    // 8 bytes each: size, largest page, encryption, hash, bytes of the name, unknown, encoding, pages; the name; of each page place, size, number,
    // size expanded, size compressed, checksum, CRC.
    void ReadParts(byte[] map)
    {
        long at = 0;
        while (at + 64 <= map.Length)
        {
            var (size, nameLength, encoding, count) = (DwgSections.Quad(map, at), DwgSections.Quad(map, at + 32), DwgSections.Quad(map, at + 48), DwgSections.Quad(map, at + 56));
            at += 64;
            if (nameLength < 0 || nameLength > map.Length - at || count < 0 || count > (map.Length - at - nameLength) / 56)
                return;
            var name = Encoding.Unicode.GetString(map, (int)at, (int)nameLength).TrimEnd('\0');
            at += nameLength;
            if (DwgSections.Wanted.Contains(name) && count > 0)
                sections[name] = Part(name, map.AsSpan((int)at, (int)count * 56), size, encoding);
            at += count * 56;
        }
    }

    ArraySegment<byte> Part(string name, ReadOnlySpan<byte> entries, long size, long encoding)
    {
        var last = entries[^56..];
        var (end, extent) = (DwgSections.Quad(last, 0), DwgSections.Quad(last, 24));
        if (end < 0 || extent is < 0 or > LargestPage)
            return ArraySegment<byte>.Empty;
        var length = Math.Min(size, end + extent);
        if (length <= 0 || budget.Take(length) is not { } part)
            return ArraySegment<byte>.Empty;
        var isDamaged = false;
        for (var i = 0; i < entries.Length; i += 56)
        {
            budget.Check();
            isDamaged |= !ReadPage(entries[i..], part, encoding);
        }
        if (isDamaged)
            findings.Fail(FindingCode.FileTruncated, $"Pages of the part '{name}' are missing or damaged: what they held is lost.");
        return part;
    }

    bool ReadPage(ReadOnlySpan<byte> entry, byte[] part, long encoding)
    {
        var (start, expanded, size) = (DwgSections.Quad(entry, 0), DwgSections.Quad(entry, 24), DwgSections.Quad(entry, 32));
        if (start < 0 || start >= part.Length || expanded is <= 0 or > LargestPage || size is <= 0 or > LargestPage || !pages.TryGetValue(DwgSections.Quad(entry, 16), out var page))
            return false;
        ReadOnlySpan<byte> data = DwgSections.Slice(file, page.Place + FirstPage, page.Size);
        if (encoding == 4)
        {
            var blocks = (((size + 7) & ~7L) + DataBlock - 1) / DataBlock;
            data = Joined(data, blocks, DataBlock);
        }
        if (data.Length < size)
            return false;
        data = data[..(int)size];
        var target = part.AsSpan((int)start, (int)Math.Min(expanded, part.Length - start));
        if (size != expanded)
            return new Expansion2007(data, target).Run() == target.Length;
        data[..Math.Min(data.Length, target.Length)].CopyTo(target);
        return true;
    }
}
