using PyBase.Extraction.Envelope;

namespace PyBase.Extraction.Rows;

/// <summary>The rows of a table that a reader of drawings found, as those of any other file.</summary>
sealed class EnvelopeRows(ExtractedTable table, CancellationToken cancellation) : RowReader
{
    readonly IEnumerator<ExtractedRow> rows = table.Rows.GetEnumerator();
    readonly string[] texts = new string[table.Columns.Count];

    public override int Count => texts.Length;

    public override ReadOnlySpan<char> this[int column] => texts[column];

    public override CellKind KindOf(int column) => rows.Current.Cells[column] is { IsEmpty: false } cell
        ? cell.Type switch { ColumnType.Number or ColumnType.Integer => CellKind.Number, ColumnType.Boolean => CellKind.Boolean, _ => CellKind.Text } : CellKind.Text;

    public override string? Locator => rows.Current.Locator;

    public override double Confidence => rows.Current.Confidence;

    public override bool Read()
    {
        if (++Number % 1024 == 0)
            cancellation.ThrowIfCancellationRequested();
        if (!rows.MoveNext())
            return false;
        for (var n = 0; n < texts.Length; n++)
            texts[n] = rows.Current.Cells[n].ToString();
        return true;
    }

    protected override void Dispose(bool disposing) => rows.Dispose();
}
