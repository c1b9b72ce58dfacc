using System.Text;
using PyBase.Notation.Units;

namespace PyBase.Notation.Geometry;

/// <summary>One row of a tolerance frame. Equal when the texts are; closing zeros do not count.</summary>
public sealed record FrameRow
{
    /// <summary>What is controlled; rows of a composite frame share it.</summary>
    public required GeometricCharacteristic Characteristic { get; init; }

    /// <summary>Shape of the zone.</summary>
    public ToleranceZone Zone { get; init; }

    /// <summary>Size of the zone, in <see cref="Unit"/>; zero is allowed at maximum or least material.</summary>
    public required decimal Tolerance { get; init; }

    /// <summary>Unit of all lengths of the row.</summary>
    public Unit Unit { get; init; } = LengthUnits.Millimetre;

    /// <summary>Length on which the tolerance holds: 100 of 0.1/100.</summary>
    public decimal? PerLength { get; init; }

    /// <summary>Second side of a square on which the tolerance holds: the last 25 of 0.1/25x25.</summary>
    public decimal? PerWidth { get; init; }

    /// <summary>Signs behind the tolerance, in their order.</summary>
    public IReadOnlyList<ZoneModifier> Modifiers { get; init; } = [];

    /// <summary>Primary, secondary and tertiary datum; at most three.</summary>
    public IReadOnlyList<DatumReference> Datums { get; init; } = [];

    /// <summary>Size of the zone in metres.</summary>
    public double SiTolerance => Unit.ToSi(Tolerance);

    /// <summary>True when the characteristic needs a datum and there is none.</summary>
    public bool IsDatumMissing => Datums.Count == 0 && CharacteristicSign.Of(Characteristic).NeedsDatum;

    /// <inheritdoc/>
    public bool Equals(FrameRow? other) => other is not null && ToString() == other.ToString();

    /// <inheritdoc/>
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    /// <summary>The row with its characteristic: ⌖|⌀0.1Ⓜ|A|BⓂ|C.</summary>
    public override string ToString() => $"{CharacteristicSign.Of(Characteristic).Symbol}|{Compartments()}";

    /// <summary>The row without its characteristic, as the lower rows of a composite frame have it.</summary>
    internal string Compartments()
    {
        var text = new StringBuilder();
        text.Append(Zone switch { ToleranceZone.Cylinder => "⌀", ToleranceZone.Sphere => "S⌀", _ => "" }).Append(Number(Tolerance));
        if (PerLength is { } length)
            text.Append('/').Append(Number(length));
        if (PerWidth is { } width)
            text.Append('x').Append(Number(width));
        if (Unit != LengthUnits.Millimetre)
            text.Append(' ').Append(Unit.Symbol);
        text.Append(string.Concat(Modifiers));
        foreach (var datum in Datums)
            text.Append('|').Append(datum);
        return text.ToString();
    }

    static string Number(decimal value) => Threads.ThreadText.Number(value);
}
