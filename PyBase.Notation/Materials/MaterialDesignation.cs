using System.Diagnostics.CodeAnalysis;
using PyBase.Notation.Text;

namespace PyBase.Notation.Materials;

/// <summary>
/// A designation of a material. The system is told from the form of the text; which of many thousand names exist is not checked.
/// <see cref="ToString"/> is the canonical text, which reads as an equal designation; the text it was read from does not count.
/// </summary>
public sealed record MaterialDesignation : IComparable<MaterialDesignation>
{
    internal MaterialDesignation(string designation, MaterialStandard standard, MaterialFamily family, string condition, string original) =>
        (Designation, Standard, Family, Condition, Original) = (designation, standard, family, condition, original);

    /// <summary>The name without its condition: S355J2, EN AW-6061, 1.4301.</summary>
    public string Designation { get; }

    /// <summary>The system it belongs to.</summary>
    public MaterialStandard Standard { get; }

    /// <summary>What it is made of.</summary>
    public MaterialFamily Family { get; }

    /// <summary>Delivery condition or temper: +N, +QT, T6, H111; empty when not given.</summary>
    public string Condition { get; }

    /// <summary>The text it was read from.</summary>
    public string Original { get; }

    /// <summary>Reads a designation: <c>1.4301</c>, <c>S355J2+N</c>, <c>x5crni18-10</c>, <c>EN AW-6061-T6</c>, <c>AISI 304</c>, <c>UNS S30400</c>, <c>EN-GJL-250</c>.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out MaterialDesignation? value, [NotNullWhen(false)] out NotationFault? fault)
    {
        value = null;
        if (!FoldedText.TryFold(text, out var folded, out fault))
            return false;
        var tidy = MaterialRule.Tidy(folded);
        foreach (var rule in MaterialRule.All)
        {
            if (rule.Read(tidy, text.ToString()) is not { } read)
                continue;
            value = read;
            return true;
        }
        fault = new(0, "a material designation such as 1.4301, S235JR, EN AW-6061-T6 or AISI 304");
        return false;
    }

    /// <inheritdoc/>
    public bool Equals(MaterialDesignation? other) => other is not null && Standard == other.Standard && ToString() == other.ToString();

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Standard, ToString().GetHashCode(StringComparison.Ordinal));

    /// <inheritdoc/>
    public int CompareTo(MaterialDesignation? other)
    {
        if (other is null)
            return 1;
        var order = string.CompareOrdinal(ToString(), other.ToString());
        return order != 0 ? order : Standard.CompareTo(other.Standard);
    }

    /// <summary>The canonical text: designation and condition.</summary>
    public override string ToString() => Condition.Length == 0 || Condition[0] == '+' ? Designation + Condition : $"{Designation}-{Condition}";

    /// <summary>Order of the texts.</summary>
    public static bool operator <(MaterialDesignation left, MaterialDesignation right) => Compare(left, right) < 0;

    /// <summary>Order of the texts.</summary>
    public static bool operator <=(MaterialDesignation left, MaterialDesignation right) => Compare(left, right) <= 0;

    /// <summary>Order of the texts.</summary>
    public static bool operator >(MaterialDesignation left, MaterialDesignation right) => Compare(left, right) > 0;

    /// <summary>Order of the texts.</summary>
    public static bool operator >=(MaterialDesignation left, MaterialDesignation right) => Compare(left, right) >= 0;

    static int Compare(MaterialDesignation? left, MaterialDesignation? right) => left is null ? right is null ? 0 : -1 : left.CompareTo(right);
}
