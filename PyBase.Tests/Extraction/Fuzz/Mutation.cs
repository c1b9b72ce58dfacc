using System.Buffers.Binary;
using System.Text;

namespace PyBase.Tests.Extraction.Fuzz;

/// <summary>A named mutation, so that a finding tells how it came about.</summary>
public sealed record Mutation(string Name, Func<byte[], Random, IReadOnlyList<byte[]>, byte[]?> Apply)
{
    static readonly string[] Numbers =
    [
        "0", "-1", "1", "65535", "65536", "2147483647", "2147483648", "-2147483648", "4294967295", "4294967296", "9223372036854775807", "9223372036854775808",
        "99999999999999999999", "1e308", "1E400", "-1e-320", "NaN", "0.0000001", "1.", ".", "",
    ];

    static readonly uint[] Extremes = [0, 1, 2, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x10000, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF];

    /// <summary>Of any file.</summary>
    public static IReadOnlyList<Mutation> Bytes { get; } =
    [
        new("cut", (file, random, _) => file[..random.Next(file.Length)]),
        new("flip", (file, random, _) => Flip(file, random)),
        new("overwrite", (file, random, _) => Overwrite(file, random)),
        new("remove", (file, random, _) => Remove(file, Pieces(file, random))),
        new("repeat", (file, random, _) => Repeat(file, Pieces(file, random), random.Next(2, 200))),
        new("splice", (file, random, others) => Splice(file, random, others)),
        new("fill", (file, random, _) => Fill(file, random)),
    ];

    /// <summary>Of files with words of two and four bytes.</summary>
    public static IReadOnlyList<Mutation> Words { get; } =
    [
        new("words", (file, random, _) => SetWords(file, random, file.Length)),
        new("head words", (file, random, _) => SetWords(file, random, Math.Min(file.Length, 512))),
    ];

    /// <summary>Of files of text.</summary>
    public static IReadOnlyList<Mutation> Texts { get; } =
    [
        new("number", (file, random, _) => Number(file, random)),
        new("numbers swapped", (file, random, _) => SwapTokens(file, random, char.IsAsciiDigit)),
        new("words swapped", (file, random, _) => SwapTokens(file, random, char.IsAsciiLetter)),
        new("nesting", (file, random, _) => Nest(file, random)),
    ];

    static byte[] Flip(byte[] file, Random random)
    {
        var bytes = (byte[])file.Clone();
        for (var flips = random.Next(1, 20); flips > 0; flips--)
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        return bytes;
    }

    static byte[] Overwrite(byte[] file, Random random)
    {
        var bytes = (byte[])file.Clone();
        for (var count = random.Next(1, 10); count > 0; count--)
            bytes[random.Next(bytes.Length)] = (byte)(random.Next(3) == 0 ? random.Next(2) * 255 : random.Next(256));
        return bytes;
    }

    static byte[] Fill(byte[] file, Random random)
    {
        var bytes = (byte[])file.Clone();
        var (start, length) = Pieces(file, random);
        bytes.AsSpan(start, length).Fill((byte)random.Next(256));
        return bytes;
    }

    static byte[] Splice(byte[] file, Random random, IReadOnlyList<byte[]> others)
    {
        var other = others[random.Next(others.Count)];
        var (from, length) = Pieces(other, random);
        var at = random.Next(file.Length);
        return [.. file[..at], .. other[from..(from + length)], .. file[Math.Min(file.Length, at + random.Next(length + 1))..]];
    }

    static byte[] SetWords(byte[] file, Random random, int within)
    {
        if (file.Length < 8)
            return file;
        var bytes = (byte[])file.Clone();
        for (var count = random.Next(1, 6); count > 0; count--)
        {
            var at = random.Next(Math.Max(1, within - 4));
            if (random.Next(2) == 0)
                BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at), Extremes[random.Next(Extremes.Length)]);
            else
                BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(at), (ushort)Extremes[random.Next(Extremes.Length)]);
        }
        return bytes;
    }

    static byte[]? Number(byte[] file, Random random)
    {
        for (var count = random.Next(1, 4); count > 0; count--)
        {
            var (start, length) = Token(file, random, char.IsAsciiDigit);
            if (length == 0)
                return null;
            file = [.. file[..start], .. Encoding.ASCII.GetBytes(Numbers[random.Next(Numbers.Length)]), .. file[(start + length)..]];
        }
        return file;
    }

    static byte[]? SwapTokens(byte[] file, Random random, Func<char, bool> isPart)
    {
        for (var count = random.Next(1, 8); count > 0; count--)
        {
            var (from, length) = Token(file, random, isPart);
            var (to, replaced) = Token(file, random, isPart);
            if (length == 0 || replaced == 0)
                return null;
            file = [.. file[..to], .. file[from..(from + length)], .. file[(to + replaced)..]];
        }
        return file;
    }

    // Brackets of every kind many times over, which is how a recursive reader is brought to its end.
    static byte[] Nest(byte[] file, Random random)
    {
        var at = random.Next(file.Length);
        var opening = (string[])["(", "((", "[", "<<", "<a>", "{", "\\{", "/*", "'", "\"", "<<\n/A ", "[<<", "(A("];
        return [.. file[..at], .. Repeated(opening[random.Next(opening.Length)], random.Next(2) == 0 ? random.Next(300) : random.Next(30_000)), .. file[at..]];
    }

    /// <summary>A run of characters of one kind near a random place.</summary>
    public static (int Start, int Length) Token(byte[] file, Random random, Func<char, bool> isPart)
    {
        if (file.Length == 0)
            return default;
        var start = random.Next(file.Length);
        var looked = 0;
        while (!isPart((char)file[start]))
        {
            start = (start + 1) % file.Length;
            if (++looked == Math.Min(file.Length, 100_000))
                return default;
        }
        while (start > 0 && isPart((char)file[start - 1]))
            start--;
        var end = start;
        while (end < file.Length && isPart((char)file[end]))
            end++;
        return (start, end - start);
    }

    /// <summary>A piece, mostly short, of a file that is not empty.</summary>
    public static (int Start, int Length) Pieces(byte[] file, Random random)
    {
        var start = random.Next(file.Length);
        return (start, Math.Min(file.Length - start, random.Next(4) == 0 ? random.Next(1, file.Length + 1) : random.Next(1, 400)));
    }

    static byte[] Remove(byte[] file, (int Start, int Length) piece) => [.. file[..piece.Start], .. file[(piece.Start + piece.Length)..]];

    static byte[] Repeat(byte[] file, (int Start, int Length) at, int times)
    {
        var (start, length) = at;
        times = Math.Min(times, 1 + (300_000 / length));
        var piece = file.AsSpan(start, length);
        var result = new byte[file.Length + (length * times)];
        file.AsSpan(0, start).CopyTo(result);
        for (var i = 0; i <= times; i++)
            piece.CopyTo(result.AsSpan(start + (i * length)));
        file.AsSpan(start + length).CopyTo(result.AsSpan(start + (length * (times + 1))));
        return result;
    }

    static byte[] Repeated(string text, int times) => Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(text, times)));
}
