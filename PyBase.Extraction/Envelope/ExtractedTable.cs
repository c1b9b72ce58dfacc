namespace PyBase.Extraction.Envelope;

/// <summary>Rows of one kind. They may be made while enumerated; each enumeration gives the same.</summary>
public sealed class ExtractedTable
{
    readonly Dictionary<string, int> places;

    /// <summary>A table of rows that are there already, or are made when asked for.</summary>
    /// <param name="kind">Stable name in lower case (<c>dimensions</c>), unique within a result.</param>
    /// <param name="columns">With different keys.</param>
    /// <param name="rows">Repeatable.</param>
    /// <param name="rowCount">How many rows there are.</param>
    public ExtractedTable(string kind, IReadOnlyList<TableColumn> columns, IEnumerable<ExtractedRow> rows, int rowCount)
    {
        ArgumentNullException.ThrowIfNull(columns);
        (Kind, Columns, Rows, RowCount) = (kind, columns, rows, rowCount);
        places = columns.Select((column, place) => (column.Key, place)).ToDictionary(StringComparer.Ordinal);
    }

    /// <summary>What the rows are, such as <c>dimensions</c> or <c>bom</c>.</summary>
    public string Kind { get; }

    /// <summary>What the cells of each row are.</summary>
    public IReadOnlyList<TableColumn> Columns { get; }

    /// <summary>In the order of the file.</summary>
    public IEnumerable<ExtractedRow> Rows { get; }

    /// <summary>How many rows <see cref="Rows"/> gives.</summary>
    public int RowCount { get; }

    /// <summary>The place of a column, or -1.</summary>
    public int IndexOf(string key) => places.GetValueOrDefault(key, -1);

    /// <summary>A row's cell by column; empty when there is no such column.</summary>
    public Cell At(ExtractedRow row, string key)
    {
        ArgumentNullException.ThrowIfNull(row);
        return places.TryGetValue(key, out var place) ? row.Cells[place] : new Cell();
    }
}
