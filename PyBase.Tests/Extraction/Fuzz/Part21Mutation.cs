using System.Text;

namespace PyBase.Tests.Extraction.Fuzz;

/// <summary>Mutations that leave a Part 21 file readable: instances refer to others, carry another keyword, stand twice.</summary>
static class Part21Mutation
{
    public static IReadOnlyList<Mutation> All { get; } =
    [
        new("references", (file, random, _) => References(file, random)),
        new("keywords", (file, random, _) => Keywords(file, random)),
        new("instances", (file, random, _) => Instances(file, random)),
        new("arguments", (file, random, _) => Arguments(file, random)),
        new("long list", (file, random, _) => LongList(file, random)),
    ];

    // Any reference may become any other, which makes circles, joints of the wrong kind and parts of themselves.
    static byte[]? References(byte[] file, Random random)
    {
        for (var count = random.Next(1, 12); count > 0; count--)
        {
            var (from, length) = Reference(file, random);
            var (to, replaced) = Reference(file, random);
            if (length == 0 || replaced == 0)
                return null;
            file = [.. file[..to], .. file[from..(from + length)], .. file[(to + replaced)..]];
        }
        return file;
    }

    static (int Start, int Length) Reference(byte[] file, Random random)
    {
        if (file.Length == 0)
            return default;
        var start = random.Next(file.Length);
        var at = file.AsSpan(start).IndexOf((byte)'#');
        if (at < 0)
            return default;
        var end = start + at + 1;
        while (end < file.Length && char.IsAsciiDigit((char)file[end]))
            end++;
        return (start + at, end - start - at);
    }

    static byte[]? Keywords(byte[] file, Random random)
    {
        for (var count = random.Next(1, 5); count > 0; count--)
        {
            var (from, length) = Mutation.Token(file, random, IsKeyword);
            var (to, replaced) = Mutation.Token(file, random, IsKeyword);
            if (length < 4 || replaced < 4)
                continue;
            file = [.. file[..to], .. file[from..(from + length)], .. file[(to + replaced)..]];
        }
        return file;
    }

    static bool IsKeyword(char letter) => char.IsAsciiLetterUpper(letter) || letter == '_';

    static byte[]? Instances(byte[] file, Random random)
    {
        for (var count = random.Next(1, 6); count > 0; count--)
        {
            var (start, length) = Instance(file, random);
            if (length == 0)
                return null;
            var (target, _) = Instance(file, random);
            file = random.Next(2) == 0
                ? [.. file[..start], .. file[(start + length)..]]
                : [.. file[..target], .. file[start..(start + length)], .. file[target..]];
        }
        return file;
    }

    static (int Start, int Length) Instance(byte[] file, Random random)
    {
        if (file.Length == 0)
            return default;
        var from = random.Next(file.Length);
        var start = file.AsSpan(from).IndexOf(";"u8);
        if (start < 0)
            return default;
        start += from + 1;
        var end = file.AsSpan(start).IndexOf(";"u8);
        return end < 0 ? default : (start, end + 1);
    }

    static byte[]? Arguments(byte[] file, Random random)
    {
        var from = random.Next(file.Length);
        var at = file.AsSpan(from).IndexOfAny((byte)',', (byte)'(');
        if (at < 0)
            return null;
        at += from + 1;
        var end = file.AsSpan(at).IndexOfAny((byte)',', (byte)')');
        if (end < 0)
            return null;
        var instead = (string[])["$", "*", "()", "(())", "''", "'\\X2\\D83D\\X0\\'", "'\\S\\''", ".T.", ".U.", "\"0F\"", "#0", "#1", "A(B(C(1)))", "1.E+400", "-0.", "(1,2,3)", "'" + new string('x', 5000) + "'"];
        return [.. file[..at], .. Encoding.ASCII.GetBytes(instead[random.Next(instead.Length)]), .. file[(at + end)..]];
    }

    static byte[]? LongList(byte[] file, Random random)
    {
        var (start, length) = Reference(file, random);
        if (length == 0)
            return null;
        var list = string.Join(',', Enumerable.Repeat(Encoding.ASCII.GetString(file, start, length), random.Next(2, 3000)));
        return [.. file[..start], .. Encoding.ASCII.GetBytes(random.Next(2) == 0 ? $"({list})" : list), .. file[(start + length)..]];
    }
}
