using System.Buffers;
using System.Collections.Frozen;
using System.Runtime.InteropServices;
using System.Text;

namespace PyBase.Extraction.Pdf.Content;

/// <summary>
/// What a content costs PdfPig, which keeps an object for each operator and each letter. Dearest are operators it does not understand, for
/// their name or their operands: behind each it looks back over all operators before, for an inline image that may have ended too early, and
/// copies that image's bytes. Counts rather too much than too little.
/// </summary>
sealed class ContentCost
{
    const int MostOperands = 8, LongestName = 3, ShortWord = 32;

    // What the first operands are: n a number, / a name, s a string, [ an array, p a name or a dictionary; = for no more than those.
    static readonly FrozenDictionary<string, string> known = Known(
        ("", "W W* BX EX h Q q BT ET s b* b BI EMC n f* B* f B F S T*"), ("n", "i J j w M Tc TL Tr Ts Tw Tz g G"), ("nn", "l m Td TD d0"), ("nnn", "rg RG"),
        ("nnnn", "re v y k K"), ("nnnnnn", "c d1"), ("=nnnnnn", "cm Tm"), ("/", "ri gs BMC MP Do sh cs CS"), ("/n", "Tf"), ("/p", "BDC DP"), ("[n", "d"),
        ("=s", "Tj '"), ("nns", "\""), ("=[", "TJ"), ("*", "sc SC scn SCN"));

    static readonly SearchValues<byte> hex = SearchValues.Create("0123456789ABCDEFabcdef \t\r\n"u8);

    static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> understandable = known.GetAlternateLookup<ReadOnlySpan<char>>();

    readonly Dictionary<string, int> drawn = new(StringComparer.Ordinal);
    long understood, beforeImage, operands;
    bool hasImage;

    /// <summary>Operators looked at again and bytes copied.</summary>
    public long LostSteps { get; private set; }

    /// <summary>Operators, and a share of them for their operands, which are lighter.</summary>
    public long Operators => understood + (operands / MostOperands);

    /// <summary>Letters of texts, whether they are shown or not; those of two bytes count twice.</summary>
    public long Letters { get; private set; }

    /// <summary>Names of the forms and images that are drawn, and how often.</summary>
    public IReadOnlyDictionary<string, int> Drawn => drawn;

    /// <summary>Reads a piece of content; the next follows on it.</summary>
    public void Read(ReadOnlySpan<byte> content)
    {
        Span<char> kinds = stackalloc char[MostOperands], name = stackalloc char[LongestName];
        int given = 0, depth = 0, image = 0;
        ReadOnlySpan<byte> first = default;
        for (var at = 0; at < content.Length;)
        {
            var letter = content[at];
            var rest = content[at..];
            if (Syntax.Blanks.Contains(letter))
                at++;
            else if (letter == '%')
                at += Length(rest.IndexOfAny((byte)'\n', (byte)'\r'), rest);
            else if (letter == '(')
            {
                var length = Text(rest);
                at += length;
                Letters += length;
                Give('s', kinds);
            }
            else if (letter is (byte)'[' || rest.StartsWith("<<"u8))
            {
                at += letter == '[' ? 1 : 2;
                depth++;
            }
            else if (depth > 0 && (letter is (byte)']' || rest.StartsWith(">>"u8)))
            {
                at += letter == ']' ? 1 : 2;
                depth--;
                Give(letter == ']' ? '[' : '<', kinds);
            }
            else if (letter == '<' && rest[1..].IndexOfAnyExcept(hex) is var digits and >= 0 && rest[digits + 1] == '>')
            {
                at += digits + 2;
                Letters += digits / 2;
                Give('s', kinds);
            }
            else if (letter == '/')
            {
                var named = rest.Slice(1, Word(rest[1..]));
                at += 1 + named.Length;
                Letters += Beyond(named);
                first = given == 0 && depth == 0 ? named : first;
                Give('/', kinds);
            }
            else if (Length(rest.IndexOfAnyExcept(Syntax.Numeric), rest) is > 0 and var number && rest[..number].Count((byte)'.') <= 1)
            {
                at += number;
                Give('n', kinds);
            }
            else
            {
                // A number of two points is none for PdfPig.
                var word = rest[..Math.Max(1, Syntax.Numeric.Contains(letter) ? Length(rest.IndexOfAnyExcept(Syntax.Numeric), rest) : Word(rest))];
                at += word.Length;
                Letters += Beyond(word);
                if (word.SequenceEqual("true"u8) || word.SequenceEqual("false"u8) || word.SequenceEqual("null"u8))
                {
                    Give('?', kinds);
                    continue;
                }
                // No operator stands in an array.
                depth = 0;
                if (word.SequenceEqual("ID"u8))
                {
                    (image, hasImage) = (at, true);
                    at += ImageEnd(content[at..]);
                    beforeImage = understood += 1;
                }
                else if (IsUnderstood(word, name, kinds[..Math.Min(given, MostOperands)], given))
                {
                    understood++;
                    if (word.SequenceEqual("Do"u8))
                        CollectionsMarshal.GetValueRefOrAddDefault(drawn, WrittenName.Read(first), out _)++;
                }
                else
                {
                    LostSteps += understood - beforeImage;
                    if (hasImage)
                    {
                        // PdfPig takes all up to the next end for more of the image.
                        LostSteps += at - image;
                        at += ImageEnd(content[at..]);
                        beforeImage = understood;
                    }
                }
                given = 0;
            }

            void Give(char kind, Span<char> kinds)
            {
                operands++;
                if (depth > 0)
                    return;
                if (given < MostOperands)
                    kinds[given] = kind;
                given++;
            }
        }
    }

    static bool IsUnderstood(ReadOnlySpan<byte> word, Span<char> name, ReadOnlySpan<char> kinds, int given)
    {
        if (word.Length > LongestName || !understandable.TryGetValue(name[..Encoding.Latin1.GetChars(word, name)], out var wanted))
            return false;
        if (wanted == "*")
            return given > 0 && (given > MostOperands || kinds[..^1].IndexOfAnyExcept('n') < 0 && kinds[^1] is 'n' or '/');
        var exact = wanted.StartsWith('=');
        var first = exact ? wanted.AsSpan(1) : wanted;
        if (given < first.Length || exact && given > first.Length)
            return false;
        for (var i = 0; i < first.Length; i++)
        {
            if (kinds[i] != first[i] && !(first[i] == 'p' && kinds[i] is '/' or '<'))
                return false;
        }
        return true;
    }

    // Behind the end of the image whose bytes begin here.
    static int ImageEnd(ReadOnlySpan<byte> data)
    {
        for (int at = 0, found; (found = data[at..].IndexOf("EI"u8)) >= 0;)
        {
            at += found + 2;
            if ((at == 2 || Syntax.Blanks.Contains(data[at - 3])) && (at == data.Length || Syntax.Blanks.Contains(data[at])))
                return at;
        }
        return data.Length;
    }

    static int Text(ReadOnlySpan<byte> text)
    {
        var depth = 0;
        for (var at = 0; at < text.Length; at++)
        {
            switch (text[at])
            {
                case (byte)'\\':
                    at++;
                    break;
                case (byte)'(':
                    depth++;
                    break;
                case (byte)')' when --depth == 0:
                    return at + 1;
            }
        }
        return text.Length;
    }

    static int Beyond(ReadOnlySpan<byte> word) => Math.Max(0, word.Length - ShortWord);

    static int Word(ReadOnlySpan<byte> text) => Length(text.IndexOfAny(Syntax.Ends), text);

    static int Length(int found, ReadOnlySpan<byte> text) => found < 0 ? text.Length : found;

    static FrozenDictionary<string, string> Known(params ReadOnlySpan<(string Operands, string Names)> all)
    {
        Dictionary<string, string> known = [];
        foreach (var (operands, names) in all)
        {
            foreach (var name in names.Split(' '))
                known.Add(name, operands);
        }
        return known.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
