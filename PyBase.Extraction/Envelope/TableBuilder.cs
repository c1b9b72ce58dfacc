namespace PyBase.Extraction.Envelope;

/// <summary>Collects the rows of one table up to a limit.</summary>
sealed class TableBuilder(string kind, IReadOnlyList<TableColumn> columns, int maxRows, CancellationToken cancellationToken = default)
{
    // How many rows pass between two looks at the token.
    const int Stride = 1024;

    readonly List<ExtractedRow> rows = [];

    /// <summary>Whether rows were left out.</summary>
    public bool IsCut { get; private set; }

    public int Count => rows.Count;

    public void Add(string locator, double confidence, string? raw, params ReadOnlySpan<Cell> cells)
    {
        if (rows.Count % Stride == 0)
            cancellationToken.ThrowIfCancellationRequested();
        if (rows.Count >= maxRows)
            IsCut = true;
        else
            rows.Add(new ExtractedRow(cells.ToArray(), locator, confidence, raw));
    }

    public ExtractedTable Build() => new(kind, columns, rows, rows.Count);
}
