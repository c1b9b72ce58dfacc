using System.Globalization;

namespace PyBase.Core.Imports;

/// <summary>How numbers of a column are written.</summary>
public enum NumberForm
{
    /// <summary><c>1,234.5</c>, <c>1'234.5</c>, <c>1 234.5</c></summary>
    Point,
    /// <summary><c>1.234,5</c>, <c>1'234,5</c>, <c>1 234,5</c></summary>
    Comma,
}

/// <summary>Numbers as people write them, where a group has three digits and a sign stands in front.</summary>
public static class NumberText
{
    const int MaxLength = 400;

    /// <summary>The number; null when the text is none in this form.</summary>
    public static double? Read(ReadOnlySpan<char> text, NumberForm form)
    {
        text = text.Trim();
        if (text.Length is 0 or > MaxLength)
            return null;
        var (point, group) = form is NumberForm.Point ? ('.', ',') : (',', '.');
        Span<char> plain = stackalloc char[text.Length];
        int length = 0, at = 0, digits = 0;
        if (text[0] is '+' or '-' or '\u2212')
        {
            if (text[0] != '+')
                plain[length++] = '-';
            at++;
        }
        int sinceGroup = 0;
        var separator = '\0';
        for (; at < text.Length; at++)
        {
            var letter = text[at];
            if (char.IsAsciiDigit(letter))
            {
                plain[length++] = letter;
                digits++;
                sinceGroup++;
            }
            else if (letter == group || letter is '\'' or '\u2019' or ' ' or '\u00A0' or '\u202F' or '\u2009')
            {
                // The first group has one to three digits, every other three, and all the same sign between them.
                if (digits == 0 || (separator == '\0' ? sinceGroup > 3 : letter != separator || sinceGroup != 3))
                    return null;
                (separator, sinceGroup) = (letter, 0);
            }
            else
                break;
        }
        if (separator != '\0' && sinceGroup != 3)
            return null;
        if (at < text.Length && text[at] == point)
        {
            plain[length++] = '.';
            for (at++; at < text.Length && char.IsAsciiDigit(text[at]); at++, digits++)
                plain[length++] = text[at];
        }
        if (digits > 0 && at < text.Length && text[at] is 'e' or 'E' && separator == '\0')
        {
            plain[length++] = 'e';
            at++;
            if (at < text.Length && text[at] is '+' or '-')
                plain[length++] = text[at++];
            if (at == text.Length)
                return null;
            for (; at < text.Length && char.IsAsciiDigit(text[at]); at++)
                plain[length++] = text[at];
        }
        return digits > 0 && at == text.Length && double.TryParse(plain[..length], NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
    }
}
