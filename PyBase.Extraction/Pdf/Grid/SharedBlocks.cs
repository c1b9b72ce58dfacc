using PyBase.Extraction.Pdf.Lines;

namespace PyBase.Extraction.Pdf.Grid;

/// <summary>Rows that no line parts: a blank line goes through all cells of a lined row, and below it the first and most others begin anew at one height.</summary>
static class SharedBlocks
{
    const double BlankLine = 1.7, SameLine = 0.3;
    const int LeastBlocks = 2, LeastLines = 4;

    /// <summary>The baselines on which the rows begin, from the top; null where the cells are one row.</summary>
    public static List<double>? Of(List<LinedCell> row)
    {
        var filled = row.FindAll(cell => cell.Words.Count > 0);
        if (filled.Count < 2 || filled.Exists(cell => cell.RowSpan > 1 || cell.Words.Exists(word => !word.IsHorizontal)))
            return null;
        var lines = filled.ConvertAll(cell => CellText.LinesOf(cell.Words).ConvertAll(line => line[0].Across));
        var all = lines.SelectMany(own => own).OrderDescending().ToList();
        var steps = lines.SelectMany(own => own.Zip(own.Skip(1), (upper, lower) => upper - lower)).Order().ToList();
        if (all.Count < LeastLines || steps.Count == 0)
            return null;
        var size = filled[0].Words[0].Size;
        // The usual step from line to line; where every line stands alone it says nothing.
        var usual = steps[steps.Count / 4];
        if (usual > BlankLine * size)
            return null;
        List<double> starts = [all[0]];
        for (var i = 1; i < all.Count; i++)
        {
            if (all[i - 1] - all[i] > BlankLine * usual)
                starts.Add(all[i]);
        }
        if (starts.Count < LeastBlocks)
            return null;
        // Each row is named in the first column.
        var names = lines[filled.IndexOf(filled.MinBy(cell => cell.Column)!)];
        if (!starts.TrueForAll(start => names.Exists(at => Math.Abs(at - start) < SameLine * size)))
            return null;
        var shared = starts.Count(start => lines.Count(own => own.Exists(at => Math.Abs(at - start) < SameLine * size)) > 1);
        // A block in one cell alone is a heading over those below; what begins lower than its block is another paragraph.
        var isEven = Enumerable.Range(0, starts.Count).All(i => lines.TrueForAll(own =>
            own.Find(at => at <= starts[i] + SameLine * size && (i + 1 == starts.Count || at > starts[i + 1] + SameLine * size)) is var first && (first == 0 || starts[i] - first < SameLine * size)));
        return isEven && shared >= LeastBlocks && 2 * shared >= starts.Count ? starts : null;
    }

    /// <summary>The block that a word belongs to.</summary>
    public static int At(List<double> starts, TextRun word) => Math.Max(0, starts.FindLastIndex(start => word.Across <= start + SameLine * word.Size));
}
