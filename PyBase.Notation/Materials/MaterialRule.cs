using System.Text.RegularExpressions;

namespace PyBase.Notation.Materials;

/// <summary>
/// One form of designation. The pattern matches the whole text without regard to case; its group <c>condition</c> is taken off.
/// Patterns run without backtracking, so their time grows with the text and nothing else.
/// </summary>
sealed class MaterialRule
{
    readonly Regex pattern;
    readonly MaterialStandard standard;
    readonly Func<Match, MaterialFamily> family;
    readonly Func<Match, string> canonical;

    /// <param name="standard">The system.</param>
    /// <param name="pattern">The form.</param>
    /// <param name="family">What the match is made of.</param>
    /// <param name="canonical">The canonical name without condition; left out, it is the group <c>name</c> in capitals.</param>
    public MaterialRule(MaterialStandard standard, string pattern, Func<Match, MaterialFamily> family, Func<Match, string>? canonical = null)
    {
        this.pattern = new(@"\A(?:" + pattern + @")\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);
        this.standard = standard;
        this.family = family;
        this.canonical = canonical ?? (match => match.Groups["name"].Value.ToUpperInvariant());
    }

    /// <summary>All forms; the first that matches wins, so the more particular come first.</summary>
    public static IReadOnlyList<MaterialRule> All { get; } = [.. SteelNames.All, .. CastIronNames.All, .. LightMetalNames.All, .. CopperNames.All, .. AmericanNames.All, .. PolymerNames.All];

    /// <summary>The designation, or null when the text has another form.</summary>
    public MaterialDesignation? Read(string text, string original)
    {
        var match = pattern.Match(text);
        return match.Success ? new(canonical(match), standard, family(match), match.Groups["condition"].Value.ToUpperInvariant(), original) : null;
    }

    /// <summary>Blanks to one, none at the ends, none around + and -.</summary>
    public static string Tidy(ReadOnlySpan<char> folded)
    {
        var text = string.Join(' ', folded.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
        foreach (var sign in (ReadOnlySpan<char>)['+', '-', '/'])
            text = text.Replace($" {sign}", $"{sign}", StringComparison.Ordinal).Replace($"{sign} ", $"{sign}", StringComparison.Ordinal);
        return text;
    }
}
