using System.Buffers;
using System.Globalization;
using System.Text;
using PyBase.Extraction.Text;

namespace PyBase.Extraction.Part21;

/// <summary>
/// Turns the bytes between two apostrophes into text (ISO 10303-21, 6.4.3 and annex on string encoding). Total: what is no
/// valid escape is taken literally, what is no character becomes U+FFFD, and the result never holds NUL or lone surrogates.
/// </summary>
/// <remarks>
/// <c>''</c> apostrophe; <c>\\</c> backslash; <c>\X2\00E4\X0\</c> UTF-16; <c>\X4\0001F600\X0\</c> UTF-32; <c>\X\E4</c> ISO 8859-1;
/// <c>\S\d</c> the character plus 128 in the part of ISO 8859 that <c>\PA\</c> … <c>\PI\</c> chose. Raw bytes above 127 are not
/// allowed before edition 3 (UTF-8 since), yet common: see <see cref="RawText"/>.
/// </remarks>
sealed class TextDecoder(int maxLength)
{
    static readonly SearchValues<byte> Special = SearchValues.Create(
        [(byte)'\'', (byte)'\\', 0x7F, .. Enumerable.Range(0, 0x20).Select(i => (byte)i), .. Enumerable.Range(0x80, 0x80).Select(i => (byte)i)]);

    readonly SortedSet<string> encodings = new(StringComparer.Ordinal);
    readonly TextCache cache = new();

    /// <summary>The encodings that raw bytes were read by, in alphabetical order; empty when all was ASCII.</summary>
    public IReadOnlyCollection<string> Encodings => encodings;

    /// <summary>Whether some text was longer than the limit.</summary>
    public bool HasCut { get; private set; }

    /// <summary>Whether a code page had to be guessed.</summary>
    public bool HasGuessed { get; private set; }

    public string Decode(ReadOnlySpan<byte> raw)
    {
        var special = raw.IndexOfAny(Special);
        if (special < 0 && raw.Length <= Math.Min(TextCache.LongestText, maxLength))
            return cache.Get(raw);
        var text = special < 0 ? Encoding.ASCII.GetString(raw[..Math.Min(raw.Length, maxLength + 1)]) : Slowly(raw);
        if (text.Length <= maxLength)
            return text;
        HasCut = true;
        return text[..(char.IsHighSurrogate(text[maxLength - 1]) ? maxLength - 1 : maxLength)];
    }

    string Slowly(ReadOnlySpan<byte> raw)
    {
        // Line ends inside a string belong to the file, not to the text (6.4.3): old writers wrap at column 80, amid escapes too.
        if (raw.IndexOfAny((byte)'\r', (byte)'\n') >= 0)
            raw = WithoutLineEnds(raw);
        // The longest way to write one character is "\X4\0001F600\X0\", 16 bytes.
        if (raw.Length > (maxLength + 1) * 16L)
            raw = raw[..((maxLength + 1) * 16)];
        var text = new StringBuilder(raw.Length);
        var pending = new ArrayBufferWriter<byte>(raw.Length);
        // \X\93\S\q is 二 in Shift-JIS (Vectorworks): bytes 80–9F are control characters in ISO 8859, so a text that has
        // one in its escapes is a code page in disguise.
        var isDisguised = HasHexControls(raw);
        var page = 1;
        var at = 0;
        while (at < raw.Length)
        {
            var b = raw[at];
            if (b == '\'')
            {
                // "''", or the single apostrophe that only a damaged file has here.
                Put(pending, b);
                at += at + 1 < raw.Length && raw[at + 1] == '\'' ? 2 : 1;
            }
            else if (b == '\\')
            {
                at += Escape(raw[at..], text, pending, isDisguised, ref page);
            }
            else
            {
                if (b >= 0x20 && b != 0x7F)
                    Put(pending, b);
                at++;
            }
        }
        Flush(text, pending, isDisguised);
        return Clean(text);
    }

    static byte[] WithoutLineEnds(ReadOnlySpan<byte> raw)
    {
        var bytes = new byte[raw.Length];
        var length = 0;
        foreach (var b in raw)
        {
            if (b is not ((byte)'\r' or (byte)'\n'))
                bytes[length++] = b;
        }
        return bytes[..length];
    }

    int Escape(ReadOnlySpan<byte> s, StringBuilder text, ArrayBufferWriter<byte> pending, bool isDisguised, ref int page)
    {
        if (s.StartsWith(@"\\"u8))
        {
            Put(pending, (byte)'\\');
            return 2;
        }
        if (s.StartsWith(@"\X2\"u8) || s.StartsWith(@"\X4\"u8))
        {
            Flush(text, pending, isDisguised);
            return 4 + Wide(s[4..], s[2] == '2' ? 4 : 8, text);
        }
        if (s.StartsWith(@"\X\"u8) && s.Length >= 5 && TryHex(s.Slice(3, 2), out var code))
        {
            if (isDisguised || code < 0x80)
            {
                Put(pending, (byte)code);
            }
            else
            {
                Flush(text, pending, isDisguised);
                text.Append((char)code);
            }
            return 5;
        }
        if (s.StartsWith(@"\S\"u8) && s.Length >= 4)
        {
            if (isDisguised)
            {
                Put(pending, (byte)(s[3] | 0x80));
            }
            else
            {
                Flush(text, pending, isDisguised);
                text.Append(CodePages.Iso8859(page).GetString([(byte)(s[3] | 0x80)]));
            }
            return s[3] == '\'' && s.Length > 4 && s[4] == '\'' ? 5 : 4;
        }
        if (s.Length >= 4 && s[1] == 'P' && s[3] == '\\' && s[2] is >= (byte)'A' and <= (byte)'I')
        {
            page = s[2] - 'A' + 1;
            return 4;
        }
        Put(pending, (byte)'\\');
        return 1;
    }

    // 00E400F6\X0\ ; some writers leave the end mark out, so the first thing that is no hex ends the run too.
    static int Wide(ReadOnlySpan<byte> s, int digits, StringBuilder text)
    {
        var at = 0;
        while (s.Length - at >= digits && TryHex(s.Slice(at, digits), out var code))
        {
            if (digits == 4)
                text.Append((char)code);
            else
                text.Append(Rune.IsValid(code) ? new Rune(code).ToString() : "\uFFFD");
            at += digits;
        }
        return s[at..].StartsWith(@"\X0\"u8) ? at + 4 : at;
    }

    static bool TryHex(ReadOnlySpan<byte> digits, out uint code) =>
        uint.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out code);

    static bool HasHexControls(ReadOnlySpan<byte> raw)
    {
        for (var i = raw.IndexOf(@"\X\"u8); i >= 0 && i + 4 < raw.Length;)
        {
            if (raw[i + 3] is (byte)'8' or (byte)'9' && Uri.IsHexDigit((char)raw[i + 4]))
                return true;
            var next = raw[(i + 3)..].IndexOf(@"\X\"u8);
            i = next < 0 ? -1 : i + 3 + next;
        }
        return false;
    }

    void Flush(StringBuilder text, ArrayBufferWriter<byte> pending, bool isDisguised)
    {
        if (pending.WrittenCount == 0)
            return;
        var bytes = pending.WrittenSpan;
        if (Ascii.IsValid(bytes))
        {
            text.Append(Encoding.ASCII.GetString(bytes));
        }
        else
        {
            text.Append(RawText.Decode(bytes, isDisguised, out var used));
            encodings.UnionWith(used);
            HasGuessed |= used.Any(name => name != RawText.Utf8Name);
        }
        pending.ResetWrittenCount();
    }

    static string Clean(StringBuilder text)
    {
        var s = text.ToString();
        for (var i = 0; i < s.Length; i++)
        {
            if (char.IsHighSurrogate(s[i]) && i + 1 < s.Length && char.IsLowSurrogate(s[i + 1]))
                i++;
            else if (char.IsSurrogate(s[i]) || s[i] == '\0')
                text[i] = '\uFFFD';
        }
        return text.ToString();
    }

    static void Put(ArrayBufferWriter<byte> pending, byte b)
    {
        pending.GetSpan(1)[0] = b;
        pending.Advance(1);
    }
}
