namespace PyBase.Notation.Fits;

/// <summary>
/// The ISO code system for tolerances on linear sizes: ISO 286-1:2010, Table 1 (grades), Tables 2 and 3 (holes) and Tables 4
/// and 5 (shafts). Nominal sizes in mm up to 3150, deviations in µm.
/// <para>
/// Shafts are tabulated. Holes follow from them: A to H are mirrored; K to N up to IT8 and P to ZC up to IT7 are mirrored and
/// raised by Δ = ITn − IT(n−1) above 3 up to 500 mm; J is tabulated. JS and js are exactly ± IT/2: the rounding of odd widths
/// that older editions allow for grades 7 to 11 is not made.
/// </para>
/// </summary>
public static class Iso286
{
    /// <summary>The largest nominal size, in mm.</summary>
    public const decimal MaxSize = 3150;

    /// <summary>The width of a standard tolerance in µm at a nominal size in mm (Table 1); null where the standard gives none.</summary>
    public static decimal? WidthOf(decimal nominal, ToleranceGrade grade)
    {
        if (nominal is <= 0 or > MaxSize || grade.Number is < -1 or > 18)
            return null;
        // Table 1, footnote: IT14 to IT18 are not used up to 1 mm.
        if (nominal <= 1 && grade.Number >= 14)
            return null;
        var row = Iso286Grades.Widths[grade.Number + 1];
        var step = Step(Iso286Grades.Steps, nominal);
        return step < row.Length ? row[step] : null;
    }

    /// <summary>The limit deviations of a class written as text, such as <c>LimitsOf(25, "H7")</c>; null when it is no class or has none.</summary>
    public static SizeLimits? LimitsOf(decimal nominal, ReadOnlySpan<char> toleranceClass) =>
        ToleranceClass.TryParse(toleranceClass, out var parsed, out _) ? LimitsOf(nominal, parsed) : null;

    /// <summary>The limit deviations in µm at a nominal size in mm; null where the standard gives none.</summary>
    public static SizeLimits? LimitsOf(decimal nominal, ToleranceClass toleranceClass)
    {
        ArgumentNullException.ThrowIfNull(toleranceClass);
        if (WidthOf(nominal, toleranceClass.Grade) is not { } width)
            return null;
        var letters = toleranceClass.Deviation.ToLowerInvariant();
        if (letters == "js")
            return new(-width / 2, width / 2);
        // Tables 2 and 4, footnote: a, b, A and B are not used up to 1 mm.
        if (nominal <= 1 && letters is "a" or "b")
            return null;
        return toleranceClass.IsHole ? Hole(nominal, letters, toleranceClass.Grade, width) : Shaft(nominal, letters, toleranceClass.Grade, width);
    }

    static SizeLimits? Shaft(decimal nominal, string letters, ToleranceGrade grade, decimal width)
    {
        if (letters == "j")
            return Iso286Deviations.J(nominal, grade) is { } j ? new(j, j + width) : null;
        // Table 5: k differs from zero for IT4 to IT7 only.
        if (letters == "k" && grade.Number is < 4 or > 7)
            return new(0, width);
        if (Iso286Deviations.Of(nominal, letters) is not { } deviation)
            return null;
        return IsAboveShaft(letters) ? new(-deviation - width, -deviation) : new(deviation, deviation + width);
    }

    static SizeLimits? Hole(decimal nominal, string letters, ToleranceGrade grade, decimal width)
    {
        if (letters == "j")
            return Iso286Deviations.HoleJ(nominal, grade) is { } j ? new(j - width, j) : null;
        if (Iso286Deviations.Of(nominal, letters) is not { } deviation)
            return null;
        if (IsAboveShaft(letters))
            return new(deviation, deviation + width);
        return UpperOfHole(nominal, letters, grade, width, deviation) is { } upper ? new(upper - width, upper) : null;
    }

    // Table 3: ES of K to ZC.
    static decimal? UpperOfHole(decimal nominal, string letters, ToleranceGrade grade, decimal width, decimal deviation)
    {
        if (nominal <= 3)
            return letters == "n" && nominal <= 1 && grade.Number > 8 ? null : -deviation;
        if (letters == "k" && grade.Number > 8)
            return null;
        if (nominal > 500)
            return -deviation;
        if (letters == "n" && grade.Number > 8)
            return 0;
        // Table 3, the one value that does not follow: M6 above 250 up to 315 mm.
        if (letters == "m" && grade.Number == 6 && nominal is > 250 and <= 315)
            return -9;
        var raisedUpTo = letters is "k" or "m" or "n" ? 8 : 7;
        if (grade.Number > raisedUpTo)
            return -deviation;
        // Δ is given for IT3 to IT8.
        return grade.Number >= 3 && WidthOf(nominal, new(grade.Number - 1)) is { } finer ? width - finer - deviation : null;
    }

    // a to h lie under the shaft's nominal size, their mirror images over the hole's.
    static bool IsAboveShaft(string letters) => letters[0] <= 'h';

    internal static int Step(ReadOnlySpan<int> upTo, decimal nominal)
    {
        var step = 0;
        while (step < upTo.Length && nominal > upTo[step])
            step++;
        return step;
    }
}
