using System.Globalization;
using System.Text.RegularExpressions;
using PyBase.Notation.Units;

namespace PyBase.Extraction.PartsLists;

/// <summary>A quantity as parts lists write it: <c>2</c>, <c>2,5</c>, <c>4 pcs</c>, <c>2x</c>, <c>0,5 kg</c>.</summary>
static partial class PartQuantity
{
    const int LongestUnit = 12;

    /// <summary>Reads a number with or without a unit; pieces are no unit. <c>1,000</c> may be one or a thousand and is not read.</summary>
    public static bool TryParse(string text, out double quantity, out string? unit)
    {
        (quantity, unit) = (0, null);
        var match = Number().Match(text);
        var number = match.Groups["n"].Value;
        return match.Success && !Grouped().IsMatch(number) && IsUnit(match.Groups["u"].Value, out unit)
            && double.TryParse(string.Concat(number.Where(sign => !char.IsWhiteSpace(sign))).Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out quantity);
    }

    /// <summary>Whether the text says that there is none, or as many as it takes: <c>-</c>, <c>n/a</c>, <c>AR</c>.</summary>
    public static bool IsNone(string text) => Nothing().IsMatch(text);

    // Pieces need no unit; 2 m of a hose do.
    static bool IsUnit(string text, out string? measure)
    {
        measure = null;
        if (text.Length == 0 || Pieces().IsMatch(text))
            return true;
        if (text.Length > LongestUnit || !Packings().IsMatch(text) && !Unit.TryParse(text, out _, out _))
            return false;
        measure = text;
        return true;
    }

    [GeneratedRegex(@"^\s*(?:none|null|n/?a|-+|–|—|\.+|a\.?/?r\.?|as\s+(?:req(?:uire|')?d\.?|needed)|n(?:ach|\.?)\s?b(?:edarf|\.)|selon\s+besoin|по\s+потребности)\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Nothing();

    [GeneratedRegex(@"^\s*(?:[xX×]\s*)?(?<n>[1-9]\d{0,2}(?:[ \u00A0\u202F]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?|[.,]\d+)\s*(?<u>[^\d\s.,](?:.*\S)?)?\s*$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Number();

    [GeneratedRegex(@"^(?:x|×|pcs?\.?|pieces?|ea\.?|each|nos?\.?|units?|stk\.?|stck\.?|stück|stuks|st\.?|шт\.?|off|pz\.?|pc\.?|pce\.?|pi[eè]ces?|uds?\.?|szt\.?|ks|kpl|db|u\.?|[个個件本枚台只套])$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Pieces();

    [GeneratedRegex(@"^(?:sets?|satz|sätze|jeux?|pairs?|paare?|prs?\.?|rolls?|rollen?|packs?|pkg\.?|pck\.?|boxe?s?|m[lL]|c[lL]|[lL]|ltr\.?|lit(?:er|re)s?|lfm\.?|lfd\.?\s?m|lm|м|мм|кг|г|л|компл\.?|м[²2]|м[³3])$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Packings();

    [GeneratedRegex(@"^[1-9]\d{0,2},\d{3}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Grouped();
}
