using System.Globalization;
using System.Text;

namespace PyBase.Extraction.Dxf.Dimensions;

/// <summary>Writes a value as a dimension style does, for dimensions whose block shows no text.</summary>
static class DimensionFormat
{
    const double LargestFraction = 1e12;

    /// <summary>A length: 46,72 or 4'-0 1/4".</summary>
    public static string Length(double value, DimensionVariables style) => Length(value, style, style.Decimals, style.Zeros);

    public static string Length(double value, DimensionVariables style, int decimals, int zeros)
    {
        if (style.Rounding > 0 && Math.Abs(value / style.Rounding) < LargestFraction)
            value = Math.Round(value / style.Rounding, MidpointRounding.AwayFromZero) * style.Rounding;
        return style.LengthFormat switch
        {
            1 => value.ToString("0." + new string('0', decimals) + "E+00", CultureInfo.InvariantCulture).Replace('.', style.Separator),
            3 => Feet(value, zeros, inches => Number(inches, decimals, (zeros & 4) != 0, (zeros & 8) != 0, '.')),
            4 => Feet(value, zeros, inches => Fraction(inches, decimals)),
            5 => Fraction(value, decimals),
            _ => Number(value, decimals, (zeros & 4) != 0, (zeros & 8) != 0, style.Separator),
        };
    }

    /// <summary>An angle in decimal degrees: 94°.</summary>
    public static string Angle(double degrees, DimensionVariables style) =>
        Number(degrees, style.AngleDecimals, (style.AngleZeros & 1) != 0, (style.AngleZeros & 2) != 0, style.Separator) + "°";

    static string Number(double value, int decimals, bool noLeadingZero, bool noTrailingZeros, char separator)
    {
        var text = Math.Abs(value) < 1e15
            ? Math.Round(value, decimals, MidpointRounding.AwayFromZero).ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)
            : value.ToString("R", CultureInfo.InvariantCulture);
        if (noTrailingZeros && text.Contains('.', StringComparison.Ordinal))
            text = text.TrimEnd('0').TrimEnd('.');
        if (noLeadingZero && text.StartsWith("0.", StringComparison.Ordinal))
            text = text[1..];
        else if (noLeadingZero && text.StartsWith("-0.", StringComparison.Ordinal))
            text = "-" + text[2..];
        return text is "-0" ? "0" : text.Replace('.', separator);
    }

    // The low two bits of DIMZIN: 0 neither zero feet nor zero inches, 1 both, 2 zero feet, 3 zero inches.
    static string Feet(double value, int zeros, Func<double, string> inches)
    {
        if (Math.Abs(value) >= LargestFraction)
            return value.ToString("R", CultureInfo.InvariantCulture);
        var feet = Math.Floor(Math.Abs(value) / 12);
        var rest = inches(Math.Abs(value) - (feet * 12));
        if (rest == "12")
            (feet, rest) = (feet + 1, "0");
        var text = new StringBuilder(value < 0 ? "-" : "");
        var low = zeros & 3;
        var showsFeet = feet > 0 || low is 1 or 2;
        if (showsFeet)
            text.Append(CultureInfo.InvariantCulture, $"{feet}'");
        if (rest != "0" || low is 1 or 3 || !showsFeet)
            text.Append(showsFeet ? "-" : "").Append(rest).Append('"');
        return text.ToString();
    }

    static string Fraction(double value, int power)
    {
        if (Math.Abs(value) >= LargestFraction)
            return value.ToString("R", CultureInfo.InvariantCulture);
        var denominator = 1L << power;
        var parts = (long)Math.Round(Math.Abs(value) * denominator, MidpointRounding.AwayFromZero);
        var (whole, numerator) = (parts / denominator, parts % denominator);
        while (numerator > 0 && numerator % 2 == 0)
            (numerator, denominator) = (numerator / 2, denominator / 2);
        var sign = value < 0 && parts > 0 ? "-" : "";
        if (numerator == 0)
            return string.Create(CultureInfo.InvariantCulture, $"{sign}{whole}");
        return whole == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{sign}{numerator}/{denominator}")
            : string.Create(CultureInfo.InvariantCulture, $"{sign}{whole} {numerator}/{denominator}");
    }
}
