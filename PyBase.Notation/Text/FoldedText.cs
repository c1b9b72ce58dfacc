using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace PyBase.Notation.Text;

/// <summary>
/// Writes the many spellings of one sign as one: full-width digits, dashes as minus, Greek and circled zeros as ⌀, primes
/// as quotes. Every character keeps its place, so a position in the folded text is a position in the original.
/// </summary>
static class FoldedText
{
    /// <summary>The folded text, or a fault when the text is longer than <see cref="NotationFault.MaxTextLength"/>.</summary>
    public static bool TryFold(ReadOnlySpan<char> text, out char[] folded, [NotNullWhen(false)] out NotationFault? fault)
    {
        if (text.Length > NotationFault.MaxTextLength)
        {
            folded = [];
            fault = new(NotationFault.MaxTextLength, $"at most {NotationFault.MaxTextLength} characters");
            return false;
        }
        folded = Fold(text);
        fault = null;
        return true;
    }

    /// <summary>The same text with one spelling for each sign.</summary>
    public static char[] Fold(ReadOnlySpan<char> text)
    {
        var folded = new char[text.Length];
        for (var i = 0; i < text.Length; i++)
            folded[i] = Fold(text[i]);
        // AutoCAD control codes, two characters longer than their sign: %%c25 %%p0.1 %%d
        for (var i = 0; i + 2 < folded.Length; i++)
        {
            if (folded[i] != '%' || folded[i + 1] != '%' || ControlCode(folded[i + 2]) is not { } sign)
                continue;
            (folded[i], folded[i + 1], folded[i + 2]) = (sign, ' ', ' ');
        }
        return folded;
    }

    static char? ControlCode(char code) => code switch
    {
        'c' or 'C' => '⌀',
        'd' or 'D' => '°',
        'p' or 'P' => '±',
        _ => null,
    };

    static char Fold(char c) => c switch
    {
        < '\u0080' => c is '\t' or '\n' or '\r' or '\v' or '\f' ? ' ' : c,
        >= '\uFF01' and <= '\uFF5E' => (char)(c - 0xFEE0),
        '\u00A0' or (>= '\u2000' and <= '\u200B') or '\u202F' or '\u205F' or '\u2060' or '\u3000' or '\uFEFF' or '\u2028' or '\u2029' or '\u0085' => ' ',
        '\u2212' or (>= '\u2010' and <= '\u2015') or '\uFE58' or '\uFE63' or '\u207B' => '-',
        '\u00D7' or '\u2715' or '\u2716' or '\u2A2F' => '×',
        '\u03BC' => '\u00B5',
        '\u00D8' or '\u00F8' or '\u2205' or '\u03C6' or '\u03A6' or '\u03D5' or '\u2300' or '\u2298' => '⌀',
        '\u2032' or '\u2018' or '\u2019' or '\u00B4' or '\u02B9' => '\'',
        '\u2033' or '\u201C' or '\u201D' or '\u201E' or '\u02BA' => '"',
        '\u00BA' or '\u02DA' => '°',
        '\u22C5' or '\u2022' or '\u2219' or '\u2027' => '·',
        '\u2215' or '\u2044' => '/',
        '\u2126' => '\u03A9',
        '\u2610' or '\u25A2' or '\u25FB' or '\u2B1C' => '□',
        _ when char.GetUnicodeCategory(c) is UnicodeCategory.DecimalDigitNumber => (char)('0' + (int)char.GetNumericValue(c)),
        _ => c,
    };
}
