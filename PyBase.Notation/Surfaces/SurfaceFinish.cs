using System.Diagnostics.CodeAnalysis;
using PyBase.Notation.Text;
using PyBase.Notation.Units;

namespace PyBase.Notation.Surfaces;

/// <summary>
/// One requirement on surface texture. <see cref="ToString"/> is the canonical text, which reads as an equal requirement; the text
/// it was read from does not count for equality, nor do closing zeros. The order is by parameter, then SI value.
/// </summary>
public sealed record SurfaceFinish : IComparable<SurfaceFinish>
{
    /// <summary>What is measured.</summary>
    public required SurfaceParameter Parameter { get; init; }

    /// <summary>The limit, the upper one of two.</summary>
    public required decimal Value { get; init; }

    /// <summary>The lower limit of <c>Ra 0.8-1.6</c>.</summary>
    public decimal? Lower { get; init; }

    /// <summary>Unit of the values; null for a parameter without.</summary>
    public Unit? Unit { get; init; }

    /// <summary>True for max: no measured value may be above (ISO 21920-3), instead of the 16 % rule.</summary>
    public bool IsMaximum { get; init; }

    /// <summary>Direction of the marks.</summary>
    public SurfaceLay Lay { get; init; }

    /// <summary>Manufacturing process, one word in small letters; empty when not given.</summary>
    public string Process { get; init; } = "";

    /// <summary>Machining allowance in mm.</summary>
    public decimal? Allowance { get; init; }

    /// <summary>The text it was read from; empty when it was not read.</summary>
    public string Original { get; init; } = "";

    /// <summary>The limit in metres; the number itself for a parameter without unit.</summary>
    public double SiValue => Unit?.ToSi(Value) ?? (double)Value;

    /// <summary>Grade N1 to N12 when the value is one of its Ra.</summary>
    public int? Grade => Parameter == SurfaceParameter.Ra && Unit is not null && Unit.TryConvert(Value, LengthUnits.Micrometre, out var ra) ? RoughnessGrade.Of(ra) : null;

    /// <summary>
    /// Reads <c>Ra 1.6</c>, <c>Rz 6,3 max</c>, <c>Ra 63 µin</c>, <c>N7</c>, <c>Ra 0.8-1.6</c>, with lay, process and <c>allowance 0.3</c> behind.
    /// A number alone is Ra in µm; a value in µm that names no unit is in µm.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out SurfaceFinish? value, [NotNullWhen(false)] out NotationFault? fault)
    {
        value = null;
        if (!FoldedText.TryFold(text, out var folded, out fault))
            return false;
        var reader = new NotationReader(folded);
        if (SurfaceReader.TryRead(ref reader, out value))
        {
            value = value with { Original = text.ToString() };
            return true;
        }
        fault = reader.Fault();
        return false;
    }

    /// <inheritdoc/>
    public int CompareTo(SurfaceFinish? other)
    {
        if (other is null)
            return 1;
        var order = string.CompareOrdinal(Parameter.Symbol, other.Parameter.Symbol);
        if (order == 0)
            order = SiValue.CompareTo(other.SiValue);
        return order != 0 ? order : string.CompareOrdinal(ToString(), other.ToString());
    }

    /// <inheritdoc/>
    public bool Equals(SurfaceFinish? other) => other is not null && ToString() == other.ToString();

    /// <inheritdoc/>
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    /// <summary>The canonical text: Ra 0.8-1.6 µm max ⟂ ground allowance 0.3 mm.</summary>
    public override string ToString()
    {
        var lower = Lower is { } least ? Number(least) + "-" : "";
        var unit = Unit is null ? "" : " " + Unit.Symbol;
        var lay = SurfaceReader.SignOf(Lay) is { } sign ? " " + sign : "";
        var process = Process.Length > 0 ? " " + Process : "";
        var allowance = Allowance is { } extra ? $" allowance {Number(extra)} mm" : "";
        return $"{Parameter.Symbol} {lower}{Number(Value)}{unit}{(IsMaximum ? " max" : "")}{lay}{process}{allowance}";

        static string Number(decimal number) => Threads.ThreadText.Number(number);
    }

    /// <summary>Order by parameter and value.</summary>
    public static bool operator <(SurfaceFinish left, SurfaceFinish right) => Compare(left, right) < 0;

    /// <summary>Order by parameter and value.</summary>
    public static bool operator <=(SurfaceFinish left, SurfaceFinish right) => Compare(left, right) <= 0;

    /// <summary>Order by parameter and value.</summary>
    public static bool operator >(SurfaceFinish left, SurfaceFinish right) => Compare(left, right) > 0;

    /// <summary>Order by parameter and value.</summary>
    public static bool operator >=(SurfaceFinish left, SurfaceFinish right) => Compare(left, right) >= 0;

    static int Compare(SurfaceFinish? left, SurfaceFinish? right) => left is null ? right is null ? 0 : -1 : left.CompareTo(right);
}
