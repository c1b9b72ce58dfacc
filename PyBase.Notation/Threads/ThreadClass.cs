using PyBase.Notation.Text;

namespace PyBase.Notation.Threads;

/// <summary>
/// Tolerance classes of threads: 6H, 4g6g, 6H/6g (ISO 965-1, 5.5), 7e (ISO 2903), 1A to 3B (ASME B1.1), A and B of G
/// (ISO 228-1), 2G to 4G and 2C to 6C (ASME B1.5), 2A to 3B (ASME B1.9). Capitals belong to nuts, small letters to bolts.
/// </summary>
static class ThreadClass
{
    public static string Example(ThreadForm form) => form switch
    {
        ThreadForm.Metric or ThreadForm.MetricMJ => "6H or 6g",
        ThreadForm.Trapezoidal => "7H or 7e",
        ThreadForm.ParallelPipe => "A or B",
        ThreadForm.Acme or ThreadForm.StubAcme => "2G",
        ThreadForm.Buttress => "2A or 2B",
        _ => "2A or 2B",
    };

    /// <summary>The class that stands here, or null.</summary>
    public static string? Take(ref NotationReader reader, ThreadForm form)
    {
        var start = reader.Position;
        var code = form switch
        {
            ThreadForm.Metric or ThreadForm.MetricMJ or ThreadForm.Trapezoidal => TakeMetric(ref reader),
            ThreadForm.ParallelPipe => Letter(reader.TakeAny("AB")),
            ThreadForm.Acme or ThreadForm.StubAcme => Pair(ref reader, "23456", "GC"),
            ThreadForm.Buttress => Pair(ref reader, "23", "AB"),
            ThreadForm.UnifiedCoarse or ThreadForm.UnifiedFine or ThreadForm.UnifiedExtraFine or ThreadForm.UnifiedConstantPitch or ThreadForm.UnifiedSpecial => Pair(ref reader, "123", "AB"),
            _ => null,
        };
        if (code is not null && !char.IsLetterOrDigit(reader.Next))
            return code;
        reader.Position = start;
        return null;
    }

    static string? TakeMetric(ref NotationReader reader)
    {
        if (TakeOne(ref reader) is not { } first)
            return null;
        if (!reader.Take('/'))
            return first;
        // 6H/6g: nut over bolt
        return char.IsAsciiLetterUpper(first[^1]) && TakeOne(ref reader) is { } second && char.IsAsciiLetterLower(second[^1]) ? $"{first}/{second}" : null;
    }

    // 6H, or 4g6g: pitch diameter, then crest diameter; both of a nut or both of a bolt
    static string? TakeOne(ref NotationReader reader)
    {
        const string grades = "3456789";
        const string letters = "GHabcdefgh";
        if (Pair(ref reader, grades, letters) is not { } first)
            return null;
        var start = reader.Position;
        if (Pair(ref reader, grades, letters) is { } second && char.IsAsciiLetterUpper(first[1]) == char.IsAsciiLetterUpper(second[1]))
            return first == second ? first : first + second;
        reader.Position = start;
        return first;
    }

    static string? Pair(ref NotationReader reader, string digits, string letters) =>
        digits.Contains(reader.Next, StringComparison.Ordinal) && letters.Contains(reader.At(1), StringComparison.Ordinal)
            ? $"{reader.TakeAny(digits)}{reader.TakeAny(letters)}"
            : null;

    static string? Letter(char letter) => letter == '\0' ? null : letter.ToString();
}
