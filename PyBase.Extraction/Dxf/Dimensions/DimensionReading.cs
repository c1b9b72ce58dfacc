using PyBase.Extraction.Dxf.Records;
using PyBase.Extraction.Dxf.Text;

namespace PyBase.Extraction.Dxf.Dimensions;

/// <summary>What a dimension says.</summary>
sealed record DimensionReading
{
    const int MostTexts = 16, LongestText = 4096;
    const double Degrees = 180 / Math.PI;

    /// <summary>The measurement in the file, else computed from the points; angles in degrees.</summary>
    public double? Measured { get; init; }

    /// <summary>The size that the shown text states: the measurement times DIMLFAC; null when the text was replaced or suppressed.</summary>
    public double? Nominal { get; init; }

    /// <summary>The text as seen on the drawing, without markup.</summary>
    public string Displayed { get; init; } = "";

    /// <summary>The same with its markup.</summary>
    public string? Raw { get; init; }

    /// <summary>Whether the text was found in the dimension's own block, not written here.</summary>
    public bool IsDrawn { get; init; }

    /// <summary>Whether the drawing shows no text on purpose.</summary>
    public bool IsSuppressed { get; init; }

    public Deviations? Deviations { get; init; }

    /// <summary>What stands before and behind the value, where the override or DIMPOST says so.</summary>
    public string? Prefix { get; init; }

    /// <inheritdoc cref="Prefix"/>
    public string? Suffix { get; init; }

    /// <summary>
    /// Group code 1 is empty or <c>&lt;&gt;</c> for the measured text, a blank for none, or text in which <c>&lt;&gt;</c> stands for
    /// the measured one. What is really shown was drawn into an anonymous block.
    /// </summary>
    /// <param name="dimension">The entity.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="style">The variables in force.</param>
    /// <param name="drawn">The texts of its block.</param>
    public static DimensionReading Of(DimensionEntity dimension, DimensionKind kind, DimensionVariables style, IReadOnlyList<TextEntity> drawn)
    {
        var measured = (dimension.Stored ?? Measurement.Of(dimension, kind)) * (kind.IsAngle() ? Degrees : 1);
        if (measured is { } finite && !double.IsFinite(finite))
            measured = null;
        var isSuppressed = dimension.Override.Length > 0 && string.IsNullOrWhiteSpace(dimension.Override);
        var showsMeasured = dimension.Override.Length == 0 || dimension.Override.Contains("<>", StringComparison.Ordinal);
        var nominal = showsMeasured ? measured * (kind.IsAngle() ? 1 : Factor(dimension, style)) : null;
        var raw = drawn.Count > 0 ? Joined(drawn) : isSuppressed ? "" : Written(dimension, kind, nominal, style);
        List<Stack> stacks = [];
        var displayed = drawn.Count is 1 && !drawn[0].HasMarkup ? TextMarkup.PlainLine(raw) : TextMarkup.Plain(raw, stacks);
        var (prefix, suffix) = Around(dimension, style);
        return new DimensionReading
        {
            Measured = measured, Nominal = nominal, Displayed = displayed, Raw = raw, IsDrawn = drawn.Count > 0, IsSuppressed = isSuppressed,
            Deviations = isSuppressed ? null : Deviations.Of(displayed, stacks, nominal, style), Prefix = prefix, Suffix = suffix,
        };
    }

    // A negative DIMLFAC holds in paper space only.
    static double Factor(DimensionEntity dimension, DimensionVariables style) =>
        style.LengthFactor >= 0 ? style.LengthFactor : dimension.IsInPaperSpace ? -style.LengthFactor : 1;

    // Many dimensions may name one block, so what is taken of it is bounded.
    static string Joined(IReadOnlyList<TextEntity> drawn)
    {
        var raw = drawn.Count == 1 ? drawn[0].Raw : string.Join("\n", drawn.Take(MostTexts).Where(text => text.Raw.Length <= LongestText).Select(text => text.Raw));
        return raw.Length <= LongestText ? raw : raw[..LongestText];
    }

    static (string? Prefix, string? Suffix) Around(DimensionEntity dimension, DimensionVariables style)
    {
        var template = dimension.Override.Contains("<>", StringComparison.Ordinal) ? dimension.Override : dimension.Override.Length == 0 ? style.Post : null;
        if (string.IsNullOrEmpty(template))
            return default;
        var place = template.IndexOf("<>", StringComparison.Ordinal);
        var prefix = place < 0 ? "" : TextMarkup.Plain(template[..place]).Trim();
        var suffix = TextMarkup.Plain(place < 0 ? template : template[(place + 2)..]).Trim();
        return (prefix.Length > 0 ? prefix : null, suffix.Length > 0 ? suffix : null);
    }

    static string Written(DimensionEntity dimension, DimensionKind kind, double? nominal, DimensionVariables style)
    {
        if (dimension.Override.Length > 0 && !dimension.Override.Contains("<>", StringComparison.Ordinal))
            return dimension.Override;
        if (nominal is not { } value)
            return dimension.Override;
        var number = Number(value, kind, style);
        // Limits stand in place of the value, the upper one above.
        if (style.ShowsLimits)
            number = $"\\S{Number(value + style.UpperDeviation, kind, style)}^ {Number(value - style.LowerDeviation, kind, style)};";
        if (style.Post is { Length: > 0 } post)
            number = post.Contains("<>", StringComparison.Ordinal) ? post.Replace("<>", number, StringComparison.Ordinal) : number + post;
        number += Tolerance(value, style);
        return dimension.Override.Length > 0 ? dimension.Override.Replace("<>", number, StringComparison.Ordinal) : number;
    }

    static string Number(double value, DimensionKind kind, DimensionVariables style) => kind switch
    {
        DimensionKind.Angular or DimensionKind.AngularThreePoint => DimensionFormat.Angle(value, style),
        DimensionKind.Diameter => "⌀" + DimensionFormat.Length(value, style),
        DimensionKind.Radius or DimensionKind.JoggedRadius => "R" + DimensionFormat.Length(value, style),
        DimensionKind.Ordinate => DimensionFormat.Length(Math.Abs(value), style),
        _ => DimensionFormat.Length(value, style),
    };

    static string Tolerance(double value, DimensionVariables style)
    {
        if (!style.ShowsDeviations || style.ShowsLimits)
            return "";
        string Show(double deviation) => DimensionFormat.Length(deviation, style, style.DeviationDecimals, style.DeviationZeros);
        return style.UpperDeviation == style.LowerDeviation
            ? "±" + Show(style.UpperDeviation)
            : $"\\S{(style.UpperDeviation < 0 ? "" : "+")}{Show(style.UpperDeviation)}^ {(style.LowerDeviation > 0 ? "-" : "+")}{Show(Math.Abs(style.LowerDeviation))};";
    }
}
