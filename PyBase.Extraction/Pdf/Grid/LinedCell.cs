using PyBase.Extraction.Pdf.Content;
using PyBase.Extraction.Pdf.Lines;

namespace PyBase.Extraction.Pdf.Grid;

/// <summary>A cell between lines with the words inside of it.</summary>
sealed record LinedCell(int Row, int Column, int RowSpan, int ColumnSpan, List<TextRun> Words, Box Box)
{
    public GridCell ToCell() => new(Row, Column, RowSpan, ColumnSpan, CellText.Of(Words), Box);
}
