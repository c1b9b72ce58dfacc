using System.Text;

namespace PyBase.Extraction.Pdf.Content;

/// <summary>
/// Takes the programs that draw glyphs out of Type 1 and compact fonts, as <see cref="FontTables"/> takes outlines out of TrueType fonts: text,
/// its place and its width do not need them, and PdfPig follows a subroutine or an accent that calls itself until its stack ends, and with
/// it the process. Encodings and names of glyphs stay.
/// </summary>
static class GlyphPrograms
{
    const int EexecKey = 55665, CharstringKey = 4330, MostFonts = 8;
    const byte EndChar = 14, Return = 11, CharStrings = 17;

    // The least private part: one glyph, which is empty.
    static readonly byte[] Private =
    [
        .. "dup /Private 8 dict dup begin /RD {string currentfile exch readstring pop} executeonly def /ND {noaccess def} executeonly def /NP {noaccess put} executeonly def /BlueValues [] def /MinFeature {16 16} def /password 5839 def 2 index /CharStrings 1 dict dup begin\n/.notdef 9 RD "u8,
        .. Encrypted([0, 0, 0, 0, 139, 239, 13, EndChar, Return], CharstringKey), .. " ND\nend\nend\nreadonly put\nnoaccess put\ndup /FontName get exch definefont pop\nmark currentfile closefile\n"u8,
    ];

    /// <summary>Blanks the programs of a font where <paramref name="stream"/> is one; nothing else is touched.</summary>
    public static void Blank(Span<byte> stream)
    {
        if (stream.StartsWith("%!"u8) || stream.StartsWith((ReadOnlySpan<byte>)[0x80, 1]))
            BlankType1(stream);
        else if (stream.StartsWith((ReadOnlySpan<byte>)[1, 0]))
            BlankCompact(stream);
    }

    /// <summary>The same for fonts that stand unpacked in a file, behind <c>stream</c>.</summary>
    public static void BlankUnpacked(Span<byte> file)
    {
        for (int at; (at = file.IndexOf("stream"u8)) >= 0;)
        {
            file = file[(at + 6)..];
            var start = file.StartsWith("\r\n"u8) ? 2 : file.StartsWith("\n"u8) ? 1 : -1;
            if (start < 0 || file[start..] is not [0x80 or (byte)'%' or 1, 1 or (byte)'!' or 0, ..])
                continue;
            var end = file.IndexOf("endstream"u8);
            Blank(file[start..(end < start ? file.Length : end)]);
        }
    }

    static void BlankType1(Span<byte> font)
    {
        var at = font.IndexOf("eexec"u8);
        if (at < 0)
            return;
        var secret = font[Math.Min(font.Length, at + 6)..];
        // A header of six bytes between the parts of a font that came as a file.
        if (secret.StartsWith((ReadOnlySpan<byte>)[0x80, 2]))
            secret = secret[Math.Min(secret.Length, 6)..];
        secret.Fill((byte)' ');
        Private.AsSpan(0, Math.Min(Private.Length, secret.Length - Math.Min(4, secret.Length))).CopyTo(secret[Math.Min(4, secret.Length)..]);
        Encrypted(secret, EexecKey).CopyTo(secret);
    }

    static byte[] Encrypted(ReadOnlySpan<byte> plain, int key)
    {
        var secret = new byte[plain.Length];
        for (var i = 0; i < plain.Length; i++)
        {
            secret[i] = (byte)(plain[i] ^ key >> 8);
            key = (secret[i] + key) * 52845 + 22719 & 0xFFFF;
        }
        return secret;
    }

    // Adobe Technical Note 5176: header, names, dictionaries, strings, subroutines that all glyphs share; the first dictionary says where the glyphs are.
    static void BlankCompact(Span<byte> font)
    {
        if (font.Length < 4)
            return;
        var at = (int)font[2];
        if (!Entries(font, ref at, null, out _) || !Entries(font, ref at, null, out var dictionaries))
            return;
        var (from, to) = dictionaries;
        if (!Entries(font, ref at, null, out _) || !Entries(font, ref at, Return, out _))
            return;
        Span<double> places = stackalloc double[MostFonts];
        var count = Places(font[from..to], places);
        foreach (var place in places[..count])
        {
            at = place is >= 0 and < int.MaxValue ? (int)place : font.Length;
            Entries(font, ref at, EndChar, out _);
        }
    }

    // A list: how many, the width of a place, the places from one on, and the bytes; these are filled.
    static bool Entries(Span<byte> font, ref int at, byte? filling, out (int From, int To) bytes)
    {
        bytes = (at, at);
        if (at < 0 || at + 2 > font.Length)
            return false;
        var count = font[at] << 8 | font[at + 1];
        at += 2;
        if (count == 0)
            return true;
        if (at >= font.Length || font[at] is not (>= 1 and <= 4 and var width))
            return false;
        var from = at + 1L + ((count + 1L) * width);
        if (from > font.Length)
            return false;
        var last = 0L;
        foreach (var one in font.Slice((int)from - width, width))
            last = last << 8 | one;
        var to = (int)Math.Clamp(from - 1 + last, from, font.Length);
        if (filling is { } value)
            font[(int)from..to].Fill(value);
        (bytes, at) = (((int)from, to), to);
        return true;
    }

    static int Places(ReadOnlySpan<byte> dictionary, Span<double> places)
    {
        var count = 0;
        var last = -1.0;
        for (var at = 0; at < dictionary.Length; at++)
        {
            var one = dictionary[at];
            var rest = dictionary[(at + 1)..];
            if (one <= 21)
            {
                if (one == CharStrings && count < places.Length)
                    places[count++] = last;
                at += one == 12 ? 1 : 0;
            }
            else if (one == 28 && rest.Length >= 2)
                (last, at) = ((short)(rest[0] << 8 | rest[1]), at + 2);
            else if (one == 29 && rest.Length >= 4)
                (last, at) = (rest[0] << 24 | rest[1] << 16 | rest[2] << 8 | rest[3], at + 4);
            else if (one == 30)
            {
                // A number in digits ends with a half byte of ones.
                while (++at < dictionary.Length && (dictionary[at] & 0xF) != 0xF && dictionary[at] >> 4 != 0xF)
                {
                }
            }
            else if (one is >= 32 and <= 246)
                last = one - 139;
            else if (one >= 247 && rest.Length >= 1)
                (last, at) = (one <= 250 ? ((one - 247) * 256) + rest[0] + 108 : (-(one - 251) * 256) - rest[0] - 108, at + 1);
        }
        return count;
    }
}
