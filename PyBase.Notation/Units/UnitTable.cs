using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using PyBase.Notation.Text;

namespace PyBase.Notation.Units;

/// <summary>All units. A family of them is a list in a file of its own; a new unit is one line there.</summary>
public static class UnitTable
{
    static readonly FrozenDictionary<string, Unit> s_exact;
    static readonly FrozenDictionary<string, Unit> s_anyCase;
    static readonly FrozenDictionary<string, Unit>.AlternateLookup<ReadOnlySpan<char>> s_exactBySpan;
    static readonly FrozenDictionary<string, Unit>.AlternateLookup<ReadOnlySpan<char>> s_anyCaseBySpan;
    static readonly int s_longest;

    static UnitTable()
    {
        Dictionary<string, Unit> exact = [];
        Dictionary<string, Unit?> anyCase = new(StringComparer.OrdinalIgnoreCase);
        foreach (var unit in All)
        {
            foreach (var spelling in Spellings(unit))
            {
                exact.Add(spelling, unit);
                // MPa and mPa differ: a spelling that two units share without case is only read with it.
                anyCase[spelling] = anyCase.TryGetValue(spelling, out var other) && other != unit ? null : unit;
            }
        }
        s_exact = exact.ToFrozenDictionary();
        // A single letter is only read in its case: 25 H is no duration.
        s_anyCase = anyCase.Where(entry => entry.Value is not null && (entry.Key.Length > 1 || !char.IsLetter(entry.Key[0]))).ToFrozenDictionary(entry => entry.Key, entry => entry.Value!, StringComparer.OrdinalIgnoreCase);
        s_exactBySpan = s_exact.GetAlternateLookup<ReadOnlySpan<char>>();
        s_anyCaseBySpan = s_anyCase.GetAlternateLookup<ReadOnlySpan<char>>();
        s_longest = exact.Keys.Max(spelling => spelling.Length);
    }

    /// <summary>Every unit, by family.</summary>
    public static IReadOnlyList<Unit> All { get; } =
    [
        .. LengthUnits.All, .. AngleUnits.All, .. AreaUnits.All, .. MassUnits.All, .. TimeUnits.All, .. ForceUnits.All,
        .. PressureUnits.All, .. EnergyUnits.All, .. TemperatureUnits.All, .. ElectricUnits.All,
    ];

    /// <summary>The units of a dimension, in the order of the table.</summary>
    public static IEnumerable<Unit> Of(UnitDimension dimension) => All.Where(unit => unit.Dimension == dimension);

    /// <summary>Takes the longest unit that stands here; no letter or digit may follow it.</summary>
    internal static bool TryTake(ref NotationReader reader, [NotNullWhen(true)] out Unit? unit) => (unit = Take(ref reader)) is not null || reader.Fail("a unit");

    /// <summary>The longest unit that stands here, or null and no fault.</summary>
    internal static Unit? Take(ref NotationReader reader)
    {
        for (var length = Math.Min(s_longest, reader.Rest.Length); length > 0; length--)
        {
            var spelling = reader.Rest[..length];
            // A letter or digit glued behind makes it another word: "in" of "into", "g" of "g6".
            if (char.IsLetterOrDigit(spelling[^1]) && char.IsLetterOrDigit(reader.At(length)))
                continue;
            if (!s_exactBySpan.TryGetValue(spelling, out var unit) && !s_anyCaseBySpan.TryGetValue(spelling, out unit))
                continue;
            reader.Position += length;
            return unit;
        }
        return null;
    }

    static IEnumerable<string> Spellings(Unit unit)
    {
        foreach (var spelling in unit.Aliases.Prepend(unit.Symbol).Select(written => new string(FoldedText.Fold(written))).Distinct())
        {
            yield return spelling;
            if (spelling.Contains('·', StringComparison.Ordinal))
            {
                yield return spelling.Replace('·', '*');
                yield return spelling.Replace('·', ' ');
            }
            if (spelling.AsSpan().ContainsAny('²', '³', '⁴'))
                yield return spelling.Replace("²", "^2", StringComparison.Ordinal).Replace("³", "^3", StringComparison.Ordinal).Replace("⁴", "^4", StringComparison.Ordinal);
        }
    }
}
