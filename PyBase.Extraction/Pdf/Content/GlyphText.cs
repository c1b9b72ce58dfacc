using System.Text;

namespace PyBase.Extraction.Pdf.Content;

/// <summary>The text of a letter: fonts of drawing signs have them under plain letters, and ligatures stand for several.</summary>
static class GlyphText
{
    // AMGDT, AIGDT, SWGDT, gdt.shx: the letters AutoCAD began with.
    static readonly Dictionary<char, string> Signs = new()
    {
        ['a'] = "∠", ['b'] = "⟂", ['c'] = "⏥", ['d'] = "⌓", ['e'] = "○", ['f'] = "∥", ['g'] = "⌭", ['h'] = "↗", ['i'] = "⌯", ['j'] = "⌖", ['k'] = "⌒",
        ['r'] = "◎", ['t'] = "⌰", ['u'] = "⏤", ['n'] = "⌀", ['m'] = "Ⓜ", ['l'] = "Ⓛ", ['s'] = "Ⓢ", ['p'] = "Ⓟ", ['v'] = "⌴", ['w'] = "⌵", ['x'] = "↧", ['o'] = "□",
    };

    public static string Of(string value, string? font)
    {
        if (value.Length == 1 && font is not null && font.Contains("GDT", StringComparison.OrdinalIgnoreCase) && Signs.TryGetValue(char.ToLowerInvariant(value[0]), out var sign))
            return sign;
        if (value.Length == 0 || value.Length == 1 && value[0] is >= ' ' and < '\u00A0')
            return value;
        // ﬁ is f and i; ½ and Ⓜ stay.
        if (value.Any(letter => letter is >= '\uFB00' and <= '\uFB06'))
            return value.Normalize(NormalizationForm.FormKC);
        return value.Any(letter => char.IsControl(letter) && letter is not ('\t' or '\n' or '\r')) ? "" : value;
    }
}
