using PyBase.Extraction.Pdf.Content;
using PyBase.Extraction.Pdf.Lines;

namespace PyBase.Extraction.Pdf.Grid;

/// <summary>Names of the rows of a lined grid of figures that stand to the left of its lines.</summary>
static class SideLabels
{
    const double Share = 0.75, WidestGap = 5;
    const int LeastRows = 2;

    /// <summary>A column of cells before the first, as many as there are rows with a name; empty where the grid has its own.</summary>
    public static List<LinedCell> Of(List<LinedCell> cells, List<TextRun> words, Box box)
    {
        var first = cells.FindAll(cell => cell.Column == 0 && cell.ColumnSpan == 1 && cell.Words.Count > 0);
        if (first.Count < LeastRows || first.Count(cell => Figures.Is(CellText.Join(cell.Words))) < 0.6 * first.Count)
            return [];
        List<LinedCell> labels = [];
        var left = words.FindAll(word => word.IsHorizontal && word.End < box.Left + 1 && word.Across > box.Bottom && word.Across < box.Top).OrderByDescending(word => word.End).ToList();
        var rows = cells.Where(cell => cell.RowSpan == 1 && cell.Words.Count > 0).GroupBy(cell => cell.Row).ToList();
        foreach (var row in rows)
        {
            var line = row.SelectMany(cell => cell.Words).Where(word => word.IsHorizontal).MinBy(word => word.Across);
            if (line is null)
                continue;
            var own = left.FindAll(word => Math.Abs(word.Across - line.Across) < 0.2 * line.Size);
            if (own.Count > 0)
                labels.Add(new LinedCell(row.Key, -1, 1, 1, own, own.Aggregate(Box.Nothing, (all, word) => all.With(word.Box))));
        }
        // Text that runs beside the table has lines between its rows as well.
        var taken = labels.SelectMany(label => label.Words).ToHashSet();
        var others = left.Count(word => !taken.Contains(word) && labels.Exists(label => word.Box.Right > label.Box.Left));
        return labels.Count >= LeastRows && labels.Count >= Share * rows.Count && others <= 0.2 * taken.Count && NearEnough(labels, box) ? labels : [];
    }

    // One name at least reaches to the grid, and none has a gap like that to a column of text.
    static bool NearEnough(List<LinedCell> labels, Box box) => labels.Max(label => label.Box.Right) > box.Left - WidestGap * labels[0].Words[0].Size
        && labels.Max(label => label.Box.Right) - labels.Min(label => label.Box.Left) < box.Width;
}
