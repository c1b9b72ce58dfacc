namespace PyBase.Extraction.Dxf.Text;

/// <summary>
/// The fonts of signs (gdt, AMGDT, AIGDT, SWGDT): their letters stand for the signs of drawings. <c>{\Fgdt;n}12</c> is ⌀12. A font holds to
/// the next one, or to the end of the braces it was set in.
/// </summary>
struct SymbolFont()
{
    const int Deepest = 64;

    // A bit for each open brace, the lowest for the innermost.
    ulong outer;
    int depth;
    bool isOn;

    /// <summary>Whether a command of markup chooses such a font: <c>\Fgdt;</c>, <c>\fAIGDT|b0;</c>.</summary>
    public static bool Is(ReadOnlySpan<char> command) => command is ['\\', 'F' or 'f', ..] && Name(command[2..]).Contains("gdt", StringComparison.OrdinalIgnoreCase);

    /// <summary>Takes a command or a brace into account.</summary>
    public void Follow(ReadOnlySpan<char> markup)
    {
        switch (markup)
        {
            case ['{', ..]:
                depth++;
                outer = depth <= Deepest ? outer << 1 | (isOn ? 1u : 0) : outer;
                break;
            case ['}', ..] when depth > 0:
                if (depth-- <= Deepest)
                    (isOn, outer) = ((outer & 1) == 1, outer >> 1);
                break;
            case ['\\', 'F' or 'f', ..]:
                isOn = Is(markup);
                break;
        }
    }

    /// <summary>What a letter stands for where such a font is set, else null.</summary>
    public readonly string? Sign(char letter) => !isOn ? null : letter switch
    {
        'a' => "∠", 'b' => "⟂", 'c' => "⏥", 'd' => "⌓", 'e' => "○", 'f' => "∥", 'g' => "⌭", 'h' => "↗", 'i' => "⌯", 'j' => "⌖", 'k' => "⌒", 'r' => "◎", 't' => "⌰", 'u' => "⏤",
        'n' => "⌀", 'o' => "□", 'v' => "⌴", 'w' => "⌵", 'x' => "↧", 'm' => "(M)", 'l' => "(L)", 's' => "(S)", 'p' => "(P)",
        _ => null,
    };

    static ReadOnlySpan<char> Name(ReadOnlySpan<char> font) => font.IndexOfAny('|', ';') is >= 0 and var end ? font[..end] : font;
}
