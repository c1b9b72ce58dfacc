using System.Globalization;
using System.Text;

namespace PyBase.Tests.Extraction.Pdf;

/// <summary>Fonts of one glyph, <c>t</c>, that are embedded in a PDF; one character a byte.</summary>
static class PdfFonts
{
    const int EexecKey = 55665, CharstringKey = 4330;

    public static string Type1(byte[] subroutine, byte[] glyph)
    {
        var (called, drawn) = (Encrypted(subroutine, CharstringKey), Encrypted(glyph, CharstringKey));
        const string open = "%!PS-AdobeFont-1.0: A 1\n/FontName /A def\n/PaintType 0 def\n/FontType 1 def\n/FontMatrix [0.001 0 0 0.001 0 0] readonly def\n/Encoding StandardEncoding def\n/FontBBox {0 0 1000 1000} readonly def\ncurrentdict end\ncurrentfile eexec\n";
        var secret = string.Create(CultureInfo.InvariantCulture, $"""
            dup /Private 8 dict dup begin
            /RD {"{string currentfile exch readstring pop}"} executeonly def
            /ND {"{noaccess def}"} executeonly def
            /NP {"{noaccess put}"} executeonly def
            /BlueValues [] def
            /MinFeature {"{16 16}"} def
            /password 5839 def
            /lenIV 4 def
            /Subrs 1 array
            dup 0 {called.Length} RD {called} NP
            ND
            2 index /CharStrings 2 dict dup begin
            /t {drawn.Length} RD {drawn} ND
            /.notdef {drawn.Length} RD {drawn} ND
            end
            end
            readonly put
            noaccess put
            dup /FontName get exch definefont pop
            mark currentfile closefile

            """);
        return open + Encrypted(Encoding.Latin1.GetBytes(secret), EexecKey) + new string('0', 512) + "\ncleartomark\n";
    }

    /// <summary>Glyphs call shared subroutines by their number less 107.</summary>
    public static string Compact(byte[][] subroutines, byte[] glyph)
    {
        byte[] charset = [0, 0, 85], glyphs = List([[14], glyph]);
        var start = Head(0, 0, 0).Length;
        return Encoding.Latin1.GetString([.. Head(start, start + charset.Length, start + charset.Length + glyphs.Length), .. charset, .. glyphs]);

        byte[] Head(int charset, int glyphs, int privates) => [1, 0, 4, 4, .. List(["A"u8.ToArray()]), .. List([[.. Number(charset), 15, .. Number(glyphs), 17, .. Number(0), .. Number(privates), 18]]), 0, 0, .. List(subroutines)];
    }

    static string Encrypted(byte[] plain, int key)
    {
        var secret = new StringBuilder();
        foreach (var one in (byte[])[0, 0, 0, 0, .. plain])
        {
            var letter = (byte)(one ^ key >> 8);
            key = (letter + key) * 52845 + 22719 & 0xFFFF;
            secret.Append((char)letter);
        }
        return secret.ToString();
    }

    static byte[] List(byte[][] items)
    {
        List<byte> list = [(byte)(items.Length >> 8), (byte)items.Length, 4];
        var place = 1;
        foreach (var length in items.Select(item => item.Length).Append(0))
        {
            list.AddRange([(byte)(place >> 24), (byte)(place >> 16), (byte)(place >> 8), (byte)place]);
            place += length;
        }
        return [.. list, .. items.SelectMany(item => item)];
    }

    static byte[] Number(int number) => [29, (byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number];
}
