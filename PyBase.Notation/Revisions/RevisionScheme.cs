using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using PyBase.Notation.Text;

namespace PyBase.Notation.Revisions;

/// <summary>How revisions follow each other: A, B, … Z, AA; 1, 2; 1.0, 1.1. Schemes are compared by what they allow.</summary>
public sealed record RevisionScheme
{
    // Longer words are words: FINAL is no revision.
    const int MaxLetters = 3;

    RevisionScheme(RevisionKind kind, string letters) => (Kind, Alphabet) = (kind, letters);

    /// <summary>All 26 letters.</summary>
    public static RevisionScheme Letters { get; } = new(RevisionKind.Letters, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");

    /// <summary>Without I, O, Q, S, X and Z, which look like figures or are kept for experimental parts (ASME Y14.35-2014, 6.1).</summary>
    public static RevisionScheme AsmeLetters { get; } = new(RevisionKind.Letters, "ABCDEFGHJKLMNPRTUVWY");

    /// <summary>1, 2, 3; leading zeros are kept: 01, 02.</summary>
    public static RevisionScheme Numbers { get; } = new(RevisionKind.Numbers, "");

    /// <summary>1.0, 1.1, 2.0.</summary>
    public static RevisionScheme Versions { get; } = new(RevisionKind.Versions, "");

    /// <summary>The kind.</summary>
    public RevisionKind Kind { get; }

    /// <summary>The letters in their order; empty for numbers.</summary>
    public string Alphabet { get; }

    /// <summary>The first revision.</summary>
    public string First => Kind switch { RevisionKind.Letters => "A", RevisionKind.Numbers => "1", _ => "1.0" };

    /// <summary>The scheme a revision fits, letters of ASME before all letters; null when it fits none.</summary>
    public static RevisionScheme? Of(ReadOnlySpan<char> text)
    {
        foreach (var scheme in (ReadOnlySpan<RevisionScheme>)[AsmeLetters, Letters, Numbers, Versions])
        {
            if (scheme.TryParse(text, out _, out _))
                return scheme;
        }
        return null;
    }

    /// <summary>Reads a revision of this scheme. Small letters are read as capitals; - is the issue before A (ASME Y14.35).</summary>
    public bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out Revision? value, [NotNullWhen(false)] out NotationFault? fault)
    {
        value = null;
        if (!FoldedText.TryFold(text, out var folded, out fault))
            return false;
        var reader = new NotationReader(folded);
        reader.SkipBlanks();
        if (reader.TakeWord("REV"))
        {
            reader.Take('.');
            reader.SkipBlanks();
        }
        var read = Kind switch
        {
            RevisionKind.Letters => TakeLetters(ref reader, out value),
            RevisionKind.Numbers => TakeNumber(ref reader, out value),
            _ => TakeVersion(ref reader, out value),
        };
        if (read && value is not null && reader.ExpectEnd())
            return true;
        value = null;
        fault = reader.Fault();
        return false;
    }

    /// <summary>The revision that follows; null behind the last one that can be written. Of 1.9 it is 1.10; <paramref name="major"/> makes it 2.0.</summary>
    public Revision? Next(Revision revision, bool major = false)
    {
        ArgumentNullException.ThrowIfNull(revision);
        return Kind switch
        {
            RevisionKind.Letters => revision.Major < Last ? new(this, Written(revision.Major + 1), revision.Major + 1, 0) : null,
            RevisionKind.Numbers => revision.Major < 999_999_999 ? new(this, Padded(revision.Major + 1, revision.Text.Length), revision.Major + 1, 0) : null,
            _ when major => revision.Major < 999_999_999 ? Version(revision.Major + 1, 0) : null,
            _ => revision.Minor < 999_999_999 ? Version(revision.Major, revision.Minor + 1) : null,
        };
    }

    // A = 1, Z = 26, AA = 27: a number in a base without zero.
    long Last => Enumerable.Range(0, MaxLetters).Aggregate(0L, (value, _) => value * Alphabet.Length + Alphabet.Length);

    bool TakeLetters(ref NotationReader reader, out Revision? value)
    {
        value = null;
        if (reader.Take('-'))
        {
            value = new(this, "-", 0, 0);
            return true;
        }
        var ordinal = 0L;
        var count = 0;
        while (char.IsAsciiLetter(reader.Next))
        {
            var index = Alphabet.IndexOf(char.ToUpperInvariant(reader.Next), StringComparison.Ordinal);
            if (index < 0)
                return reader.Fail($"one of the letters {Alphabet}");
            if (++count > MaxLetters)
                return reader.Fail($"at most {MaxLetters} letters");
            ordinal = ordinal * Alphabet.Length + index + 1;
            reader.Position++;
        }
        if (count == 0)
            return reader.Fail("a letter");
        value = new(this, Written(ordinal), ordinal, 0);
        return true;
    }

    bool TakeNumber(ref NotationReader reader, out Revision? value)
    {
        value = null;
        var digits = reader.TakeDigits(9);
        if (digits.IsEmpty)
            return reader.Fail("a number of at most 9 digits");
        value = new(this, digits.ToString(), long.Parse(digits, CultureInfo.InvariantCulture), 0);
        return true;
    }

    bool TakeVersion(ref NotationReader reader, out Revision? value)
    {
        value = null;
        var major = reader.TakeDigits(9);
        if (major.IsEmpty)
            return reader.Fail("a number of at most 9 digits");
        if (!reader.Take('.'))
            return reader.Fail("a point and a number");
        var minor = reader.TakeDigits(9);
        if (minor.IsEmpty)
            return reader.Fail("a number of at most 9 digits");
        value = Version(long.Parse(major, CultureInfo.InvariantCulture), long.Parse(minor, CultureInfo.InvariantCulture));
        return true;
    }

    Revision Version(long major, long minor) => new(this, string.Create(CultureInfo.InvariantCulture, $"{major}.{minor}"), major, minor);

    static string Padded(long number, int width) => number.ToString(CultureInfo.InvariantCulture).PadLeft(width, '0');

    string Written(long ordinal)
    {
        var text = "";
        for (; ordinal > 0; ordinal = (ordinal - 1) / Alphabet.Length)
            text = Alphabet[(int)((ordinal - 1) % Alphabet.Length)] + text;
        return text;
    }
}
