using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;
using PyBase.Notation.PartNumbers;
using PyBase.Notation.Text;

namespace PyBase.Notation.Drawings;

/// <summary>
/// A drawing as other documents name it: its number, and which revision and sheet of it are meant (the fields of a title block, ISO 7200:2004, 5.1).
/// <see cref="ToString"/> is the canonical text, which reads as an equal reference. Two are equal when the keys of their numbers, revisions and sheets are.
/// </summary>
/// <param name="Number">The drawing's number.</param>
/// <param name="Revision">The revision as written, in capitals; empty when none is named.</param>
/// <param name="Sheet">The sheet; null when none is named.</param>
/// <param name="Sheets">How many sheets there are; null when not said.</param>
public sealed partial record DrawingReference(PartNumber Number, string Revision, int? Sheet, int? Sheets)
{
    /// <summary>Reads <c>DRW-1234</c>, <c>DRW-1234 Rev B</c>, <c>DRW-1234 Rev. B, Sheet 2/5</c>, <c>DRW-1234 sh 2 of 5</c>.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out DrawingReference? value, [NotNullWhen(false)] out NotationFault? fault)
    {
        value = null;
        if (text.Length > NotationFault.MaxTextLength)
        {
            fault = new(NotationFault.MaxTextLength, $"at most {NotationFault.MaxTextLength} characters");
            return false;
        }
        var written = text.ToString();
        var (revision, sheet, sheets) = ("", (int?)null, (int?)null);
        var end = written.Length;
        if (SheetPattern().Match(written) is { Success: true } place)
        {
            (sheet, end) = (int.Parse(place.Groups["sheet"].ValueSpan, CultureInfo.InvariantCulture), place.Index);
            if (place.Groups["sheets"].Success)
                sheets = int.Parse(place.Groups["sheets"].ValueSpan, CultureInfo.InvariantCulture);
            if (sheet == 0 || sheet > sheets)
            {
                fault = new(place.Groups["sheet"].Index, "a sheet from 1 to the number of sheets");
                return false;
            }
        }
        if (RevisionPattern().Match(written[..end]) is { Success: true } issue)
            (revision, end) = (issue.Groups["revision"].Value.ToUpperInvariant(), issue.Index);
        if (!PartNumber.TryParse(text[..end].TrimEnd(" ,;"), out var number, out fault))
            return false;
        value = new(number, revision, sheet, sheets);
        return true;
    }

    /// <inheritdoc/>
    public bool Equals(DrawingReference? other) => other is not null && Number == other.Number && Revision == other.Revision && Sheet == other.Sheet && Sheets == other.Sheets;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Number, Revision, Sheet, Sheets);

    /// <summary>The canonical text: DRW-1234 Rev B Sheet 2/5.</summary>
    public override string ToString() =>
        Number.Text + (Revision.Length > 0 ? " Rev " + Revision : "") + (Sheet is { } sheet ? string.Create(CultureInfo.InvariantCulture, $" Sheet {sheet}") : "")
        + (Sheets is { } sheets ? string.Create(CultureInfo.InvariantCulture, $"/{sheets}") : "");

    [GeneratedRegex(@"[\s,;]+(SHEET|SHT|SH|BLATT|BL)\.?\s*(?<sheet>[0-9]{1,4})(\s*(/|OF|VON)\s*(?<sheets>[0-9]{1,4}))?\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex SheetPattern();

    [GeneratedRegex(@"[\s,;]+(REVISION|REV)(\.\s*|\s+)(?<revision>-|[A-Z]{1,3}|[0-9]{1,4}(\.[0-9]{1,4})?)\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex RevisionPattern();
}
