using System.Globalization;
using System.Text.RegularExpressions;
using PyBase.Notation.Callouts;
using PyBase.Notation.Quantities;
using PyBase.Notation.Units;

namespace PyBase.Extraction.Callouts;

/// <summary>What a dimension's text says. All of it is read by the notation library; here only its words are set in order for it.</summary>
sealed partial record CalloutReading
{
    public required FeatureCallout Callout { get; init; }
    public decimal? Upper { get; init; }
    public decimal? Lower { get; init; }
    public string? Fit { get; init; }
    /// <summary>Reference marks behind the text: <c>*</c>, <c>**</c>.</summary>
    public string Marks { get; init; } = "";
    /// <summary>The class of tolerance and the deviations listed with it differ.</summary>
    public bool Contradicts { get; init; }

    /// <summary>Reads the text and the deviations that stand above each other behind it; null when it is no dimension.</summary>
    public static CalloutReading? Of(string main, string? above, string? below, Unit unit)
    {
        var marks = Marked().Match(main);
        if (marks.Success)
            main = main[..marks.Index].TrimEnd();
        main = main.Trim();
        if (main.Length is 0 or > 80)
            return null;
        var stack = (above, below) switch
        {
            (null, null) => null,
            (null, { } lower) => lower,
            ({ } upper, null) => upper,
            ({ } upper, { } lower) => $"{upper}/{lower}",
        };
        // 12 H7 +0.018: the class and the deviations are two statements, which are read each for itself.
        var inline = stack is null ? ClassAndDeviations().Match(main) : Match.Empty;
        if (inline.Success)
            (main, stack) = (inline.Groups["main"].Value, inline.Groups["stack"].Value);
        var whole = stack is null ? main : $"{main} {stack}";
        if (!FeatureCallout.TryParse(whole, unit, out var callout, out _) || stack is not null && callout.Size?.Tolerance is null)
        {
            if (!FeatureCallout.TryParse(main, unit, out callout, out _))
                return null;
        }
        var reading = new CalloutReading { Callout = callout, Marks = marks.Success ? marks.Value.Trim() : "" };
        if (callout.Size is not { } size)
            return reading;
        reading = reading with { Fit = FitOf(size.Tolerance) };
        var listed = stack is null || reading.Fit is null ? size : Listed(size, stack);
        if (listed?.Tolerance is Tolerance.Deviations deviations && deviations.Unit.TryConvertDifference(deviations.Upper, size.Unit, out var up) && deviations.Unit.TryConvertDifference(deviations.Lower, size.Unit, out var low))
            reading = reading with { Upper = up, Lower = low };
        else if (listed?.Tolerance is Tolerance.Limits limits)
            reading = reading with { Upper = limits.Upper - size.Value, Lower = limits.Lower - size.Value };
        return reading with { Contradicts = reading.Fit is not null && stack is not null && Differs(size, reading) };
    }

    static string? FitOf(Tolerance? tolerance) => tolerance switch
    {
        Tolerance.OfClass one => one.Code.ToString(),
        Tolerance.OfFit fit => fit.Code.ToString(),
        _ => null,
    };

    // The deviations alone, behind the bare size; they may stand in brackets behind their class.
    static Quantity? Listed(Quantity size, string stack) =>
        Quantity.TryParse($"{size.Value.ToString(CultureInfo.InvariantCulture)} {stack.Trim('(', ')', ' ')}", size.Unit, out var listed, out _) ? listed : null;

    static bool Differs(Quantity size, CalloutReading reading)
    {
        if (size.Tolerance is not Tolerance.OfClass of || !ReferenceEquals(size.Unit, LengthUnits.Millimetre) || of.Code.LimitsOf(size.Value) is not { } limits)
            return false;
        return Far(reading.Upper, limits.Upper) || Far(reading.Lower, limits.Lower);

        // As drawings round them: to the last decimal shown, and not below half a hundredth.
        static bool Far(decimal? written, decimal micrometres) => written is { } value && Math.Abs(value - micrometres / 1000) > 0.006m;
    }

    [GeneratedRegex(@"\*+\s*$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Marked();

    [GeneratedRegex(@"^(?<main>.*\d\s*(?![xX])(?:[A-Z]{1,2}|[a-z]{1,2})\d{1,2})\s*(?<stack>[+\-−±(][\d\s.,+\-−±/()]*)$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ClassAndDeviations();
}
