using PyBase.Extraction.Pdf.Content;

namespace PyBase.Extraction.Pdf.Grid;

/// <summary>A table, or the part of one that stands on a page.</summary>
sealed class PageTable
{
    public required int Page { get; init; }
    public required Box Box { get; init; }
    public required List<GridCell> Cells { get; init; }
    public required bool IsRuled { get; init; }
    /// <summary>The rows at the top that name the columns.</summary>
    public int HeaderRows { get; set; }
    /// <summary>Where its columns begin.</summary>
    public required IReadOnlyList<double> Edges { get; init; }
    /// <summary>Where they end, if only alignment says so; else empty.</summary>
    public IReadOnlyList<double> Ends { get; init; } = [];

    /// <summary>Number of the table in the file; its parts on later pages have the same.</summary>
    public int Number { get; set; }
    /// <summary>Rows of the parts on earlier pages.</summary>
    public int RowsBefore { get; set; }
    /// <summary>Header rows that repeat those of an earlier page and are left out.</summary>
    public int RepeatedRows { get; set; }

    public int RowCount => Cells.Count == 0 ? 0 : Cells.Max(cell => cell.Row + cell.RowSpan);
    public int ColumnCount => Cells.Count == 0 ? 0 : Cells.Max(cell => cell.Column + cell.ColumnSpan);
}
