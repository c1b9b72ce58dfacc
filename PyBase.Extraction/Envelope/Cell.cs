using System.Globalization;

namespace PyBase.Extraction.Envelope;

/// <summary>A typed value or nothing; made by assignment from text, number, integer or truth value.</summary>
public readonly record struct Cell
{
    readonly string? text;
    readonly long bits;

    Cell(ColumnType type, string? text, long bits) => (Type, this.text, this.bits, IsEmpty) = (type, text, bits, false);

    /// <summary>Holds nothing.</summary>
    public Cell() => IsEmpty = true;

    /// <summary>What it holds; of no meaning when it is empty.</summary>
    public ColumnType Type { get; }

    /// <summary>Whether it holds nothing. A text of no characters is not nothing.</summary>
    public bool IsEmpty { get; }

    /// <summary>The text; null for any other type.</summary>
    public string? Text => text;

    /// <summary>The number or integer; null for any other type.</summary>
    public double? Number => IsEmpty ? null : Type switch
    {
        ColumnType.Number => BitConverter.Int64BitsToDouble(bits),
        ColumnType.Integer => bits,
        _ => null,
    };

    /// <summary>The integer; null for any other type.</summary>
    public long? Integer => !IsEmpty && Type == ColumnType.Integer ? bits : null;

    /// <summary>The truth value; null for any other type.</summary>
    public bool? Boolean => !IsEmpty && Type == ColumnType.Boolean ? bits != 0 : null;

    /// <summary>The shortest decimal that means the same number: 0.1, not the binary fraction next to it; null beyond the range of decimals.</summary>
    public decimal? Decimal =>
        Number is { } number && decimal.TryParse(number.ToString("R", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture, out var exact)
            ? exact
            : null;

    /// <summary>A text; null is empty.</summary>
    public static implicit operator Cell(string? value) => value is null ? new Cell() : new Cell(ColumnType.Text, value, 0);

    /// <summary>A number; null and what is no number are empty.</summary>
    public static implicit operator Cell(double? value) =>
        value is { } number && double.IsFinite(number) ? new Cell(ColumnType.Number, null, BitConverter.DoubleToInt64Bits(number)) : new Cell();

    /// <summary>A number; what is no number is empty.</summary>
    public static implicit operator Cell(double value) => (double?)value;

    /// <summary>An integer; null is empty.</summary>
    public static implicit operator Cell(long? value) => value is { } number ? new Cell(ColumnType.Integer, null, number) : new Cell();

    /// <summary>An integer.</summary>
    public static implicit operator Cell(long value) => new(ColumnType.Integer, null, value);

    /// <summary>An integer.</summary>
    public static implicit operator Cell(int value) => new(ColumnType.Integer, null, value);

    /// <summary>A truth value.</summary>
    public static implicit operator Cell(bool value) => new(ColumnType.Boolean, null, value ? 1 : 0);

    /// <summary>The value in a form that depends on no culture; empty when it holds nothing.</summary>
    public override string ToString() => this switch
    {
        { IsEmpty: true } => "",
        { Type: ColumnType.Text } => text!,
        { Type: ColumnType.Boolean } => bits != 0 ? "true" : "false",
        { Type: ColumnType.Integer } => bits.ToString(CultureInfo.InvariantCulture),
        _ => Number!.Value.ToString("R", CultureInfo.InvariantCulture),
    };
}
