using System.Diagnostics.CodeAnalysis;
using PyBase.Notation.Text;
using PyBase.Notation.Units;

namespace PyBase.Notation.Quantities;

/// <summary>
/// A dimension or any other quantity: value, unit, tolerance and the signs a drawing puts around them.
/// <see cref="ToString()"/> is the canonical text, which reads as an equal quantity. The text it was read from does not count
/// for equality, nor do closing zeros. The order is by dimension, then SI value, then bounds; what is left is ordered by text.
/// </summary>
public sealed record Quantity : IComparable<Quantity>
{
    /// <summary>The nominal value in <see cref="Unit"/>, decimals as written; the middle of limits of size.</summary>
    public required decimal Value { get; init; }

    /// <summary>The unit of the value.</summary>
    public required Unit Unit { get; init; }

    /// <summary>How far it may go; null when the text does not say, so that a general tolerance may apply.</summary>
    public Tolerance? Tolerance { get; init; }

    /// <summary>The sign before the value.</summary>
    public FeatureSymbol Symbol { get; init; }

    /// <summary>Ordinary, for information, or theoretically exact.</summary>
    public QuantityKind Kind { get; init; }

    /// <summary>Number of features: 4 for 4x.</summary>
    public int Count { get; init; } = 1;

    /// <summary>True for TYP: holds wherever the feature looks the same.</summary>
    public bool IsTypical { get; init; }

    /// <summary>Degrees behind a chamfer's length: 45 for 2x45°.</summary>
    public decimal? ChamferAngle { get; init; }

    /// <summary>The text it was read from; empty when it was not read.</summary>
    public string Original { get; init; } = "";

    /// <summary>The value in the SI unit of its dimension, as the double nearest to the exact decimal.</summary>
    public double SiValue => Unit.ToSi(Value);

    /// <summary>The smallest permissible value in SI; null when the text gives none.</summary>
    public double? SiLower => QuantityBounds.Of(this).Lower;

    /// <summary>The largest permissible value in SI; null when the text gives none.</summary>
    public double? SiUpper => QuantityBounds.Of(this).Upper;

    /// <summary>Limits of size; the value is their middle.</summary>
    public static Quantity Between(decimal lower, decimal upper, Unit unit) =>
        new() { Value = lower + (upper - lower) / 2, Unit = unit, Tolerance = new Tolerance.Limits(lower, upper) };

    /// <summary>Reads any quantity; without a unit it is a length in mm, as ISO 129-1 has it.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out Quantity? value, [NotNullWhen(false)] out NotationFault? fault) =>
        TryParse(text, LengthUnits.Millimetre, anyDimension: true, out value, out fault);

    /// <summary>Reads a quantity of the default unit's dimension; a unit of another dimension is a fault.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, Unit defaultUnit, [NotNullWhen(true)] out Quantity? value, [NotNullWhen(false)] out NotationFault? fault) =>
        TryParse(text, defaultUnit, anyDimension: false, out value, out fault);

    /// <summary>Reads a quantity.</summary>
    /// <param name="text">Such as <c>⌀12.7 ±0.05</c>, <c>10 +0,1 -0,2</c>, <c>4x R3</c>, <c>5'-3 1/2"</c>.</param>
    /// <param name="defaultUnit">The unit of a text that names none.</param>
    /// <param name="anyDimension">False to refuse units that cannot be compared with the default.</param>
    /// <param name="value">The quantity.</param>
    /// <param name="fault">Where and why the text is none.</param>
    public static bool TryParse(
        ReadOnlySpan<char> text, Unit defaultUnit, bool anyDimension, [NotNullWhen(true)] out Quantity? value, [NotNullWhen(false)] out NotationFault? fault)
    {
        ArgumentNullException.ThrowIfNull(defaultUnit);
        value = null;
        if (!FoldedText.TryFold(text, out var folded, out fault))
            return false;
        var reader = new NotationReader(folded);
        if (new QuantityReader(defaultUnit, anyDimension).TryRead(ref reader, out value))
        {
            value = value with { Original = text.ToString() };
            return true;
        }
        fault = reader.Fault();
        return false;
    }

    /// <summary>The same quantity in another unit, rounded when decimals are given; false when the dimensions differ.</summary>
    public bool TryConvert(Unit unit, int? decimals, [NotNullWhen(true)] out Quantity? converted)
    {
        converted = QuantityConversion.Convert(this, unit, decimals);
        return converted is not null;
    }

    /// <summary>The canonical text: <c>4x ⌀10 ±0.1 mm</c>.</summary>
    public override string ToString() => QuantityText.Write(this, closingZeros: true);

    /// <inheritdoc/>
    public int CompareTo(Quantity? other)
    {
        if (other is null)
            return 1;
        var order = Unit.Dimension.CompareTo(other.Unit.Dimension);
        if (order == 0)
            order = SiValue.CompareTo(other.SiValue);
        if (order == 0)
            order = Nullable.Compare(SiLower, other.SiLower);
        if (order == 0)
            order = Nullable.Compare(SiUpper, other.SiUpper);
        return order != 0 ? order : string.CompareOrdinal(QuantityText.Write(this, closingZeros: false), QuantityText.Write(other, closingZeros: false));
    }

    /// <inheritdoc/>
    public bool Equals(Quantity? other) =>
        other is not null && Value == other.Value && ReferenceEquals(Unit, other.Unit) && Equals(Tolerance, other.Tolerance) && Symbol == other.Symbol
        && Kind == other.Kind && Count == other.Count && IsTypical == other.IsTypical && ChamferAngle == other.ChamferAngle;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Value, Unit.Symbol, Tolerance, Symbol, Kind, Count, IsTypical, ChamferAngle);

    /// <summary>Order by SI value.</summary>
    public static bool operator <(Quantity left, Quantity right) => Compare(left, right) < 0;

    /// <summary>Order by SI value.</summary>
    public static bool operator <=(Quantity left, Quantity right) => Compare(left, right) <= 0;

    /// <summary>Order by SI value.</summary>
    public static bool operator >(Quantity left, Quantity right) => Compare(left, right) > 0;

    /// <summary>Order by SI value.</summary>
    public static bool operator >=(Quantity left, Quantity right) => Compare(left, right) >= 0;

    static int Compare(Quantity? left, Quantity? right) => left is null ? right is null ? 0 : -1 : left.CompareTo(right);
}
