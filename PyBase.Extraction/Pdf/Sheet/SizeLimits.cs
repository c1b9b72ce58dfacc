using System.Globalization;
using System.Text.RegularExpressions;
using PyBase.Extraction.Pdf.Lines;

namespace PyBase.Extraction.Pdf.Sheet;

/// <summary>Limits of size in place of a tolerance: the larger over the smaller, in letters of one size (ASME Y14.5).</summary>
static partial class SizeLimits
{
    const double Closest = 0.9, Farthest = 1.5;
    const decimal Alike = 0.05m;

    public static IEnumerable<DimensionText> Find(List<TextRun> runs, NearBy<TextRun> near, HashSet<TextRun> used)
    {
        foreach (var run in runs)
        {
            if (used.Contains(run) || Read(run) is not { } upper)
                continue;
            var below = Under(run, near).ToList();
            // A column of figures has more than two.
            if (below.Count != 1 || used.Contains(below[0]) || Under(below[0], near).Any() || Over(run, near).Any())
                continue;
            var lower = Read(below[0])!.Value;
            if (upper.Value <= lower.Value || upper.Value - lower.Value > Alike * upper.Value || upper.Decimals != lower.Decimals || lower.Sign.Length > 0 && lower.Sign != upper.Sign)
                continue;
            used.Add(run);
            used.Add(below[0]);
            yield return new DimensionText(run, $"{run.Text}/{below[0].Text[lower.Sign.Length..].TrimStart()}", null, null, run.Box.With(below[0].Box));
        }
    }

    static IEnumerable<TextRun> Under(TextRun run, NearBy<TextRun> near) => near.Around(run.Box.Grown(2 * run.Size)).Where(other => IsUnder(run, other));

    static IEnumerable<TextRun> Over(TextRun run, NearBy<TextRun> near) => near.Around(run.Box.Grown(2 * run.Size)).Where(other => IsUnder(other, run));

    static bool IsUnder(TextRun run, TextRun other)
    {
        if (other == run || !other.HasSameDirection(run) || Math.Abs(other.Size - run.Size) > 0.05 * run.Size || Read(other) is null)
            return false;
        var (along, across) = run.Local(other.Glyphs[0].X, other.Glyphs[0].Y);
        var (length, width) = (run.End - run.Along, other.End - other.Along);
        return across < -Closest * run.Size && across > -Farthest * run.Size
            && (Math.Abs(along) < 0.5 * run.Size || Math.Abs(along + width - length) < 0.5 * run.Size || Math.Abs(along + width / 2 - length / 2) < 0.5 * run.Size);
    }

    static (decimal Value, int Decimals, string Sign)? Read(TextRun run)
    {
        if (run.Text.Length > 12 || Limit().Match(run.Text) is not { Success: true } match)
            return null;
        var number = match.Groups["n"].Value.Replace(',', '.');
        return (decimal.Parse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture), number.Length - number.IndexOf('.', StringComparison.Ordinal), match.Groups["s"].Value);
    }

    [GeneratedRegex(@"^(?<s>[⌀ØR]?)\s*(?<n>\d{0,4}[.,]\d{1,5})$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Limit();
}
