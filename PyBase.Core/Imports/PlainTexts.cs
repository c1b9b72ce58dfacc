namespace PyBase.Core.Imports;

/// <summary>Words for a tick.</summary>
static class CheckboxText
{
    static readonly HashSet<string> Yes = new(["true", "yes", "checked", "x", "✓", "✔", "☑", "ja", "wahr", "oui", "vrai", "si", "sí", "да"], StringComparer.OrdinalIgnoreCase);
    static readonly HashSet<string> No = new(["false", "no", "unchecked", "☐", "nein", "falsch", "non", "faux", "нет"], StringComparer.OrdinalIgnoreCase);
    static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> YesByText = Yes.GetAlternateLookup<ReadOnlySpan<char>>();
    static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> NoByText = No.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Ticked or not; null for other texts.</summary>
    public static bool? Read(ReadOnlySpan<char> text) => text.Length > 9 ? null : YesByText.Contains(text) ? true : NoByText.Contains(text) ? false : null;
}

/// <summary>Amounts of money.</summary>
static class CurrencyText
{
    static readonly string[] Symbols = ["$", "€", "£", "¥", "₹", "CHF", "EUR", "USD", "GBP", "kr", "zł", "Kč"];

    /// <summary>The symbol and the number beside it; null without a symbol.</summary>
    public static SplitAmount? Split(ReadOnlySpan<char> text)
    {
        foreach (var symbol in Symbols)
        {
            if (text.StartsWith(symbol, StringComparison.Ordinal))
                return new SplitAmount(symbol, text[symbol.Length..].Trim().ToString());
            if (text.EndsWith(symbol, StringComparison.Ordinal))
                return new SplitAmount(symbol, text[..^symbol.Length].Trim().ToString());
            if (text.Length > 1 && text[0] == '-' && text[1..].StartsWith(symbol, StringComparison.Ordinal))
                return new SplitAmount(symbol, $"-{text[(1 + symbol.Length)..].Trim()}");
        }
        return null;
    }
}

/// <summary><c>€ 12,50</c> → <c>€</c> and <c>12,50</c>.</summary>
readonly record struct SplitAmount(string Symbol, string Number);
