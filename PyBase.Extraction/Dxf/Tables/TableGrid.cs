using PyBase.Extraction.Dxf.Records;
using PyBase.Extraction.Dxf.Text;

namespace PyBase.Extraction.Dxf.Tables;

/// <summary>A cell of a table in its place.</summary>
readonly record struct GridCell(int Row, int Column, int RowSpan, int ColumnSpan, string Text, string Raw, double? Number, bool IsCovered);

/// <summary>
/// The cells of an ACAD_TABLE in rows and columns. A table without cells of its own still has the block that draws it: then
/// its texts are laid into the grid by their places.
/// </summary>
static class TableGrid
{
    public static List<GridCell> Of(TableEntity table, DrawingView view, out bool isDrawn)
    {
        var columns = table.Columns > 0 ? table.Columns : table.ColumnWidths.Count;
        List<GridCell> cells = [];
        for (var i = 0; i < table.Cells.Count && columns > 0; i++)
            cells.Add(CellOf(table.Cells[i], i / columns, i % columns, view));
        List<TextEntity> drawn = cells.All(cell => cell.Text.Length == 0) ? view.TakeDrawnTexts(table.BlockName) : [];
        isDrawn = drawn.Count > 0;
        return isDrawn ? Drawn(table, drawn) : cells;
    }

    static GridCell CellOf(TableCell cell, int row, int column, DrawingView view)
    {
        const int block = 2;
        var raw = cell.Kind == block && cell.Text.Length == 0 && cell.BlockHandle != 0 && view.Spaces.RecordOf(cell.BlockHandle) is { } record
            ? ""
            : cell.Text;
        return new GridCell(row, column, Math.Max(1, cell.RowSpan), Math.Max(1, cell.ColumnSpan), TextMarkup.Plain(raw), raw, cell.Number, cell.IsCovered);
    }

    // In the block the table's upper left corner is the origin and y points up.
    static List<GridCell> Drawn(TableEntity table, List<TextEntity> texts)
    {
        var cells = new SortedDictionary<(int Row, int Column), GridCell>();
        var place = 0;
        foreach (var text in texts)
        {
            var (row, column) = (Index(table.RowHeights, -text.At.Y), Index(table.ColumnWidths, text.At.X));
            if (table.RowHeights.Count == 0)
                (row, column) = (place++, 0);
            cells[(row, column)] = cells.TryGetValue((row, column), out var cell) && cell.Text.Length < short.MaxValue
                ? cell with { Text = $"{cell.Text}\n{text.Plain}", Raw = $"{cell.Raw}\\P{text.Raw}" }
                : new GridCell(row, column, 1, 1, text.Plain, text.Raw, null, false);
        }
        return [.. cells.Values];
    }

    static int Index(List<double> sizes, double at)
    {
        for (var i = 0; i < sizes.Count; i++)
        {
            if (at < sizes[i] * (1 + 1e-9))
                return i;
            at -= sizes[i];
        }
        return Math.Max(0, sizes.Count - 1);
    }
}
