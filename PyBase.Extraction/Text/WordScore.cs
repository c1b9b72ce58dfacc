using System.Text;

namespace PyBase.Extraction.Text;

/// <summary>
/// How much a text looks like words of a European language written by an engineer. Only what lies outside ASCII counts.
/// Rules, in the order of their weight: no undefined bytes; no box drawing; no word of two alphabets; no capital after a small
/// letter; in Latin words the accented letters are the minority; frequent letters rather than rare ones.
/// </summary>
static class WordScore
{
    const string FrequentCyrillic = "оеаинтсрвлкмдпуяызьбгчй";
    const string FrequentAccents = "äöüßéèêàçñåøæáíóúâôîìòùłśżźćęąńčšžřěůýőűășț";
    const string EngineeringSigns = "°±²³µ·×÷®©™§«»№–—…“”„‘’¼½¾€£";

    public static double Of(string text)
    {
        var score = 0.0;
        var at = 0;
        while (at < text.Length)
        {
            if (!char.IsLetter(text[at]))
            {
                score += Sign(text, at++);
                continue;
            }
            var end = at + 1;
            while (end < text.Length && char.IsLetter(text[end]))
                end++;
            score += Word(text.AsSpan(at, end - at), end < text.Length ? text[end] : ' ');
            at = end;
        }
        return score;
    }

    static double Word(ReadOnlySpan<char> word, char next)
    {
        if (Ascii.IsValid(word))
            return 0;
        // Ø10, ø 8: the diameter sign of Western code pages.
        if (word is "Ø" or "ø" && (char.IsAsciiDigit(next) || next == ' '))
            return 2;
        var score = 0.0;
        int plain = 0, accented = 0, cyrillic = 0;
        for (var i = 0; i < word.Length; i++)
        {
            var small = char.ToLowerInvariant(word[i]);
            if (i > 0 && char.IsUpper(word[i]) && char.IsLower(word[i - 1]))
                score -= 2;
            if (char.IsAscii(small))
            {
                plain++;
            }
            else if (small is >= '\u0400' and <= '\u04FF')
            {
                cyrillic++;
                var letter = FrequentCyrillic.Contains(small) ? 1.0 : small is >= 'а' and <= 'я' ? 0.6 : 0.1;
                score += i > 0 && char.IsUpper(word[i]) ? letter * 0.8 : letter;
            }
            else
            {
                accented++;
                score += FrequentAccents.Contains(small) ? 1 : 0.2;
            }
        }
        // A dash or quote of Windows-1252 is a letter in CP866; of letters only these are Russian words.
        if (word.Length == 1 && cyrillic == 1 && !"иксвоуаяИКСВОУАЯ".Contains(word[0]))
            score = 0.3;
        if (cyrillic > 0 && plain + accented > 0)
            score -= 4 * Math.Min(cyrillic, plain + accented);
        if (accented > 1 && accented > plain)
            score -= 2 * accented;
        return score;
    }

    static double Sign(string text, int at)
    {
        var c = text[at];
        if (char.IsAscii(c))
            return 0;
        if (c == '\uFFFD' || char.IsControl(c))
            return -10;
        if (c is >= '\u2500' and <= '\u259F')
            return -3;
        if (c != '’' && at > 0 && char.IsLetter(text[at - 1]) && at + 1 < text.Length && char.IsLetter(text[at + 1]))
            return -2;
        return EngineeringSigns.Contains(c) ? 0.5 : -1;
    }
}
