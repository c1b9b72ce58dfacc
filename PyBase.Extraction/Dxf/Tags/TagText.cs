using System.Text;
using System.Text.Unicode;
using PyBase.Extraction.Text;

namespace PyBase.Extraction.Dxf.Tags;

/// <summary>
/// Decodes texts. From R2007 (AC1021) on DXF is UTF-8, before that in the code page of <c>$DWGCODEPAGE</c>; programs write
/// UTF-8 under any page, so what is valid UTF-8 is read as that first. <c>\U+2205</c> and <c>\M+18140</c> (a character of a
/// double-byte page) may stand in texts of any version. Bytes that fit neither are judged by their look.
/// </summary>
sealed class TagText(int maxLength)
{
    readonly SortedSet<string> encodings = new(StringComparer.Ordinal);
    Encoding? page;
    readonly UndeclaredBytes seen = new();
    bool isDoubleByte;

    /// <summary>The names of the encodings that were needed beside ASCII.</summary>
    public IReadOnlyCollection<string> Encodings => encodings;

    /// <summary>The same in one, as <see cref="ExtractionSource.Encoding"/> has it.</summary>
    public string Names => encodings.Count == 0 ? "us-ascii" : string.Join('+', encodings);

    public bool HasGuessed { get; private set; }
    public bool HasCut { get; set; }

    /// <summary>Characters made so far.</summary>
    public long Characters { get; private set; }

    /// <summary>Takes the value of <c>$DWGCODEPAGE</c>: <c>ANSI_1252</c>, <c>dos932</c>; one that is not known is ignored.</summary>
    public void Declare(string codePage)
    {
        if (CodePageNames.Find(codePage) is not { } number)
            return;
        page = CodePages.Get(number);
        isDoubleByte = number is 932 or 936 or 949 or 950 or 1361;
    }

    /// <summary>What the reader of the file should know.</summary>
    public void Tell(FindingList findings)
    {
        if (HasGuessed)
            findings.Tell(FindingCode.EncodingGuessed, $"Text of no declared encoding was read as {string.Join(" and ", encodings)}.");
        if (HasCut)
            findings.Warn(FindingCode.TextCut, "A text is longer than the limit and was cut.");
    }

    public string Decode(ReadOnlySpan<byte> bytes)
    {
        var text = Plain(bytes);
        if (text.Contains("\\U+", StringComparison.OrdinalIgnoreCase) || text.Contains("\\M+", StringComparison.OrdinalIgnoreCase))
            text = EscapedCharacters.Decode(text);
        if (text.Contains('\0', StringComparison.Ordinal))
            text = text.Replace("\0", "", StringComparison.Ordinal);
        if (text.Length > maxLength)
        {
            HasCut = true;
            text = text[..(char.IsHighSurrogate(text[maxLength - 1]) ? maxLength - 1 : maxLength)];
        }
        Characters += text.Length;
        return text;
    }

    string Plain(ReadOnlySpan<byte> bytes)
    {
        if (Ascii.IsValid(bytes))
            return Encoding.ASCII.GetString(bytes);
        if (Utf8.IsValid(bytes))
        {
            var text = Encoding.UTF8.GetString(bytes);
            if (!isDoubleByte || !IsAccident(text, bytes))
            {
                encodings.Add(RawText.Utf8Name);
                return text;
            }
        }
        if (page is not null)
        {
            encodings.Add(page.WebName);
            return page.GetString(bytes);
        }
        HasGuessed = true;
        var guessed = seen.Guess(bytes);
        encodings.Add(guessed.WebName);
        return guessed.GetString(bytes);
    }

    // Two characters of a double-byte page may look like two of two bytes each in UTF-8, never like those of three.
    bool IsAccident(string text, ReadOnlySpan<byte> bytes) =>
        text.All(sign => sign < '\u0800') && !page!.GetString(bytes).Contains('\uFFFD');
}
