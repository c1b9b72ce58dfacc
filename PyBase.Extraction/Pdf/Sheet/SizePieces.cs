using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using PyBase.Extraction.Pdf.Lines;

namespace PyBase.Extraction.Pdf.Sheet;

/// <summary>What is drawn as a text of its own and belongs to the size beside it.</summary>
static partial class SizePieces
{
    const double NextWord = 1.2, WideGap = 2.5, SameLine = 0.2;

    /// <summary>The class behind a size, or two above each other: H7 over g6, the hole first.</summary>
    public static List<TextRun> Class(TextRun run, double end, NearBy<TextRun> near)
    {
        if (!char.IsDigit(run.Text[^1]) || ClassAtEnd().IsMatch(run.Text))
            return [];
        var found = Behind(run, end, near, NextWord).Where(other => other.Size <= 1.05 * run.Size && FitClass().IsMatch(other.Text) && (other.Size < 0.9 * run.Size || !IsOtherSize(other.Text)) && Math.Abs(Across(run, other)) < 0.6 * run.Size)
            .OrderByDescending(other => Across(run, other)).Take(2).ToList();
        return found.Count == 2 && !(char.IsUpper(found[0].Text[0]) && char.IsLower(found[1].Text[0])) ? [] : found;
    }

    /// <summary>±0.1 behind a size, however wide the gap.</summary>
    public static TextRun? Tolerance(TextRun run, double end, NearBy<TextRun> near, HashSet<TextRun> used) =>
        !SizeAtEnd().IsMatch(run.Text) ? null : Behind(run, end, near, WideGap).FirstOrDefault(other => !used.Contains(other) && other.Text[0] == '±' && other.Text.Length > 1 && char.IsDigit(other.Text[1]) && Math.Abs(Across(run, other)) < 0.35 * run.Size);

    public static bool IsCount(string text) => CountAlone().IsMatch(text);

    /// <summary>4x before a size.</summary>
    public static TextRun? Count(TextRun run, NearBy<TextRun> near, HashSet<TextRun> used) => near.Around(run.Box.Grown(WideGap * run.Size)).FirstOrDefault(other =>
        other != run && !used.Contains(other) && other.HasSameDirection(run) && IsCount(other.Text) && Math.Abs(Across(run, other)) < SameLine * run.Size
        && run.Along - other.End is > -0.1 and var gap && gap < WideGap * run.Size);

    /// <summary>The bracket behind deviations that stand in brackets.</summary>
    public static TextRun? Closing(TextRun run, Content.Box box, NearBy<TextRun> near) => near.Around(box.Grown(run.Size)).FirstOrDefault(other =>
        other != run && other.HasSameDirection(run) && other.Text == ")" && other.Along > run.End && Math.Abs(Across(run, other)) < SameLine * run.Size);

    /// <summary>Whether smaller letters stand where the line of a size has none: 2 ½ " with the figures of ½ above each other.</summary>
    public static bool IsInGap(TextRun run, TextRun other, double along)
    {
        var (from, to) = (along + run.Along, along + other.End - other.Along + run.Along);
        return other.Size < 0.9 * run.Size && from > run.Along && to < run.End + 0.5 * run.Size && !run.Glyphs.Exists(glyph => glyph.Along < to - 0.1 * run.Size && glyph.Along + glyph.Advance > from + 0.1 * run.Size);
    }

    /// <summary>Halves to hundred-and-twenty-eighths behind a whole number.</summary>
    public static bool IsFraction(string main, string? upper, string? lower) => Whole().IsMatch(main)
        && int.TryParse(upper, NumberStyles.None, CultureInfo.InvariantCulture, out var part) && int.TryParse(lower, NumberStyles.None, CultureInfo.InvariantCulture, out var parts)
        && part > 0 && part < parts && parts is > 1 and <= 128 && BitOperations.IsPow2(parts);

    public static string WithFraction(string main, string fraction) => Whole().Match(main) is var whole && whole.Groups["u"].Success
        ? $"{main[..whole.Groups["u"].Index].TrimEnd()} {fraction}{whole.Groups["u"].Value}"
        : $"{main} {fraction}";

    // R5, C1, M8 and S6 beside a size are more often another size.
    static bool IsOtherSize(string text) => text[0] is 'R' or 'C' or 'M' or 'S';

    static IEnumerable<TextRun> Behind(TextRun run, double end, NearBy<TextRun> near, double gap) => near.Around(run.Box.Grown(gap * run.Size)).Distinct()
        .Where(other => other != run && other.HasSameDirection(run) && other.Along - run.Along - end is var behind && behind > -0.1 * run.Size && behind < gap * run.Size);

    static double Across(TextRun run, TextRun other) => run.Local(other.Glyphs[0].X, other.Glyphs[0].Y).Across;

    [GeneratedRegex(@"^(?:[A-Z]|[a-z]|JS|js|Z[ABC]|z[abc])(?:1[0-8]|0?[1-9])$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex FitClass();

    [GeneratedRegex(@"[A-Za-z]\d{1,2}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ClassAtEnd();

    [GeneratedRegex(@"\d\s*(?:[""°]|mm|in)?$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex SizeAtEnd();

    [GeneratedRegex(@"^\d{1,3}\s*[xX×]$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex CountAlone();

    [GeneratedRegex(@"^(?:[⌀ØR]\s*)?\d{1,4}\s*(?<u>[""″])?$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Whole();
}
