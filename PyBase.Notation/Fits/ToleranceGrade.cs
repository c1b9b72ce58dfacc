using System.Globalization;

namespace PyBase.Notation.Fits;

/// <summary>A standard tolerance grade IT01, IT0, IT1 … IT18 (ISO 286-1:2010, 4.1.3).</summary>
/// <param name="Number">1 to 18; 0 for IT0 and −1 for IT01.</param>
public readonly record struct ToleranceGrade(int Number) : IComparable<ToleranceGrade>
{
    /// <summary>IT01, the finest.</summary>
    public static ToleranceGrade Finest { get; } = new(-1);

    /// <summary>IT18, the coarsest.</summary>
    public static ToleranceGrade Coarsest { get; } = new(18);

    /// <summary>Reads the digits behind a letter: 01, 0, 1 … 18.</summary>
    internal static ToleranceGrade? From(ReadOnlySpan<char> digits) => digits switch
    {
        "01" => Finest,
        "0" => new(0),
        [>= '1' and <= '9' and var one] => new(one - '0'),
        ['1', >= '0' and <= '8' and var two] => new(10 + two - '0'),
        _ => null,
    };

    /// <inheritdoc/>
    public int CompareTo(ToleranceGrade other) => Number.CompareTo(other.Number);

    /// <summary>True when the first is finer.</summary>
    public static bool operator <(ToleranceGrade left, ToleranceGrade right) => left.Number < right.Number;

    /// <summary>True when the first is finer or the same.</summary>
    public static bool operator <=(ToleranceGrade left, ToleranceGrade right) => left.Number <= right.Number;

    /// <summary>True when the first is coarser.</summary>
    public static bool operator >(ToleranceGrade left, ToleranceGrade right) => left.Number > right.Number;

    /// <summary>True when the first is coarser or the same.</summary>
    public static bool operator >=(ToleranceGrade left, ToleranceGrade right) => left.Number >= right.Number;

    /// <summary>The digits: 01, 0, 7.</summary>
    public override string ToString() => Number < 0 ? "01" : Number.ToString(CultureInfo.InvariantCulture);
}
