using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace PyBase.Tests.Extraction.Fuzz;

/// <summary>Mutations of objects, references and page contents of a PDF.</summary>
static partial class PdfMutation
{
    static readonly string[] Operators =
    [
        "q ", "Q ", "BT ", "ET ", "/F1 1e9 Tf ", "0 0 0 0 0 0 cm ", "1e300 0 0 1e300 0 0 cm ", "(x) Tj ", "[(a) -99999999 (b)] TJ ", "0 0 m ", "1e38 1e38 l ", "0 0 1e308 1e308 re S ", "/I Do ", "h f ", "/Form Do ", "n W ", "BI /W 99999 /H 99999 ID ", "EI ",
    ];

    public static IReadOnlyList<Mutation> All { get; } =
    [
        new("references", (file, random, _) => Swap(file, random, Reference())),
        new("names", (file, random, _) => Swap(file, random, Names())),
        new("unpacked", (file, random, others) => Unpacked(file, random, others)),
        new("loops", (file, random, _) => Loop(file, random)),
        new("operators", (file, random, _) => Inserted(file, random)),
    ];

    static byte[]? Swap(byte[] file, Random random, Regex token)
    {
        var text = Encoding.Latin1.GetString(file);
        var found = token.Matches(text);
        if (found.Count < 2)
            return null;
        for (var count = random.Next(1, 6); count > 0; count--)
        {
            var (from, to) = (found[random.Next(found.Count)], found[random.Next(found.Count)]);
            // Of the same length, so that offsets still hold more often than not.
            var instead = from.Value.Length <= to.Length ? from.Value.PadRight(to.Length) : from.Value;
            text = string.Concat(text.AsSpan(0, to.Index), instead, text.AsSpan(Math.Min(text.Length, to.Index + to.Length)));
        }
        return Encoding.Latin1.GetBytes(text);
    }

    // An object that leads back to itself, or to one that leads to it.
    static byte[]? Loop(byte[] file, Random random)
    {
        var text = Encoding.Latin1.GetString(file);
        var found = Reference().Matches(text);
        if (found.Count == 0)
            return null;
        var inner = found[random.Next(found.Count)];
        var owner = text.LastIndexOf(" 0 obj", inner.Index, StringComparison.Ordinal);
        var start = owner;
        while (start > 0 && char.IsAsciiDigit(text[start - 1]))
            start--;
        if (owner < 0 || start == owner)
            return null;
        var back = random.Next(3) > 0 ? string.Concat(text.AsSpan(start, owner - start), " 0 R") : found[Math.Clamp(found.Count * start / text.Length, 0, found.Count - 1)].Value;
        return Encoding.Latin1.GetBytes(string.Concat(text.AsSpan(0, inner.Index), back.PadRight(inner.Length), text.AsSpan(inner.Index + inner.Length)));
    }

    // The content of a packed stream as it is, and then changed: mutations of packed bytes seldom get past unpacking.
    static byte[]? Unpacked(byte[] file, Random random, IReadOnlyList<byte[]> others)
    {
        var text = Encoding.Latin1.GetString(file);
        var found = Packed().Matches(text);
        if (found.Count == 0)
            return null;
        var one = found[random.Next(found.Count)];
        var start = one.Index + one.Length;
        var end = text.IndexOf("endstream", start, StringComparison.Ordinal);
        if (end < 0)
            return null;
        using var content = new MemoryStream();
        try
        {
            using var zlib = new ZLibStream(new MemoryStream(file, start, end - start), CompressionMode.Decompress);
            zlib.CopyTo(content);
        }
        catch (InvalidDataException)
        {
            return null;
        }
        var plain = content.ToArray();
        if (plain.Length is 0 or > 1_000_000)
            return null;
        List<Mutation> kinds = [.. Mutation.Texts, .. Mutation.Bytes, All[^1]];
        if (kinds[random.Next(kinds.Count)].Apply(plain, random, others) is not { } changed)
            return null;
        var head = string.Concat(text.AsSpan(0, one.Index), string.Create(CultureInfo.InvariantCulture, $"<< /Length {changed.Length} >>\nstream\n"));
        return [.. Encoding.Latin1.GetBytes(head), .. changed, .. "\nendstream"u8, .. file[(end + 9)..]];
    }

    static byte[] Inserted(byte[] file, Random random)
    {
        var at = random.Next(file.Length);
        var text = string.Concat(Enumerable.Range(0, random.Next(1, 5)).Select(_ => string.Concat(Enumerable.Repeat(Operators[random.Next(Operators.Length)], random.Next(2) == 0 ? 1 : random.Next(3000)))));
        return [.. file[..at], .. Encoding.ASCII.GetBytes(text), .. file[at..]];
    }

    [GeneratedRegex(@"\d+ 0 R\b", RegexOptions.CultureInvariant, 10_000)]
    private static partial Regex Reference();

    [GeneratedRegex(@"/[A-Za-z]\w*", RegexOptions.CultureInvariant, 10_000)]
    private static partial Regex Names();

    [GeneratedRegex(@"<<[^<>]{0,200}/FlateDecode[^<>]{0,200}>>\s{0,4}stream\r?\n", RegexOptions.CultureInvariant, 10_000)]
    private static partial Regex Packed();
}
