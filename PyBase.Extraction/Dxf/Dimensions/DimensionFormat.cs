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

    /// <summary>An angle: 94.4°, 94°24' or 94°23'59", 104.9g, 1.65r.</summary>
    public static string Angle(double degrees, DimensionVariables style) => style.AngleFormat switch
    {
        1 when Math.Abs(degrees) < LargestFraction => Sexagesimal(degrees, style),
        2 => Plain(degrees / 0.9, style) + "g",
        3 => Plain(degrees * Math.PI / 180, style) + "r",
        _ => Plain(degrees, style) + "°",
    };

    static string Plain(double angle, DimensionVariables style) =>
        Number(angle, style.AngleDecimals, (style.AngleZeros & 1) != 0, (style.AngleZeros & 2) != 0, style.Separator);

    // Up to no decimals degrees only, up to two minutes, then seconds, from the fifth on with decimals.
    static string Sexagesimal(double degrees, DimensionVariables style)
    {
        var decimals = style.AngleDecimals;
        var scale = decimals switch { 0 => 1, <= 2 => 60, _ => 3600 * Math.Pow(10, Math.Max(0, decimals - 4)) };
        var parts = Math.Round(Math.Abs(degrees) * scale, MidpointRounding.AwayFromZero);
        var text = new StringBuilder(degrees < 0 && parts > 0 ? "-" : "");
        text.Append(CultureInfo.InvariantCulture, $"{Math.Floor(parts / scale)}°");
        if (decimals > 0)
            text.Append(CultureInfo.InvariantCulture, $"{Math.Floor(parts % scale / (scale / 60))}'");
        if (decimals > 2)
            text.Append(Number(parts % (scale / 60) / (scale / 3600), Math.Max(0, decimals - 4), false, false, style.Separator)).Append('"');
        return text.ToString();
    }

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
        // Rounding may have made a foot of them; of no inches neither a zero nor its decimals are shown.
        var isWhole = double.TryParse(rest, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var left);
        if (isWhole && left == 12)
            (feet, rest) = (feet + 1, inches(0));
        var hasInches = !isWhole || left is not (0 or 12);
        var text = new StringBuilder(value < 0 ? "-" : "");
        var low = zeros & 3;
        var showsFeet = feet > 0 || low is 1 or 2;
        if (showsFeet)
            text.Append(CultureInfo.InvariantCulture, $"{feet}'");
        if (hasInches || low is 1 or 3 || !showsFeet)
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
