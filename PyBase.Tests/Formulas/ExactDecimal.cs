using System.Globalization;
using System.Numerics;

namespace PyBase.Tests.Formulas;

/// <summary>The decimal digits by which a double is written, computed with exactly.</summary>
readonly record struct ExactDecimal(BigInteger Digits, int Exponent)
{
    /// <summary>The fewest digits that read back. Unlike .NET, PostgreSQL takes none that lie halfway to the next double: it writes 1e23 as 9.999999999999999e22.</summary>
    public static ExactDecimal Of(double number)
    {
        var exact = Parse(number.ToString("R", CultureInfo.InvariantCulture));
        for (var more = BigInteger.Abs(exact.Digits).ToString(CultureInfo.InvariantCulture).TrimEnd('0').Length; number != 0 && exact.IsHalfway(number) && more <= 17; more++)
            exact = Parse(number.ToString($"E{more - 1}", CultureInfo.InvariantCulture));
        return exact;
    }

    bool IsHalfway(double number)
    {
        var bits = BitConverter.DoubleToInt64Bits(Math.Abs(number));
        var (significand, exponent) = (bits & 0xFFFFFFFFFFFFF, (int)(bits >> 52));
        (significand, exponent) = exponent == 0 ? (significand, -1074) : (significand | 1L << 52, exponent - 1075);
        // Digits · 10^Exponent against (2 · significand ± 1) · 2^(exponent - 1), both sides made whole.
        var decimals = BigInteger.Abs(Digits) * BigInteger.Pow(10, Math.Max(Exponent, 0)) * BigInteger.Pow(2, Math.Max(1 - exponent, 0));
        var binary = BigInteger.Pow(2, Math.Max(exponent - 1, 0)) * BigInteger.Pow(10, Math.Max(-Exponent, 0));
        return decimals == (2 * (BigInteger)significand + 1) * binary || decimals == (2 * (BigInteger)significand - 1) * binary;
    }

    static ExactDecimal Parse(string text)
    {
        var (mantissa, exponent) = text.IndexOf('E', StringComparison.Ordinal) is >= 0 and var e ? (text[..e], int.Parse(text[(e + 1)..], CultureInfo.InvariantCulture)) : (text, 0);
        if (mantissa.IndexOf('.', StringComparison.Ordinal) is >= 0 and var point)
            (mantissa, exponent) = (mantissa.Remove(point, 1), exponent - (mantissa.Length - point - 1));
        return new(BigInteger.Parse(mantissa, CultureInfo.InvariantCulture), exponent);
    }

    public double ToDouble() => double.Parse($"{Digits}E{Exponent}", CultureInfo.InvariantCulture);

    public ExactDecimal At(int exponent) => new(Digits * BigInteger.Pow(10, Exponent - exponent), exponent);

    public static (BigInteger A, BigInteger B, int Exponent) Align(ExactDecimal a, ExactDecimal b)
    {
        var exponent = Math.Min(a.Exponent, b.Exponent);
        return (a.At(exponent).Digits, b.At(exponent).Digits, exponent);
    }

    public static ExactDecimal operator +(ExactDecimal a, ExactDecimal b) => Align(a, b) is var (x, y, e) ? new(x + y, e) : default;

    public double Over(int count) => new ExactDecimal(At(Exponent - 60).Digits / count, Exponent - 60).ToDouble();

    /// <summary>With the sign of the divisor.</summary>
    public static ExactDecimal Remainder(ExactDecimal a, ExactDecimal b)
    {
        var (x, y, e) = Align(a, b);
        var remains = x % y;
        return new(remains != 0 && remains.Sign != y.Sign ? remains + y : remains, e);
    }

    /// <param name="direction">0 to the nearest, 1 away from 0, -1 towards 0.</param>
    public ExactDecimal Round(int places, int direction)
    {
        if (-Exponent <= places)
            return this;
        var unit = BigInteger.Pow(10, -places - Exponent);
        var cut = BigInteger.DivRem(BigInteger.Abs(Digits), unit, out var rest);
        if (direction == 1 && rest > 0 || direction == 0 && rest * 2 >= unit)
            cut++;
        return new(cut * Digits.Sign, -places);
    }
}
