using System.Diagnostics.CodeAnalysis;
using PyBase.Notation.Text;

namespace PyBase.Notation.Units;

/// <summary>
/// A unit of measurement: its symbol and its exact way to SI, which is <c>(value × Numerator / Denominator + Offset)</c>,
/// times π for angles. There is one instance of each unit, listed in <see cref="UnitTable"/>; two units are equal when they are the same.
/// </summary>
public sealed class Unit
{
    internal Unit(string symbol, string name, UnitDimension dimension, decimal numerator, decimal denominator = 1, params string[] aliases)
    {
        Symbol = symbol;
        Name = name;
        Dimension = dimension;
        Numerator = numerator;
        Denominator = denominator;
        Aliases = aliases;
    }

    /// <summary>The symbol it is written with: <c>mm</c>, <c>N/mm²</c>.</summary>
    public string Symbol { get; }

    /// <summary>English name in the singular.</summary>
    public string Name { get; }

    /// <summary>What it measures.</summary>
    public UnitDimension Dimension { get; }

    /// <summary>Other spellings that are read as this unit.</summary>
    public IReadOnlyList<string> Aliases { get; }

    /// <summary>Upper part of the factor to SI.</summary>
    public decimal Numerator { get; }

    /// <summary>Lower part of the factor to SI.</summary>
    public decimal Denominator { get; }

    /// <summary>True for angles and rotational speeds whose factor holds π.</summary>
    public bool TimesPi { get; internal init; }

    /// <summary>SI value of zero; only temperature scales have one.</summary>
    public decimal Offset { get; internal init; }

    /// <summary>True when the symbol touches the number: 45°, 3", 20 °C does not.</summary>
    public bool Touches => Symbol is "°";

    /// <summary>A value in this unit as the SI value.</summary>
    public double ToSi(decimal value) => Scale(value, Offset);

    /// <summary>A difference of two values in this unit as the SI difference: 1 °C is 1 K.</summary>
    public double DifferenceToSi(decimal value) => Scale(value, 0);

    double Scale(decimal value, decimal offset)
    {
        // Below 1E-12 a decimal has too few digits left; nothing that small has an offset.
        var scaled = value * Numerator;
        var si = Math.Abs(scaled / Denominator) is > 0 and < 1E-12m || scaled == 0 && value != 0
            ? (double)value * (double)Numerator / (double)Denominator
            : (double)(scaled / Denominator + offset);
        return TimesPi ? si * Math.PI : si;
    }

    /// <summary>True when values of both units can be compared.</summary>
    public bool IsComparableTo(Unit other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Dimension == other.Dimension;
    }

    /// <summary>The value in another unit; false when the dimensions differ or the result is out of the range of a text's number.</summary>
    public bool TryConvert(decimal value, Unit target, out decimal converted) => TryConvert(value, target, absolute: true, out converted);

    /// <summary>A difference in another unit, without the offset of temperature scales.</summary>
    public bool TryConvertDifference(decimal value, Unit target, out decimal converted) => TryConvert(value, target, absolute: false, out converted);

    bool TryConvert(decimal value, Unit target, bool absolute, out decimal converted)
    {
        ArgumentNullException.ThrowIfNull(target);
        converted = value;
        if (ReferenceEquals(this, target))
            return true;
        if (Dimension != target.Dimension)
            return false;
        try
        {
            var factor = Numerator * target.Denominator / (Denominator * target.Numerator);
            if (TimesPi && !target.TimesPi)
                factor *= Pi;
            else if (!TimesPi && target.TimesPi)
                factor /= Pi;
            converted = value * factor;
            if (absolute && Offset != target.Offset)
                converted += (Offset - target.Offset) * target.Denominator / target.Numerator;
            return true;
        }
        catch (OverflowException)
        {
            return false;
        }
    }

    const decimal Pi = 3.1415926535897932384626433833m;

    /// <summary>Reads one unit and nothing else: <c>mm</c>, <c>"</c>, <c>N·m</c>, <c>MPa</c>. A prime alone is a foot, two are an inch.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out Unit? value, [NotNullWhen(false)] out NotationFault? fault)
    {
        value = null;
        if (!FoldedText.TryFold(text, out var folded, out fault))
            return false;
        var reader = new NotationReader(folded);
        reader.SkipBlanks();
        if (UnitTable.TryTake(ref reader, out value) && reader.ExpectEnd())
            return true;
        value = null;
        fault = reader.Fault();
        return false;
    }

    /// <summary>The symbol.</summary>
    public override string ToString() => Symbol;
}
