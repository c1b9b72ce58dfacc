using PyBase.Extraction.Dxf.Records;
using PyBase.Extraction.Envelope;

namespace PyBase.Extraction.Dxf.Tables;

/// <summary>The cells of ACAD_TABLEs. Cells that a merged one covers are left out.</summary>
static class TableRows
{
    static readonly TableColumn[] Columns =
    [
        new("table", ColumnType.Integer), new("row", ColumnType.Integer), new("col", ColumnType.Integer), new("rowspan", ColumnType.Integer),
        new("colspan", ColumnType.Integer), new("text", ColumnType.Text), new("number", ColumnType.Number), new("layout", ColumnType.Text), new("owner", ColumnType.Text),
    ];

    const double FromDrawing = 0.8;

    public static ExtractedTable Build(DrawingView view)
    {
        var rows = view.Start("tables", Columns);
        var number = 0;
        foreach (var table in view.Drawing.Of<TableEntity>())
        {
            number++;
            var owner = view.Spaces.OwnerOf(table);
            foreach (var cell in TableGrid.Of(table, view, out var isDrawn))
            {
                if (!cell.IsCovered)
                {
                    rows.Add($"{view.Spaces.Locate(table)}/R{cell.Row + 1}C{cell.Column + 1}", isDrawn ? FromDrawing : 1, cell.Raw, number, cell.Row + 1,
                        cell.Column + 1, cell.RowSpan, cell.ColumnSpan, cell.Text, cell.Number, view.Spaces.LayoutOf(owner), owner);
                }
            }
        }
        return view.Finish(rows);
    }
}
