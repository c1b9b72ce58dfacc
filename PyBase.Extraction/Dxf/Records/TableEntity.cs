using PyBase.Extraction.Dxf.Tags;

namespace PyBase.Extraction.Dxf.Records;

/// <summary>
/// ACAD_TABLE. Behind the sizes come the cells, row by row, each beginning with 171:
/// <code>
/// 91 rows  92 columns  141 height of each row  142 width of each column
/// 171 kind (1 text, 2 block)  173 1 if another cell covers it  175 columns and 176 rows it spans
/// up to R2004: 1 text, 2 chunks before it   from R2007: 301 CELL_VALUE … 1 value, 140 or 91 number, 302 text as shown, 303 chunks before it, 304 ACVALUE_END
/// 340 block of a cell with a block
/// </code>
/// </summary>
sealed class TableEntity : DxfRecord
{
    /// <summary>2 block that shows it, 10 20 30 place, 91 92 141 142 sizes; cells as above.</summary>
    public static readonly RecordType<TableEntity> Type = new("ACAD_TABLE")
    {
        { 1, (table, tag) => table.Cell(cell => cell.Value = Longer(cell.Value, tag)) },
        { 2, (table, tag) => table.BlockOrChunk(tag) },
        { 10, (table, tag) => table.Before(() => table.At = table.At with { X = tag.Real() }) },
        { 20, (table, tag) => table.Before(() => table.At = table.At with { Y = tag.Real() }) },
        { 91, (table, tag) => table.RowsOrNumber(tag) },
        { 92, (table, tag) => table.Before(() => table.Columns = tag.Small()) },
        { 140, (table, tag) => table.Cell(cell => cell.SetNumber(tag.Real())) },
        { 141, (table, tag) => Size(table.RowHeights, tag) },
        { 142, (table, tag) => Size(table.ColumnWidths, tag) },
        { 171, (table, tag) => table.Begin(tag.Small()) },
        { 173, (table, tag) => table.Cell(cell => cell.IsCovered = tag.Integer() != 0) },
        { 175, (table, tag) => table.Cell(cell => cell.ColumnSpan = tag.Small()) },
        { 176, (table, tag) => table.Cell(cell => cell.RowSpan = tag.Small()) },
        { 301, (table, tag) => table.Cell(cell => cell.IsTyped = true) },
        { 302, (table, tag) => table.Cell(cell => cell.Shown = Longer(cell.Shown, tag)) },
        { 303, (table, tag) => table.Cell(cell => cell.Shown = Longer(cell.Shown, tag)) },
        { 304, (table, tag) => table.Cell(cell => cell.IsTyped = false) },
        { 340, (table, tag) => table.Cell(cell => cell.BlockHandle = tag.Handle()) },
    };

    /// <summary>Most cells kept; no table has more.</summary>
    public const int MaxCells = 100_000;
    const int MaxCellLength = 32_768;

    public string BlockName { get; private set; } = "";
    public Point At { get; private set; }
    public int Rows { get; private set; }
    public int Columns { get; private set; }
    public List<double> RowHeights { get; } = [];
    public List<double> ColumnWidths { get; } = [];
    public List<TableCell> Cells { get; } = [];

    // A cell of many pieces costs time that grows with the square of their number.
    static string Longer(string text, TagReader tag) => text.Length < MaxCellLength ? text + tag.Text() : text;

    public override int Weight => base.Weight + Cells.Count;

    void Begin(int kind)
    {
        if (Cells.Count < MaxCells)
            Cells.Add(new TableCell { Kind = kind });
    }

    // Inside of a typed value 91 is an integer.
    void RowsOrNumber(TagReader tag)
    {
        if (Cells.Count == 0)
            Rows = tag.Small();
        else
            Cells[^1].SetNumber(tag.Integer());
    }

    void Cell(Action<TableCell> set)
    {
        if (Cells.Count > 0)
            set(Cells[^1]);
    }

    void Before(Action set)
    {
        if (Cells.Count == 0)
            set();
    }

    static void Size(List<double> sizes, TagReader tag)
    {
        if (sizes.Count < MaxCells)
            sizes.Add(tag.Real());
    }

    void BlockOrChunk(TagReader tag)
    {
        if (Cells.Count > 0)
            Cells[^1].Value = Longer(Cells[^1].Value, tag);
        else
            BlockName = tag.Name();
    }
}

/// <summary>A cell of a <see cref="TableEntity"/>.</summary>
sealed class TableCell
{
    public int Kind { get; init; }
    public string Value { get; set; } = "";
    public string Shown { get; set; } = "";
    public double? Number { get; private set; }

    /// <summary>Whether the pairs now read are those of a typed value; elsewhere the same codes are heights and flags.</summary>
    public bool IsTyped { get; set; }
    public bool IsCovered { get; set; }
    public int ColumnSpan { get; set; } = 1;
    public int RowSpan { get; set; } = 1;
    public ulong BlockHandle { get; set; }

    public void SetNumber(double number)
    {
        if (IsTyped)
            Number = number;
    }

    /// <summary>The text as shown, else the stored one.</summary>
    public string Text => Shown.Length > 0 ? Shown : Value;
}
