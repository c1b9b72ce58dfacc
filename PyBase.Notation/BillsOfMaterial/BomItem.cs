using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;
using PyBase.Notation.PartNumbers;
using PyBase.Notation.Text;
using PyBase.Notation.Units;

namespace PyBase.Notation.BillsOfMaterial;

/// <summary>
/// An item of a parts list (ISO 7573:2008): its position, as the balloon on the drawing has it, how many of which part.
/// <see cref="ToString"/> is the canonical text, which reads as an equal item.
/// </summary>
/// <param name="Position">Figures parted by points, and a small letter behind: <c>3</c>, <c>3.10</c>, <c>12a</c>; empty when not given.</param>
/// <param name="Quantity">How many or how much; null when not given.</param>
/// <param name="Unit">Of what there is much rather than many: m, kg; null for pieces.</param>
/// <param name="Part">The part; null for a position alone.</param>
/// <param name="Revision">The part's revision, in capitals; empty when not given.</param>
public sealed partial record BomItem(string Position, decimal? Quantity, Unit? Unit, PartNumber? Part, string Revision)
{
    /// <summary>
    /// Reads <c>3.1: 4x PT-100 Rev B</c>, <c>Pos 12a 0,5 m HOSE-8</c>, <c>4 pcs PT-100</c>, <c>PT-100</c>, and a position alone, <c>3.1</c>. Figures alone are a position
    /// of at most four figures, a longer number is a part.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out BomItem? value, [NotNullWhen(false)] out NotationFault? fault)
    {
        value = null;
        if (!FoldedText.TryFold(text, out var folded, out fault))
            return false;
        var rest = new string(folded);
        var place = PositionPattern().Match(rest);
        var position = place.Groups["position"].Value.ToLowerInvariant();
        // Of the original, since in a part number Ø is a letter.
        var at = place.Length;
        var much = QuantityPattern().Match(rest, at);
        decimal? quantity = null;
        Unit? unit = null;
        if (much.Success && (much.Groups["pieces"].Success || Unit.TryParse(much.Groups["unit"].Value, out unit, out _)))
        {
            if (!decimal.TryParse(much.Groups["number"].Value.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) || number == 0)
            {
                fault = new(at, "a quantity above zero");
                return false;
            }
            (quantity, at) = (number, at + much.Length);
        }
        var name = text[at..].ToString();
        var revision = "";
        if (RevisionPattern().Match(name) is { Success: true } issue)
            (revision, name) = (issue.Groups["revision"].Value.ToUpperInvariant(), name[..issue.Index]);
        PartNumber? part = null;
        if ((name.Trim().Length > 0 || position.Length == 0) && !PartNumber.TryParse(name, out part, out var missing))
        {
            fault = missing with { Position = at + missing.Position };
            return false;
        }
        if (part is null && (quantity is not null || revision.Length > 0))
        {
            fault = new(text.Length, "a part number");
            return false;
        }
        value = new(position, quantity, unit, part, revision);
        return true;
    }

    /// <inheritdoc/>
    public bool Equals(BomItem? other) => other is not null && Position == other.Position && Quantity == other.Quantity && Unit == other.Unit && Equals(Part, other.Part) && Revision == other.Revision;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Position, Quantity, Unit?.Symbol, Part, Revision);

    /// <summary>The canonical text: 3.1: 4x PT-100 Rev B.</summary>
    public override string ToString()
    {
        var number = Quantity is { } quantity ? (quantity / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture) + (Unit is null ? "x" : " " + Unit.Symbol) : null;
        // Behind its colon a part of figures is no position.
        return Part is null ? Position
            : string.Join(' ', new[] { Position.Length > 0 ? Position + ":" : null, number, Part.Text, Revision.Length > 0 ? "Rev " + Revision : null }.OfType<string>());
    }

    [GeneratedRegex(@"^\s*((POS|ITEM)\.?\s*(?<position>[0-9]{1,4}(\.[0-9]{1,4}){0,9}[a-z]?)\s*[:)]?(\s+|$)|(?<position>[0-9]{1,4}(\.[0-9]{1,4}){0,9}[a-z]?)\s*([:)]\s*|$))?", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex PositionPattern();

    [GeneratedRegex(@"\G\s*(?<number>[0-9]{1,9}([.,][0-9]{1,6})?)\s*((?<pieces>×|x|pcs?\.?|ea\.?|off|stk\.?|st\.)(\s+|$)|(?<unit>[^\s0-9]{1,6})(\s+|$))", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex QuantityPattern();

    [GeneratedRegex(@"[\s,;]+(REVISION|REV)(\.\s*|\s+)(?<revision>-|[A-Z]{1,3}|[0-9]{1,4}(\.[0-9]{1,4})?)\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex RevisionPattern();
}
