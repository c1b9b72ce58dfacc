namespace PyBase.Extraction.Pdf.Grid;

/// <summary>Numbers tables and finds those that go on on the next page: the last of one page and the first of the next with the same columns.</summary>
static class TableSequence
{
    const double SameColumn = 3;

    public static void Number(List<PageTable> tables)
    {
        var number = 0;
        PageTable? last = null, first = null;
        for (var i = 0; i < tables.Count; i++)
        {
            var table = tables[i];
            if (last is not null && first is not null && table.Page == last.Page + 1 && (i == 0 || tables[i - 1].Page != table.Page) && (SameColumns(last, table) || SameAlignment(last, table) && (table.HeaderRows == 0 || Repeated(first, table) > 0)))
            {
                table.Number = last.Number;
                table.RowsBefore = last.RowsBefore + last.RowCount - last.RepeatedRows;
                table.RepeatedRows = Repeated(first, table);
            }
            else
            {
                table.Number = ++number;
                first = table;
            }
            last = table;
        }
    }

    static bool SameColumns(PageTable one, PageTable other)
    {
        if (one.IsRuled != other.IsRuled || one.Edges.Count != other.Edges.Count || one.ColumnCount != other.ColumnCount)
            return false;
        for (var i = 0; i < one.Edges.Count; i++)
        {
            if (Math.Abs(one.Edges[i] - other.Edges[i]) > SameColumn)
                return false;
        }
        return true;
    }

    // Columns of figures begin where the longest of the page does.
    static bool SameAlignment(PageTable one, PageTable other)
    {
        if (one.Ends.Count == 0 || one.Ends.Count != other.Ends.Count || one.ColumnCount != other.ColumnCount)
            return false;
        for (var i = 0; i < one.Ends.Count; i++)
        {
            if (one.Edges[i] >= other.Ends[i] || other.Edges[i] >= one.Ends[i])
                return false;
        }
        return true;
    }

    static int Repeated(PageTable first, PageTable next)
    {
        var rows = 0;
        while (rows < 4 && rows < next.RowCount && RowText(first, rows) is { Length: > 0 } text && text == RowText(next, rows))
            rows++;
        return rows;
    }

    static string RowText(PageTable table, int row) => string.Join('\t', table.Cells.Where(cell => cell.Row == row).OrderBy(cell => cell.Column).Select(cell => cell.Text));
}
