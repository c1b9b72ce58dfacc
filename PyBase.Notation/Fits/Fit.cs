using System.Diagnostics.CodeAnalysis;
using PyBase.Notation.Text;

namespace PyBase.Notation.Fits;

/// <summary>A fit such as <c>H7/g6</c> (ISO 286-1:2010, 5): a hole and a shaft of the same nominal size.</summary>
/// <param name="Hole">Tolerance class of the hole.</param>
/// <param name="Shaft">Tolerance class of the shaft.</param>
public sealed record Fit(ToleranceClass Hole, ToleranceClass Shaft)
{
    /// <summary>
    /// Smallest and largest clearance in µm at a nominal size in mm, negative for interference; null where ISO 286-1 gives no limits.
    /// </summary>
    public SizeLimits? ClearanceOf(decimal nominal) =>
        Hole.LimitsOf(nominal) is { } hole && Shaft.LimitsOf(nominal) is { } shaft ? new(hole.Lower - shaft.Upper, hole.Upper - shaft.Lower) : null;

    /// <summary>The kind of fit at a nominal size in mm; null where ISO 286-1 gives no limits.</summary>
    public FitKind? KindOf(decimal nominal) => ClearanceOf(nominal) switch
    {
        { Lower: >= 0 } => FitKind.Clearance,
        { Upper: <= 0 } => FitKind.Interference,
        null => null,
        _ => FitKind.Transition,
    };

    /// <summary>Reads <c>H7/g6</c>; the hole comes first, stacked texts may have <c>^</c> or <c>-</c> between.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out Fit? value, [NotNullWhen(false)] out NotationFault? fault)
    {
        value = null;
        if (!FoldedText.TryFold(text, out var folded, out fault))
            return false;
        var reader = new NotationReader(folded);
        reader.SkipBlanks();
        if (ToleranceClass.TryTake(ref reader, out var hole) && TryTakeShaft(ref reader, hole, out value) && reader.ExpectEnd())
            return true;
        value = null;
        fault = reader.Fault();
        return false;
    }

    /// <summary>Takes the rest of a fit behind its first class.</summary>
    internal static bool TryTakeShaft(ref NotationReader reader, ToleranceClass hole, [NotNullWhen(true)] out Fit? fit)
    {
        fit = null;
        var start = reader.Position;
        reader.SkipBlanks();
        if (reader.TakeAny("/^-") == '\0')
        {
            reader.Fail("/ and the tolerance class of a shaft");
            reader.Position = start;
            return false;
        }
        reader.SkipBlanks();
        var shaftAt = reader.Position;
        if (!ToleranceClass.TryTake(ref reader, out var shaft))
            return false;
        if (!hole.IsHole)
            return reader.FailAt(start, "one class: the first of a fit is the hole, in capitals");
        if (shaft.IsHole)
            return reader.FailAt(shaftAt, "the class of a shaft, in small letters");
        fit = new(hole, shaft);
        return true;
    }

    /// <summary>Hole over shaft.</summary>
    public override string ToString() => $"{Hole}/{Shaft}";
}
