using System.Text.RegularExpressions;
using PyBase.Extraction.Pdf.Content;
using PyBase.Extraction.Pdf.Lines;

namespace PyBase.Extraction.Pdf.Sheet;

/// <summary>Puts deviations that are set above each other, often in smaller letters, back behind the size they belong to.</summary>
static partial class StackedText
{
    public static List<DimensionText> Assemble(List<TextRun> runs)
    {
        var near = new NearBy<TextRun>(40);
        foreach (var run in runs)
            near.Add(run.Glyphs[0].X, run.Glyphs[0].Y, run);
        HashSet<TextRun> used = [];
        List<DimensionText> texts = [];
        foreach (var run in runs)
        {
            if (IsDeviation(run) && run.Text[0] is '+' or '-' or '−' or '±' || !run.Text.Any(char.IsDigit))
                continue;
            string? upper = null, lower = null;
            var main = run.Text;
            var box = run.Box;
            foreach (var other in Candidates(run, near, used))
            {
                var (along, across) = run.Local(other.Glyphs[0].X, other.Glyphs[0].Y);
                var behind = along - (run.End - run.Along);
                var size = run.Size;
                // Behind the size, or over a deviation that stands in the same line with it.
                var isBehind = behind > -0.35 * size && behind < 0.9 * size;
                var isOver = Tail().Match(main) is { Success: true } && across > 0.55 * size && along > 0.25 * (run.End - run.Along) && behind <= 0;
                if (!isBehind && !isOver || across < -0.75 * size || across > 1.15 * size)
                    continue;
                if (across > 0.22 * size && upper is null)
                    upper = other.Text;
                else if (across <= 0.22 * size && lower is null)
                    lower = other.Text;
                else
                    continue;
                used.Add(other);
                box = box.With(other.Box);
            }
            if (upper is not null && lower is null && Tail().Match(main) is { Success: true } tail)
                (main, lower) = (main[..tail.Groups["d"].Index].TrimEnd(), tail.Groups["d"].Value);
            texts.Add(new DimensionText(run, main, Clean(upper), Clean(lower), box));
        }
        return [.. texts.Where(text => !used.Contains(text.Run))];
    }

    static IEnumerable<TextRun> Candidates(TextRun run, NearBy<TextRun> near, HashSet<TextRun> used)
    {
        var reach = run.Box.Grown(1.5 * run.Size);
        return near.Around(reach).Where(other => other != run && !used.Contains(other) && other.HasSameDirection(run) && IsDeviation(other)
            && other.Size <= 1.05 * run.Size && (other.Text[0] is '+' or '-' or '−' or '±' || other.Size < 0.9 * run.Size || Zero().IsMatch(other.Text)));
    }

    static bool IsDeviation(TextRun run) => run.Text.Length <= 12 && Deviation().IsMatch(run.Text);

    static string? Clean(string? text) => text?.Replace(" ", "", StringComparison.Ordinal).Replace('−', '-');

    [GeneratedRegex(@"^[+\-−±]?\s*\d*[.,]?\d+\s*°?$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Deviation();

    [GeneratedRegex(@"^[+\-−]?0(?:[.,]0*)?$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Zero();

    // 3,99-0,02
    [GeneratedRegex(@"^.*\d.*?(?<d>[+\-−]\s*\d*[.,]?\d+)$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Tail();
}
