using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace PyBase.Extraction.Pdf.Content;

/// <summary>
/// How much a character map of a font makes of a few bytes:
/// <code>
/// 1 begincodespacerange &lt;00&gt; &lt;FF&gt; endcodespacerange
/// 2 beginbfrange &lt;0000&gt; &lt;FFFF&gt; &lt;0020&gt;   &lt;01&gt; &lt;02&gt; [&lt;0041&gt; &lt;0042&gt;] endbfrange
/// </code>
/// </summary>
static class CharacterMap
{
    // A text is kept for each code of a range, and room for as many code spaces as are announced.
    const int BytesOfEntry = 16, SpacesOfEntry = 4;

    static readonly SearchValues<byte> Ends = SearchValues.Create(" \r\n\t\f\0<[(/%"u8);

    /// <summary>Entries that the map stands for, those of long texts counted by their length.</summary>
    public static long Entries(ReadOnlySpan<byte> map)
    {
        var entries = 0L;
        var isRange = false;
        var part = 0;
        ReadOnlySpan<byte> before = default, low = default, high = default;
        while (map.Length > 0)
        {
            var length = Next(map, out var start);
            var token = map.Slice(start, length);
            map = map[(start + length)..];
            if (length == 0)
                continue;
            if (token[0] is not ((byte)'<' or (byte)'['))
            {
                if (token.EndsWith("begincodespacerange"u8))
                    entries += Announced(before.Length > 0 ? before : token[..^"begincodespacerange".Length]) / SpacesOfEntry;
                isRange = token.EndsWith("beginbfrange"u8);
                before = token[0] is >= (byte)'0' and <= (byte)'9' ? token : default;
                part = 0;
            }
            else if (isRange)
            {
                switch (part)
                {
                    case 0: low = token; break;
                    case 1: high = token; break;
                    // A list has a text for each code, so it is as long as it looks.
                    case 2 when token[0] == '<': entries += Math.Min(Codes(low, high), long.MaxValue / 1_000_000) * (1 + (token.Length / 2 / BytesOfEntry)); break;
                }
                part = (part + 1) % 3;
            }
            if (entries is < 0 or > long.MaxValue / 2)
                return long.MaxValue / 2;
        }
        return entries;
    }

    // PdfPig counts up from the one until it is not below the other, as many bytes as the first has; what is missing of the second counts as zeros.
    static long Codes(ReadOnlySpan<byte> low, ReadOnlySpan<byte> high)
    {
        var (from, to) = (Digits(low), Digits(high));
        var steps = Number(to.PadRight(from.Length, '0')[..from.Length]) - Number(from) + 1;
        return steps > long.MaxValue / 2 ? long.MaxValue / 2 : Math.Max(1, (long)steps);
    }

    // Whole bytes.
    static string Digits(ReadOnlySpan<byte> hex)
    {
        var digits = new StringBuilder(hex.Length + 1);
        foreach (var one in hex)
        {
            if (char.IsAsciiHexDigit((char)one))
                digits.Append((char)one);
        }
        return digits.Length % 2 == 0 ? digits.ToString() : digits.Append('0').ToString();
    }

    static BigInteger Number(string digits) => BigInteger.Parse($"0{digits}", NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    static long Announced(ReadOnlySpan<byte> number) => double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var count) ? (long)Math.Clamp(count, 0, int.MaxValue) : 0;

    // Where the next token begins and how long it is: a hex string without its end, a list without its end, or a word.
    static int Next(ReadOnlySpan<byte> map, out int start)
    {
        for (start = 0; start < map.Length; start++)
        {
            if (map[start] == '%')
                start = map[start..].IndexOfAny((byte)'\r', (byte)'\n') is >= 0 and var line ? start + line : map.Length - 1;
            else if (map[start] > ' ' && map[start] is not ((byte)'>' or (byte)']'))
                break;
        }
        if (start == map.Length)
            return 0;
        var rest = map[start..];
        var end = rest[0] switch
        {
            (byte)'<' => rest.IndexOf((byte)'>'),
            (byte)'[' => rest.IndexOf((byte)']'),
            _ => rest[1..].IndexOfAny(Ends) + 1,
        };
        return end > 0 ? end : rest.Length;
    }
}
