using System.Text.RegularExpressions;
using PyBase.Extraction.Pdf.Content;
using PyBase.Extraction.Pdf.Lines;

namespace PyBase.Extraction.Pdf.Sheet;

/// <summary>
/// Puts the pieces of a dimension together: the number of features before the size, a class, a fraction or a tolerance behind it, and
/// deviations that are set above each other, often in smaller letters.
/// </summary>
static partial class StackedText
{
    public static List<DimensionText> Assemble(List<TextRun> runs)
    {
        var near = new NearBy<TextRun>(40);
        foreach (var run in runs)
        {
            near.Add(run.Glyphs[0].X, run.Glyphs[0].Y, run);
            // A count ends where its size begins.
            if (SizePieces.IsCount(run.Text))
                near.Add(run.Glyphs[^1].X, run.Glyphs[^1].Y, run);
        }
        HashSet<TextRun> used = [];
        var limits = SizeLimits.Find(runs, near, used).ToDictionary(text => text.Run);
        List<DimensionText> texts = [];
        foreach (var run in runs)
        {
            if (limits.TryGetValue(run, out var pair))
                texts.Add(pair);
            else if (!used.Contains(run) && !(IsDeviation(run) && run.Text[0] is '+' or '-' or '−' or '±') && run.Text.Any(char.IsDigit))
                texts.Add(Assemble(run, near, used));
        }
        return [.. texts.Where(text => limits.ContainsKey(text.Run) || !used.Contains(text.Run))];
    }

    static DimensionText Assemble(TextRun run, NearBy<TextRun> near, HashSet<TextRun> used)
    {
        string? upper = null, lower = null;
        var (main, box, size) = (run.Text, run.Box, run.Size);
        var end = run.End - run.Along;
        Join(SizePieces.Class(run, end, near));
        foreach (var other in Candidates(run, box, near, used))
        {
            var (along, across) = run.Local(other.Glyphs[0].X, other.Glyphs[0].Y);
            var behind = along - end;
            // Behind the size, or over a deviation that stands in the same line with it.
            var isBehind = behind > -0.35 * size && behind < 0.9 * size;
            var isOver = Tail().Match(main) is { Success: true } && across > 0.55 * size && along > 0.25 * end && behind <= 0;
            if (!isBehind && !isOver && !SizePieces.IsInGap(run, other, along) || across < -0.75 * size || across > 1.15 * size)
                continue;
            if (across > 0.22 * size && upper is null)
                upper = other.Text;
            else if (across <= 0.22 * size && lower is null)
                lower = other.Text;
            else
                continue;
            Use(other);
        }
        if (upper is not null && lower is null && Tail().Match(main) is { Success: true } tail)
            (main, lower) = (main[..tail.Groups["d"].Index].TrimEnd(), tail.Groups["d"].Value);
        if (SizePieces.IsFraction(main, upper, lower))
            (main, upper, lower) = (SizePieces.WithFraction(main, $"{upper}/{lower}"), null, null);
        // 40 h6 (0/-0.016): the brackets stand around the stack.
        if (upper is not null || lower is not null)
        {
            main = OpenAtEnd().Replace(main, "");
            if (main.Length < run.Text.Length && SizePieces.Closing(run, box, near) is { } closing)
                used.Add(closing);
        }
        else if (SizePieces.Tolerance(run, end, near, used) is { } tolerance)
        {
            Join([tolerance]);
        }
        if (SizePieces.Count(run, near, used) is { } count)
        {
            main = $"{count.Text} {main}";
            Use(count);
        }
        return new DimensionText(run, main, Clean(upper), Clean(lower), box);

        void Join(List<TextRun> pieces)
        {
            if (pieces.Count == 0)
                return;
            main = $"{main} {string.Join('/', pieces.Select(piece => piece.Text))}";
            end = pieces.Max(piece => piece.End) - run.Along;
            pieces.ForEach(Use);
        }

        void Use(TextRun piece)
        {
            used.Add(piece);
            box = box.With(piece.Box);
        }
    }

    static IEnumerable<TextRun> Candidates(TextRun run, Box box, NearBy<TextRun> near, HashSet<TextRun> used)
    {
        var reach = box.Grown(1.5 * run.Size);
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

    [GeneratedRegex(@"\s*\(\s*\)?$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex OpenAtEnd();
}
