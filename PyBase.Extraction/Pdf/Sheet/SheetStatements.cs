using System.Text.RegularExpressions;
using PyBase.Extraction.Pdf.Content;
using PyBase.Notation.GeneralTolerances;
using PyBase.Notation.Quantities;

namespace PyBase.Extraction.Pdf.Sheet;

/// <summary>Sentences that hold for the whole sheet: the general tolerance and the unit of its dimensions.</summary>
static partial class SheetStatements
{
    public static bool IsStatement(string text) => Tolerance().IsMatch(text) || Unit().IsMatch(text);

    public static IEnumerable<TitleField> Of(string text, Box box)
    {
        if (Tolerance().Match(text) is { Success: true } tolerance)
            yield return new TitleField("general_tolerance", Tidy(tolerance.Groups["v"].Value), tolerance.Groups["l"].Value.Trim(), 0.8, box);
        if (Unit().Match(text) is { Success: true } unit)
            yield return new TitleField("units", NameOf(unit.Groups["v"].Value), unit.Groups["l"].Value.Trim(), 0.8, box);
    }

    static string Tidy(string value)
    {
        value = value.Trim().TrimEnd('.', ' ');
        // ± is often lost on the way into a PDF: a bare length behind "general tolerances" is one.
        if (!value.StartsWith('±') && !GeneralTolerance.TryParse(value, out _, out _) && Quantity.TryParse("±" + value, out _, out _) | Quantity.TryParse(value, out var bare, out _) && bare is { Tolerance: null, Value: > 0 and < 5 })
            value = "±" + value;
        return value;
    }

    static string NameOf(string unit) => unit.ToUpperInvariant() switch
    {
        "MM" or "MM." => "mm",
        _ when unit.StartsWith("MILL", StringComparison.OrdinalIgnoreCase) => "mm",
        _ when unit.StartsWith("IN", StringComparison.OrdinalIgnoreCase) || unit.StartsWith("ZOLL", StringComparison.OrdinalIgnoreCase) => "in",
        _ => unit.ToLowerInvariant(),
    };

    [GeneratedRegex(@"(?<l>\b(?:GENERAL\s+TOLERANCES?|ALLGEMEINTOLERANZ(?:EN)?|FREIMASSTOLERANZ(?:EN)?|TOLERANCES?\s+G[EÉ]N[EÉ]RALES?|TOLERANCES?\s+UNLESS\s+OTHERWISE\s+(?:SPECIFIED|STATED|NOTED)|UNSPECIFIED\s+TOLERANCES?)\b\s*:?)\s*(?<v>.*\d.*)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Tolerance();

    [GeneratedRegex(@"(?<l>\b(?:DIMENSIONS?|DIMS?\.?|MASSE|MAßE|COTES|UNITS?)\b(?:\s+(?:ARE|IS|ALLE|SONT))?\s*(?:IN|EN|:)?)\s+(?<v>MM|MILLIM[EÈ]T(?:ER|RE)S?|INCH(?:ES)?|ZOLL)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Unit();
}
