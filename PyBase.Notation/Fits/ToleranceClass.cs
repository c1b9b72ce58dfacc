using System.Diagnostics.CodeAnalysis;
using PyBase.Notation.Text;

namespace PyBase.Notation.Fits;

/// <summary>A tolerance class such as <c>H7</c> or <c>js5</c> (ISO 286-1:2010, 4.2): capitals for holes, small letters for shafts.</summary>
public sealed record ToleranceClass
{
    static readonly string[] s_letters =
    [
        "a", "b", "c", "cd", "d", "e", "ef", "f", "fg", "g", "h", "js", "j", "k", "m", "n", "p", "r", "s", "t", "u", "v", "x", "y", "z", "za", "zb", "zc",
    ];

    ToleranceClass(string deviation, ToleranceGrade grade) => (Deviation, Grade) = (deviation, grade);

    /// <summary>The letters of the fundamental deviation: A … ZC for holes, a … zc for shafts.</summary>
    public string Deviation { get; }

    /// <summary>The grade, which is the width.</summary>
    public ToleranceGrade Grade { get; }

    /// <summary>True for an internal feature.</summary>
    public bool IsHole => char.IsAsciiLetterUpper(Deviation[0]);

    /// <summary>The limit deviations at a nominal size in mm; null where ISO 286-1 gives none, such as above 3150 mm.</summary>
    public SizeLimits? LimitsOf(decimal nominal) => Iso286.LimitsOf(nominal, this);

    /// <summary>Reads one class: <c>H7</c>, <c>g6</c>, <c>JS9</c>, <c>h 6</c>.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out ToleranceClass? value, [NotNullWhen(false)] out NotationFault? fault)
    {
        value = null;
        if (!FoldedText.TryFold(text, out var folded, out fault))
            return false;
        var reader = new NotationReader(folded);
        reader.SkipBlanks();
        if (TryTake(ref reader, out value) && reader.ExpectEnd())
            return true;
        value = null;
        fault = reader.Fault();
        return false;
    }

    internal static bool TryTake(ref NotationReader reader, [NotNullWhen(true)] out ToleranceClass? value)
    {
        value = null;
        var start = reader.Position;
        var length = 0;
        while (length < 3 && char.IsAsciiLetter(reader.At(length)))
            length++;
        var letters = reader.Rest[..length].ToString();
        var upper = length > 0 && char.IsAsciiLetterUpper(letters[0]);
        // Js7 is seen for JS7; any other mixture of cases is something else.
        if (letters == "Js")
            letters = "JS";
        if (!s_letters.Contains(upper ? letters.ToLowerInvariant() : letters) || upper && letters.Any(char.IsAsciiLetterLower))
            return reader.Fail("a tolerance class such as H7 or g6");
        reader.Position += length;
        reader.SkipBlanks();
        var gradeAt = reader.Position;
        if (ToleranceGrade.From(reader.TakeDigits(2)) is { } grade && !char.IsLetterOrDigit(reader.Next))
        {
            value = new(letters, grade);
            return true;
        }
        reader.FailAt(gradeAt, "a tolerance grade 01, 0, 1 to 18");
        reader.Position = start;
        return false;
    }

    /// <summary>The class as written on a drawing.</summary>
    public override string ToString() => Deviation + Grade;
}
