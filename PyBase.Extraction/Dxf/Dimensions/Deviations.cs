using System.Globalization;
using PyBase.Extraction.Dxf.Text;

namespace PyBase.Extraction.Dxf.Dimensions;

/// <summary>How far a size may depart from the nominal one.</summary>
/// <param name="Upper">Signed.</param>
/// <param name="Lower">Signed.</param>
/// <param name="Source"><c>text</c>, <c>override</c> (extended data) or <c>style</c>.</param>
sealed record Deviations(double Upper, double Lower, string Source)
{
    /// <summary>From a stack without a line, <c>\S+0.1^-0.2;</c>, as deviations or as limits; else from ± in the text; else from the variables.</summary>
    public static Deviations? Of(string text, IReadOnlyList<Stack> stacks, double? nominal, DimensionVariables style)
    {
        foreach (var stack in stacks)
        {
            if (stack.Mark == '^' && TryNumber(stack.Upper, out var above) && TryNumber(stack.Lower, out var below))
                return OfStack(stack, above, below, nominal, style);
        }
        var sign = text.IndexOf('±', StringComparison.Ordinal);
        if (sign >= 0 && TryNumber(Leading(text.AsSpan(sign + 1)), out var both))
            return new Deviations(both, -both, "text");
        if (!style.ShowsDeviations && !style.ShowsLimits)
            return null;
        return new Deviations(style.UpperDeviation, -style.LowerDeviation, style.SetsTolerance ? "override" : "style");
    }

    static Deviations? OfStack(Stack stack, double above, double below, double? nominal, DimensionVariables style)
    {
        var hasSign = HasSign(stack.Upper) || HasSign(stack.Lower);
        // Two sizes above each other are limits: far from zero, near to the size between them.
        var isLimits = style.ShowsLimits || (!hasSign && nominal is { } size && size > 0 && below > size / 2 && above > size / 2);
        if (isLimits)
            return nominal is { } middle ? new Deviations(Rounded(above - middle), Rounded(below - middle), "text") : null;
        // A lower one without a sign is meant downwards.
        return new Deviations(above, HasSign(stack.Lower) || below == 0 ? below : -below, "text");
    }

    // The difference of two decimals is a decimal, which floating numbers miss by a little.
    static double Rounded(double value) => Math.Round(value, 9);

    static bool HasSign(string text) => text.AsSpan().Trim() is ['+' or '-' or '−', ..];

    static ReadOnlySpan<char> Leading(ReadOnlySpan<char> text)
    {
        text = text.TrimStart();
        var length = 0;
        while (length < text.Length && (char.IsAsciiDigit(text[length]) || (text[length] is '.' or ',' && length + 1 < text.Length && char.IsAsciiDigit(text[length + 1]))))
            length++;
        return text[..length];
    }

    static bool TryNumber(ReadOnlySpan<char> text, out double value)
    {
        Span<char> digits = stackalloc char[32];
        value = 0;
        text = text.Trim().TrimEnd("\"'°");
        if (text.IsEmpty || text.Length > digits.Length)
            return false;
        text.CopyTo(digits);
        digits = digits[..text.Length];
        digits.Replace(',', '.');
        digits.Replace('−', '-');
        return double.TryParse(digits, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out value);
    }
}
