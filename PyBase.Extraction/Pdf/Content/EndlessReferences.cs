using System.Buffers.Text;
using UglyToad.PdfPig.Tokens;

namespace PyBase.Extraction.Pdf.Content;

/// <summary>
/// Takes out of a file what PdfPig would follow until its stack ends, and with it the process, before anybody else can look at it: the tree
/// of named destinations, which nobody needs here, and objects that are nothing but references to each other:
/// <code>
/// 6 0 obj 7 0 R endobj   7 0 obj [6 0 R] endobj
/// </code>
/// </summary>
sealed class EndlessReferences
{
    const int MostHops = 32, MostDigits = 20;

    readonly Dictionary<long, long> targets = [];

    /// <summary>Blanks them where they stand unpacked in a file.</summary>
    public void Blank(Span<byte> file)
    {
        BlankDestinations(file);
        for (int at = 0, found; (found = file[at..].IndexOf("obj"u8)) >= 0;)
        {
            at += found + 3;
            if (!file[..(at - 3)].EndsWith("end"u8))
                Check(file[at..], NumberBefore(file[..(at - 3)]));
        }
    }

    /// <summary>The same for the objects that an unpacked stream of objects holds: their numbers and places, then they themselves.</summary>
    public void BlankPacked(Span<byte> objects, DictionaryToken about)
    {
        if (!about.TryGet(NameToken.Type, out NameToken type) || type.Data != "ObjStm")
            return;
        BlankDestinations(objects);
        var first = about.TryGet(NameToken.Create("First"), out NumericToken token) ? token.Int : 0;
        for (var at = 0; at < first && Number(objects, ref at) is { } number && Number(objects, ref at) is { } place;)
        {
            if (place >= 0 && first + place < objects.Length)
                Check(objects[(int)(first + place)..], number);
        }
    }

    static void BlankDestinations(Span<byte> file)
    {
        for (int at; (at = file.IndexOf((byte)'/')) >= 0;)
        {
            file = file[(at + 1)..];
            if (file.Length == 0 || file[0] is not ((byte)'D' or (byte)'#'))
                continue;
            var name = file[..(file.IndexOfAny(Syntax.Ends) is >= 0 and var end ? end : file.Length)];
            if (name.SequenceEqual("Dests"u8) || name.Contains((byte)'#') && WrittenName.Read(name) == "Dests")
                file[0] = (byte)'-';
        }
    }

    void Check(Span<byte> content, long? number)
    {
        var at = Skip(content, 0);
        var isArray = at < content.Length && content[at] == '[';
        var start = isArray ? Skip(content, at + 1) : at;
        at = start;
        if (Number(content, ref at) is not { } target || Number(content, ref at) is null)
            return;
        at = Skip(content, at);
        if (at >= content.Length || content[at] != 'R' || isArray && (Skip(content, at + 1) is var close && (close >= content.Length || content[close] != ']')))
            return;
        if (number is { } own && !LeadsBack(own, target) && targets.GetValueOrDefault(own, target) == target)
        {
            targets[own] = target;
            return;
        }
        content[start..(at + 1)].Fill((byte)' ');
        "null"u8.CopyTo(content[start..]);
    }

    bool LeadsBack(long number, long target)
    {
        for (var hops = 0; hops < MostHops; hops++)
        {
            if (target == number)
                return true;
            if (!targets.TryGetValue(target, out target))
                return false;
        }
        return true;
    }

    // 12 0 before obj.
    static long? NumberBefore(ReadOnlySpan<byte> file)
    {
        for (var generations = true; ; generations = false)
        {
            var word = file[..(file.LastIndexOfAnyExcept(Syntax.Blanks) + 1)];
            var start = word.LastIndexOfAnyExcept(Syntax.Numeric) + 1;
            if (start == word.Length || word.Length - start > MostDigits)
                return null;
            if (!generations)
                return Whole(word[start..]);
            file = word[..start];
        }
    }

    static long? Number(ReadOnlySpan<byte> content, ref int at)
    {
        at = Skip(content, at);
        var length = content[at..].IndexOfAnyExcept(Syntax.Numeric);
        length = length < 0 ? content.Length - at : length;
        if (length is 0 or > MostDigits)
            return null;
        at += length;
        return Whole(content.Slice(at - length, length));
    }

    static long? Whole(ReadOnlySpan<byte> number) => Utf8Parser.TryParse(number, out double value, out _) && Math.Abs(value) < 1e15 ? (long)value : null;

    // Behind blanks and comments.
    static int Skip(ReadOnlySpan<byte> content, int at)
    {
        while (at < content.Length)
        {
            if (content[at] == '%')
                at += content[at..].IndexOfAny((byte)'\r', (byte)'\n') is >= 0 and var line ? line : content.Length - at;
            else if (!Syntax.Blanks.Contains(content[at]))
                break;
            else
                at++;
        }
        return at;
    }
}
