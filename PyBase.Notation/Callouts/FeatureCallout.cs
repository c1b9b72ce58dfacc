using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;
using PyBase.Notation.Quantities;
using PyBase.Notation.Text;
using PyBase.Notation.Threads;
using PyBase.Notation.Units;

namespace PyBase.Notation.Callouts;

/// <summary>
/// A hole, thread or chamfer as a leader's text describes it: <c>4x ⌀6.6 THRU ⌴ ⌀11 ↧6.8</c>, <c>M8x1-6H ↧12</c>, <c>4 x CHAMFER 0,2</c>.
/// A size without anything more is one too.
/// </summary>
public sealed partial record FeatureCallout
{
    /// <summary>The size; null when it is a thread.</summary>
    public Quantity? Size { get; init; }

    /// <summary>The thread; null when it is a plain size.</summary>
    public ThreadDesignation? Thread { get; init; }

    /// <summary>Number of features: 4 for 4x.</summary>
    public int Count { get; init; } = 1;

    /// <summary>How deep the hole or thread goes, in the unit of the size or in mm; null when not given.</summary>
    public decimal? Depth { get; init; }

    /// <summary>True for THRU.</summary>
    public bool IsThrough { get; init; }

    /// <summary>True when a word says that it is a chamfer.</summary>
    public bool IsChamfer { get; init; }

    /// <summary>What widens the hole, in the order of the text.</summary>
    public IReadOnlyList<Recess> Recesses { get; init; } = [];

    /// <summary>The text it was read from.</summary>
    public string Original { get; init; } = "";

    /// <summary>Reads a callout; sizes without a unit are in mm.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out FeatureCallout? value, [NotNullWhen(false)] out NotationFault? fault) =>
        TryParse(text, LengthUnits.Millimetre, out value, out fault);

    /// <summary>Reads a callout.</summary>
    /// <param name="text">The text.</param>
    /// <param name="defaultUnit">The unit of sizes that name none; angles say theirs.</param>
    /// <param name="value">The callout.</param>
    /// <param name="fault">Where and why the text is none.</param>
    public static bool TryParse(ReadOnlySpan<char> text, Unit defaultUnit, [NotNullWhen(true)] out FeatureCallout? value, [NotNullWhen(false)] out NotationFault? fault)
    {
        ArgumentNullException.ThrowIfNull(defaultUnit);
        value = null;
        if (!FoldedText.TryFold(text, out var folded, out fault))
            return false;
        var whole = new string(folded);
        var marks = RecessMark().Matches(whole);
        var main = marks.Count > 0 ? whole[..marks[0].Index] : whole;
        var (rest, depth, isThrough) = TakeDepth(main);
        var chamfer = ChamferWord().Match(rest);
        if (chamfer.Success)
            rest = rest.Remove(chamfer.Groups["word"].Index, chamfer.Groups["word"].Length);
        var callout = new FeatureCallout { Depth = depth, IsThrough = isThrough, IsChamfer = chamfer.Success, Original = text.ToString() };
        if (Quantity.TryParse(rest, defaultUnit, anyDimension: true, out var size, out fault))
            callout = callout with { Size = size, Count = size.Count, IsChamfer = chamfer.Success || size.ChamferAngle is not null || size.Symbol == FeatureSymbol.Chamfer };
        else if (!chamfer.Success && ThreadDesignation.TryParse(rest, out var thread, out _))
            callout = callout with { Thread = thread, Count = thread.Count, Depth = depth ?? thread.Depth, IsThrough = isThrough || thread.IsThrough };
        else
            return false;
        List<Recess> recesses = [];
        for (var i = 0; i < marks.Count; i++)
        {
            var end = i + 1 < marks.Count ? marks[i + 1].Index : whole.Length;
            var from = marks[i].Index + marks[i].Length;
            if (!TryRecess(KindOf(marks[i].Value), whole[from..end], defaultUnit, from, out var recess, out fault))
                return false;
            recesses.Add(recess);
        }
        fault = null;
        value = callout with { Recesses = recesses };
        return true;
    }

    static bool TryRecess(RecessKind kind, string text, Unit unit, int at, [NotNullWhen(true)] out Recess? recess, [NotNullWhen(false)] out NotationFault? fault)
    {
        recess = null;
        var (rest, depth, _) = TakeDepth(text);
        decimal? angle = null;
        // ⌵ ⌀10 x 90°
        if (kind == RecessKind.Countersink && ConeAngle().Match(rest) is { Success: true } cone)
        {
            angle = Number(cone.Groups["n"].Value);
            rest = rest.Remove(cone.Index, cone.Length);
        }
        if (!Quantity.TryParse(rest, unit, out var size, out fault))
        {
            fault = new NotationFault(at + Math.Min(fault.Position, text.Length), fault.Expected);
            return false;
        }
        recess = new Recess(kind, size, depth, angle);
        return true;
    }

    static (string Main, decimal? Depth, bool IsThrough) TakeDepth(string text)
    {
        var through = Through().Match(text);
        if (through.Success)
            text = text.Remove(through.Index, through.Length);
        var depth = DepthBehind().Match(text);
        if (!depth.Success)
            depth = DepthBefore().Match(text);
        return depth.Success && Number(depth.Groups["n"].Value) is { } number ? (text.Remove(depth.Index, depth.Length), number, through.Success) : (text, null, through.Success);
    }

    static decimal? Number(string text) =>
        decimal.TryParse(text.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;

    static RecessKind KindOf(string mark) => mark[0] switch
    {
        '⌵' => RecessKind.Countersink,
        _ when mark.Contains("SINK", StringComparison.OrdinalIgnoreCase) || mark.StartsWith("CSK", StringComparison.OrdinalIgnoreCase) || mark.StartsWith("CS", StringComparison.OrdinalIgnoreCase) => RecessKind.Countersink,
        'S' or 's' => RecessKind.Spotface,
        _ => RecessKind.Counterbore,
    };

    [GeneratedRegex(@"⌴|⌵|\b(?:C'?BORE|COUNTERBORE|C'?SINK|CSK|COUNTERSINK|SPOTFACE|S'?FACE)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex RecessMark();

    [GeneratedRegex(@"\b(?:THRU|THROUGH|DURCHGEHEND)(?:\s+ALL)?\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Through();

    [GeneratedRegex(@"(?:↧|\b(?:DEPTH|DEEP|TIEFE|DP)\b)\s*(?<n>\d+(?:[.,]\d+)?)\s*(?:mm\b)?", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex DepthBehind();

    [GeneratedRegex(@"(?:[x×]\s*)?(?<=[x×\s])(?<n>\d+(?:[.,]\d+)?)\s*(?:mm\s*)?(?:\b(?:DEEP|DP|TIEF)\b)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex DepthBefore();

    [GeneratedRegex(@"[x×]\s*(?<n>\d+(?:[.,]\d+)?)\s*°\s*$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ConeAngle();

    [GeneratedRegex(@"^\s*(?:\d+\s*[x×]\s*)?(?<word>(?:CHAMFERS?|CHAMF\.?|CHFR\.?|FASEN?)\s*)(?=\d)|\d\s*°?(?<word>\s*(?:CHAMFERS?|CHAMF\.?|CHFR\.?|FASEN?)\s*)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ChamferWord();
}
