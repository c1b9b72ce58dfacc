using PyBase.Extraction.Pdf.Content;

namespace PyBase.Extraction.Pdf.Grid;

/// <summary>A cell in its place, rows counted from the top.</summary>
readonly record struct GridCell(int Row, int Column, int RowSpan, int ColumnSpan, string Text, Box Box);
