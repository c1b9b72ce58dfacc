using System.Diagnostics.CodeAnalysis;
using PyBase.Notation.Text;

namespace PyBase.Notation.PartNumbers;

/// <summary>
/// A part number and the key under which all its spellings meet: letters that only look Latin are made so, case is folded,
/// blanks, dashes and underscores fall away. Two part numbers are equal when their keys are. The order is that of the keys.
/// </summary>
public sealed record PartNumber : IComparable<PartNumber>
{
    PartNumber(string text, string key, bool hasLookalikes) => (Text, Key, HasLookalikes) = (text, key, hasLookalikes);

    /// <summary>The number as written, without blanks around it.</summary>
    public string Text { get; }

    /// <summary>What is compared.</summary>
    public string Key { get; }

    /// <summary>True when a letter of another script stands among Latin letters or figures, which is a typing mistake more often than not.</summary>
    public bool HasLookalikes { get; }

    /// <summary>Reads a part number; only a text without a letter or figure is none.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out PartNumber? value, [NotNullWhen(false)] out NotationFault? fault)
    {
        value = null;
        if (!FoldedText.TryFold(text, out _, out fault))
            return false;
        var key = Fold(text, out var hasLookalikes);
        if (!key.Any(char.IsLetterOrDigit))
        {
            fault = new(text.Length, "a letter or figure");
            return false;
        }
        value = new(text.Trim().ToString(), key, hasLookalikes);
        return true;
    }

    /// <summary>The key of a text of any length.</summary>
    public static string Fold(ReadOnlySpan<char> text) => Fold(text, out _);

    static string Fold(ReadOnlySpan<char> text, out bool hasLookalikes)
    {
        var key = new char[text.Length];
        var count = 0;
        var latin = false;
        var replaced = false;
        for (var i = 0; i < text.Length; i++)
        {
            var sign = FoldedText.Fold(text.Slice(i, 1))[0];
            // ⌀ stands for Ø and φ in a dimension; in a part number the letter is meant.
            if (sign == '⌀')
                sign = text[i];
            if (sign is ' ' or '-' or '_' or '\u00AD' || char.IsControl(sign))
                continue;
            var letter = Homoglyphs.Latinise(sign);
            replaced |= letter != sign;
            latin |= letter == sign && char.IsAsciiLetterOrDigit(sign);
            key[count++] = char.ToUpperInvariant(letter);
        }
        hasLookalikes = latin && replaced;
        return new(key, 0, count);
    }

    /// <inheritdoc/>
    public bool Equals(PartNumber? other) => other is not null && Key == other.Key;

    /// <inheritdoc/>
    public override int GetHashCode() => Key.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public int CompareTo(PartNumber? other) => string.CompareOrdinal(Key, other?.Key);

    /// <summary>As written.</summary>
    public override string ToString() => Text;

    /// <summary>Order of the keys.</summary>
    public static bool operator <(PartNumber left, PartNumber right) => Compare(left, right) < 0;

    /// <summary>Order of the keys.</summary>
    public static bool operator <=(PartNumber left, PartNumber right) => Compare(left, right) <= 0;

    /// <summary>Order of the keys.</summary>
    public static bool operator >(PartNumber left, PartNumber right) => Compare(left, right) > 0;

    /// <summary>Order of the keys.</summary>
    public static bool operator >=(PartNumber left, PartNumber right) => Compare(left, right) >= 0;

    static int Compare(PartNumber? left, PartNumber? right) => string.CompareOrdinal(left?.Key, right?.Key);
}
