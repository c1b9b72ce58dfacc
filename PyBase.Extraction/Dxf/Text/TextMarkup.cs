using System.Globalization;
using System.Text;

namespace PyBase.Extraction.Dxf.Text;

/// <summary>The parts of a stacked text, <c>\S+0.1^-0.2;</c>.</summary>
/// <param name="Upper">Before the mark.</param>
/// <param name="Lower">Behind it.</param>
/// <param name="Mark"><c>^</c> one above the other without a line, as tolerances are; <c>/</c> and <c>#</c> a fraction.</param>
readonly record struct Stack(string Upper, string Lower, char Mark);

/// <summary>
/// Turns the markup of texts into plain text. TEXT has <c>%%c</c> and <c>^J</c>; MTEXT in addition
/// <c>\P \~ \{ \} \\ \L \fArial|b0; \H2x; \S1/2;</c> and braces around what a change holds for.
/// </summary>
static class TextMarkup
{
    // A font or a list of tabs; so that many commands without an end cost no more than their length.
    const int MaxCommand = 1024;

    /// <summary>TEXT, ATTRIB, ATTDEF.</summary>
    public static string PlainLine(string raw)
    {
        if (raw.AsSpan().IndexOfAny('%', '^') < 0)
            return raw;
        var plain = new StringBuilder(raw.Length);
        var i = 0;
        while (i < raw.Length)
        {
            if (!TryControl(raw, ref i, plain) && !TryCaret(raw, ref i, plain))
                plain.Append(raw[i++]);
        }
        return plain.ToString();
    }

    /// <summary>MTEXT and all else that is written so.</summary>
    /// <param name="raw">As it stands in the file, chunks joined.</param>
    /// <param name="stacks">Takes the stacked texts in their order; may be null.</param>
    public static string Plain(string raw, List<Stack>? stacks = null)
    {
        if (raw.AsSpan().IndexOfAny(@"\{}%^") < 0)
            return raw;
        var plain = new StringBuilder(raw.Length);
        var fonts = new SymbolFont();
        var i = 0;
        while (i < raw.Length)
        {
            switch (raw[i])
            {
                case '\\' when i + 1 < raw.Length:
                    var next = Command(raw, i + 1, plain, stacks);
                    fonts.Follow(raw.AsSpan(i, next - i));
                    i = next;
                    break;
                case '{' or '}':
                    fonts.Follow(raw.AsSpan(i, 1));
                    i++;
                    break;
                default:
                    if (fonts.Sign(raw[i]) is { } sign)
                    {
                        plain.Append(sign);
                        i++;
                        break;
                    }
                    if (!TryControl(raw, ref i, plain) && !TryCaret(raw, ref i, plain))
                        plain.Append(raw[i++]);
                    break;
            }
        }
        return plain.ToString();
    }

    // Gives the place behind the command at the letter i.
    static int Command(string raw, int i, StringBuilder plain, List<Stack>? stacks)
    {
        switch (raw[i])
        {
            case 'P' or 'N' or 'X':
                plain.Append('\n');
                return i + 1;
            case '~':
                plain.Append(' ');
                return i + 1;
            case '\\' or '{' or '}':
                plain.Append(raw[i]);
                return i + 1;
            case 'L' or 'l' or 'O' or 'o' or 'K' or 'k':
                return i + 1;
            case 'S':
                return Stacked(raw, i + 1, plain, stacks);
            case 'A' or 'C' or 'c' or 'F' or 'f' or 'H' or 'p' or 'Q' or 'T' or 'W':
                var end = raw.IndexOf(';', i, Math.Min(MaxCommand, raw.Length - i));
                // Without its end it is no command.
                if (end >= 0)
                    return end + 1;
                break;
        }
        plain.Append('\\').Append(raw[i]);
        return i + 1;
    }

    // \S upper mark lower ; where \; \# \^ \/ mean the sign itself, and a blank after ^ keeps it from being a caret code.
    static int Stacked(string raw, int i, StringBuilder plain, List<Stack>? stacks)
    {
        StringBuilder upper = new(), lower = new();
        var part = upper;
        var mark = '\0';
        for (; i < raw.Length && raw[i] != ';'; i++)
        {
            if (raw[i] == '\\' && i + 1 < raw.Length)
                part.Append(raw[++i]);
            else if (mark == 0 && raw[i] is '^' or '/' or '#')
            {
                mark = raw[i];
                part = lower;
                if (mark == '^' && i + 1 < raw.Length && raw[i + 1] == ' ')
                    i++;
            }
            else
                part.Append(raw[i]);
        }
        var stack = new Stack(PlainLine(upper.ToString()), PlainLine(lower.ToString()), mark);
        stacks?.Add(stack);
        Append(stack, plain);
        return Math.Min(i + 1, raw.Length);
    }

    static void Append(Stack stack, StringBuilder plain)
    {
        var (upper, lower) = (stack.Upper.Trim(), stack.Lower.Trim());
        var isPair = upper.Length > 0 && lower.Length > 0;
        // 2 1/2, 20 +0.1/-0.2, but m2.
        if (isPair && plain.Length > 0 && (char.IsAsciiDigit(plain[^1]) || (stack.Mark == '^' && char.IsLetterOrDigit(plain[^1]))))
            plain.Append(' ');
        plain.Append(upper).Append(isPair ? "/" : "").Append(lower);
    }

    // %%c ⌀, %%d °, %%p ±, %%u %%o %%k change the line, %%065 the character of that number, %%% the sign itself.
    static bool TryControl(string raw, ref int i, StringBuilder plain)
    {
        if (i + 2 >= raw.Length || raw[i] != '%' || raw[i + 1] != '%')
            return false;
        switch (raw[i + 2])
        {
            case 'c' or 'C': plain.Append('⌀'); break;
            case 'd' or 'D': plain.Append('°'); break;
            case 'p' or 'P': plain.Append('±'); break;
            case 'u' or 'U' or 'o' or 'O' or 'k' or 'K': break;
            case '%': plain.Append('%'); break;
            default:
                if (i + 4 >= raw.Length || !int.TryParse(raw.AsSpan(i + 2, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var code) || code is < 32 or > 255)
                    return false;
                plain.Append((char)code);
                i += 5;
                return true;
        }
        i += 3;
        return true;
    }

    // ^J is a line feed, ^I a tab, "^ " the sign itself.
    static bool TryCaret(string raw, ref int i, StringBuilder plain)
    {
        if (raw[i] != '^' || i + 1 >= raw.Length || raw[i + 1] > 127)
            return false;
        var sign = raw[i + 1] == ' ' ? '^' : (char)((raw[i + 1] - 64) & 127);
        // No text holds a zero or a delete.
        if (sign is not '\0' and not '\x7F')
            plain.Append(sign);
        i += 2;
        return true;
    }
}
