using System.Buffers.Text;

namespace PyBase.Api.Json;

/// <summary>
/// Escapes that stand for no text: JSON may spell them, and then neither .NET makes a string of it nor PostgreSQL a text. Scripts do send them, as JavaScript
/// cuts an emoji in two without a word.
/// </summary>
static class JsonEscapes
{
    const int Length = 6; // backslash, u, four digits

    /// <summary>Rewrites the bytes in place and returns their new number: unpaired surrogates become U+FFFD, NUL goes.</summary>
    public static int Repair(Span<byte> json)
    {
        var (from, to) = (0, 0);
        while (json[from..].IndexOf((byte)'\\') is >= 0 and var next && from + next + 1 < json.Length)
        {
            Copy(json, next);
            var unit = Unit(json[from..]);
            if (unit is null)
                Copy(json, 2);
            else if (unit is 0)
                from += Length;
            else if (char.IsHighSurrogate((char)unit) && Unit(json[(from + Length)..]) is { } low && char.IsLowSurrogate((char)low))
                Copy(json, 2 * Length);
            else
            {
                if (char.IsSurrogate((char)unit))
                    "\\ufffd"u8.CopyTo(json[from..]);
                Copy(json, Length);
            }
        }
        Copy(json, json.Length - from);
        return to;

        void Copy(Span<byte> bytes, int count)
        {
            if (from != to)
                bytes.Slice(from, count).CopyTo(bytes[to..]);
            from += count;
            to += count;
        }
    }

    /// <summary>The UTF-16 unit that the escape at the beginning spells; null when it is another escape, or none.</summary>
    static int? Unit(ReadOnlySpan<byte> json) =>
        json.Length >= Length && json[0] == '\\' && json[1] == 'u' && Utf8Parser.TryParse(json.Slice(2, 4), out int unit, out var read, 'x') && read == 4 ? unit : null;
}
