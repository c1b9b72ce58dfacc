using PyBase.Extraction.Pdf.Content;
using PyBase.Extraction.Pdf.Lines;

namespace PyBase.Extraction.Pdf.Grid;

/// <summary>Lines of one width above each other, at least three: over the heading, under it, and under the table.</summary>
/// <param name="Lines">Their heights from the top.</param>
sealed record RuleStack(double Left, double Right, List<double> Lines)
{
    const double SameEnd = 3, Shortest = 80, Double = 5;
    const int MostWords = 6;

    public Box Box => new(Left, Lines[^1], Right, Lines[0]);

    public static List<RuleStack> Find(Rulings rulings, List<TextRun> words)
    {
        List<RuleStack> stacks = [];
        foreach (var ruling in rulings.Horizontal.OrderByDescending(ruling => ruling.At))
        {
            if (ruling.Length < Shortest)
                continue;
            var stack = stacks.Find(other => Math.Abs(other.Left - ruling.From) < SameEnd && Math.Abs(other.Right - ruling.To) < SameEnd);
            if (stack is null)
                stacks.Add(new RuleStack(ruling.From, ruling.To, [ruling.At]));
            else
                stack.Lines.Add(ruling.At);
        }
        var byHeight = new WordsByHeight(words);
        return [.. stacks.Where(stack => stack.Lines.Count > 2).SelectMany(stack => stack.Parts(byHeight)).Where(stack => stack.Lines.Count > 2).OrderByDescending(stack => stack.Lines[0])];
    }

    // Two tables of one width are parted by their titles and notes: lines of text without columns.
    IEnumerable<RuleStack> Parts(WordsByHeight words)
    {
        List<double> lines = [Lines[0]];
        for (var i = 1; i < Lines.Count; i++)
        {
            var between = LineRow.Of(words.Between(Lines[i], Lines[i - 1]).FindAll(word => word.Box.CentreY < Lines[i - 1] && word.Box.CentreY > Lines[i] && word.Box.CentreX > Left && word.Box.CentreX < Right));
            if (between.Count == 0 && Lines[i - 1] - Lines[i] < Double)
            {
                lines[^1] = lines.Count == 1 ? Lines[i] : lines[^1];
                continue;
            }
            if (IsBreak(between, Lines[i - 1] - Lines[i]))
            {
                yield return this with { Lines = lines };
                lines = [];
            }
            lines.Add(Lines[i]);
        }
        yield return this with { Lines = lines };
    }

    bool IsBreak(List<LineRow> between, double height) => between.Count == 0
        ? height > 40
        : between.Exists(row => row.Pieces.Exists(piece => piece.Count > MostWords && piece[^1].End - piece[0].Along > 0.6 * (Right - Left)))
            || !between.Exists(row => row.Pieces.Count > 1) && (between.Count > 1 || between[0].Box.Width > 0.6 * (Right - Left));
}
