using System.Globalization;
using System.Text;
using PyBase.Extraction.Text;

namespace PyBase.Extraction.Dxf.Tags;

/// <summary>
/// <c>\U+2205</c> is U+2205; <c>\M+18140</c> are the bytes 81 40 of double-byte page 1. Both come in texts of any version.
/// A backslash before it (<c>\\U+2205</c> in MTEXT) makes it plain text.
/// </summary>
static class EscapedCharacters
{
    // The digit behind \M+ (AutoCAD's MIF).
    static readonly int[] Pages = [0, 932, 950, 949, 1361, 936];

    public static string Decode(string text)
    {
        var decoded = new StringBuilder(text.Length);
        var i = 0;
        while (i < text.Length)
        {
            if (text[i] == '\\' && i + 1 < text.Length && text[i + 1] == '\\')
            {
                decoded.Append(@"\\");
                i += 2;
            }
            else if (text[i] == '\\' && TryUnicode(text.AsSpan(i), decoded))
                i += 7;
            else if (text[i] == '\\' && TryMif(text.AsSpan(i), decoded))
                i += 8;
            else
                decoded.Append(text[i++]);
        }
        return WithoutHalves(decoded.ToString());
    }

    // Two escapes may make one character beyond U+FFFF; half of one is no text.
    static string WithoutHalves(string text) => text.Any(char.IsSurrogate) ? string.Concat(text.EnumerateRunes()) : text;

    static bool TryUnicode(ReadOnlySpan<char> text, StringBuilder decoded)
    {
        if (text is not ['\\', 'U' or 'u', '+', _, _, _, _, ..] || !TryHex(text[3..7], out var unit) || unit == 0)
            return false;
        decoded.Append((char)unit);
        return true;
    }

    static bool TryMif(ReadOnlySpan<char> text, StringBuilder decoded)
    {
        if (text is not ['\\', 'M' or 'm', '+', >= '1' and <= '5', _, _, _, _, ..] || !TryHex(text[4..8], out var pair))
            return false;
        decoded.Append(CodePages.Get(Pages[text[3] - '0']).GetString([(byte)(pair >> 8), (byte)pair]));
        return true;
    }

    static bool TryHex(ReadOnlySpan<char> digits, out int value) =>
        int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
}
