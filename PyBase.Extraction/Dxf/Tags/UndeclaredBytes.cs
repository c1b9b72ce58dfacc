using System.Text;
using PyBase.Extraction.Text;

namespace PyBase.Extraction.Dxf.Tags;

/// <summary>
/// Guesses the code page of a file that declares none. The texts of one file share a page, so each guess looks at what has been
/// seen before too; a text of few letters beyond ASCII tells nothing, and without any other it is Windows-1252.
/// </summary>
sealed class UndeclaredBytes
{
    const int Enough = 2048, LongestText = 256, FewLetters = 3;

    readonly List<byte> seen = [];
    Encoding last = CodePages.Get(1252);

    public Encoding Guess(ReadOnlySpan<byte> text)
    {
        if (seen.Count >= Enough || LettersBeyondAscii(text) <= FewLetters)
            return last;
        // An underscore would have the parts judged apart.
        foreach (var sign in text[..Math.Min(text.Length, LongestText)])
            seen.Add(sign == '_' ? (byte)' ' : sign);
        seen.Add((byte)' ');
        RawText.Decode([.. seen], isEscaped: false, out var names);
        return last = CodePagesEncodingProvider.Instance.GetEncoding(names[0]) ?? last;
    }

    static int LettersBeyondAscii(ReadOnlySpan<byte> text)
    {
        var count = 0;
        foreach (var sign in text)
            count += sign >> 7;
        return count;
    }
}
