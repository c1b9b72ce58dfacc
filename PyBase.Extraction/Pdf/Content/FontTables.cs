using System.Buffers.Binary;

namespace PyBase.Extraction.Pdf.Content;

/// <summary>
/// Takes out of TrueType fonts what PdfPig would read and text, its place and its width do not need: it reads every outline of a font for
/// the first letter set in it, and a few bytes may claim 65,536 points, or as many names that share one long text.
/// </summary>
static class FontTables
{
    const int Header = 12, Entry = 16, MostTables = 64;

    /// <summary>Blanks outlines and names where <paramref name="font"/> is one (ISO/IEC 14496-22: <c>glyf</c>, <c>loca</c>, <c>name</c>); nothing else is touched.</summary>
    public static void Blank(Span<byte> font)
    {
        if (font.Length < Header + Entry || BinaryPrimitives.ReadUInt16BigEndian(font[4..]) is not (> 0 and <= MostTables and var listed))
            return;
        var directory = font[Header..Math.Min(font.Length, Header + (Entry * listed))];
        // What is found first may lie where the directory does: read all of it before anything is blanked.
        Span<(uint Offset, uint Length, bool IsCompact)> tables = stackalloc (uint, uint, bool)[MostTables];
        var count = 0;
        for (; directory.Length >= Entry; directory = directory[Entry..])
        {
            if (directory.StartsWith("glyf"u8) || directory.StartsWith("loca"u8) || directory.StartsWith("name"u8) || directory.StartsWith("CFF "u8))
                tables[count++] = (BinaryPrimitives.ReadUInt32BigEndian(directory[8..]), BinaryPrimitives.ReadUInt32BigEndian(directory[12..]), directory[0] == 'C');
        }
        foreach (var (offset, length, isCompact) in tables[..count])
        {
            if (offset >= font.Length)
                continue;
            var table = font.Slice((int)offset, (int)Math.Min(length, font.Length - offset));
            if (isCompact)
                GlyphPrograms.Blank(table);
            else
                table.Clear();
        }
    }

    /// <summary>The same for fonts that stand unpacked in a file, behind <c>stream</c>.</summary>
    public static void BlankUnpacked(Span<byte> file)
    {
        for (int at; (at = file.IndexOf("glyf"u8)) >= 0; file = file[(at + 4)..])
        {
            for (var start = at - Header; start >= 7 && start >= at - Header - (Entry * MostTables); start -= Entry)
            {
                if (!file[..start].EndsWith("stream\n"u8) && !file[..start].EndsWith("stream\r\n"u8))
                    continue;
                Blank(file[start..]);
                break;
            }
        }
    }
}
