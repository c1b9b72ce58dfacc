using System.Buffers;

namespace PyBase.Extraction.Part21;

/// <summary>Finding the ends of things in bytes that are already in memory. Everything here is total and linear.</summary>
static class Part21Token
{
    static readonly SearchValues<byte> ListStops = SearchValues.Create("()'/"u8);

    public static bool IsBlank(byte b) => b <= 0x20;
    public static bool IsDigit(byte b) => b is >= (byte)'0' and <= (byte)'9';
    public static bool IsLetter(byte b) => (b | 0x20) is >= (byte)'a' and <= (byte)'z';
    public static bool IsKeyword(byte b) => IsLetter(b) || IsDigit(b) || b is (byte)'_' or (byte)'!';

    /// <summary>The first place at or after <paramref name="at"/> that is neither blank nor comment.</summary>
    public static int SkipBlank(ReadOnlySpan<byte> s, int at)
    {
        while (at < s.Length)
        {
            if (IsBlank(s[at]))
            {
                at++;
                continue;
            }
            if (!s[at..].StartsWith("/*"u8))
                break;
            var end = s[(at + 2)..].IndexOf("*/"u8);
            at = end < 0 ? s.Length : at + 2 + end + 2;
        }
        return at;
    }

    /// <summary>The place behind the closing quote of the string that opens at <paramref name="at"/>, or the length when it does not close.</summary>
    public static int StringEnd(ReadOnlySpan<byte> s, int at)
    {
        at++;
        while (at < s.Length)
        {
            var next = s[at..].IndexOfAny((byte)'\'', (byte)'\\');
            if (next < 0)
                return s.Length;
            at += next;
            if (s[at] == '\\')
                at = EscapeEnd(s, at);
            else if (at + 1 < s.Length && s[at + 1] == '\'')
                at += 2;
            else
                return at + 1;
        }
        return s.Length;
    }

    // What a backslash takes with it: "\\" two, "\S\c" four, anything else only itself. Code page bytes may end in 5C, so
    // a lone backslash is no error. "\S\'" is seen with the apostrophe single (Vectorworks, ArchiCAD) and doubled.
    static int EscapeEnd(ReadOnlySpan<byte> s, int at)
    {
        if (at + 1 < s.Length && s[at + 1] == '\\')
            return at + 2;
        if (at + 3 >= s.Length || s[at + 1] != 'S' || s[at + 2] != '\\')
            return at + 1;
        return s[at + 3] == '\'' && IsDoubled(s[(at + 4)..]) ? at + 5 : at + 4;
    }

    /// <summary>
    /// After <c>\S\'</c>: whether a second apostrophe belongs to the first (text goes on) or closes the string, which a
    /// comma or parenthesis behind it shows.
    /// </summary>
    public static bool IsDoubled(ReadOnlySpan<byte> rest)
    {
        if (rest.IsEmpty || rest[0] != '\'')
            return false;
        for (var i = 1; i < rest.Length && i <= LookAhead; i++)
        {
            if (!IsBlank(rest[i]))
                return rest[i] is not ((byte)',' or (byte)')');
        }
        return false;
    }

    /// <summary>How far <see cref="IsDoubled"/> looks for the separator.</summary>
    public const int LookAhead = 16;

    /// <summary>
    /// The place behind the parenthesis that closes the one at <paramref name="at"/>; -1 when it does not close or nests
    /// deeper than <paramref name="maxNesting"/> (then <paramref name="depth"/> exceeds it).
    /// </summary>
    public static int ListEnd(ReadOnlySpan<byte> s, int at, int maxNesting, out int depth)
    {
        depth = 0;
        while (at < s.Length)
        {
            var next = s[at..].IndexOfAny(ListStops);
            if (next < 0)
                return -1;
            at += next;
            switch (s[at])
            {
                case (byte)'(':
                    if (++depth > maxNesting)
                        return -1;
                    at++;
                    break;
                case (byte)')':
                    at++;
                    if (--depth == 0)
                        return at;
                    break;
                case (byte)'\'':
                    at = StringEnd(s, at);
                    break;
                default:
                    at = at + 1 < s.Length && s[at + 1] == '*' ? SkipBlank(s, at) : at + 1;
                    break;
            }
        }
        return -1;
    }
}
