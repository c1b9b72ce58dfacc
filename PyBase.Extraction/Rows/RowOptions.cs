namespace PyBase.Extraction.Rows;

/// <summary>How a file of rows is read, where somebody knows better than its bytes; what is null is found out.</summary>
public sealed record RowOptions
{
    /// <summary>Name of the encoding, for instance <c>windows-1252</c>.</summary>
    public string? Encoding { get; init; }

    /// <summary>The character between two cells of delimited text.</summary>
    public char? Delimiter { get; init; }

    /// <summary>The character around a cell that holds delimiters or line ends.</summary>
    public char? Quote { get; init; }

    /// <summary>Is the first row the names of the columns?</summary>
    public bool? HasHeader { get; init; }

    /// <summary>The sheet of a workbook; the first with content when it is null.</summary>
    public string? Sheet { get; init; }

    /// <summary>Longest text of a cell in characters; a longer one is cut with <c>text-cut</c>.</summary>
    /// <value>100,000.</value>
    public int MaxTextLength { get; init; } = 100_000;

    /// <summary>Most characters of one row.</summary>
    /// <value>16 Mi characters.</value>
    public int MaxRowLength { get; init; } = 16 * 1024 * 1024;

    /// <summary>Most columns; those behind are left out with <c>columns-cut</c>.</summary>
    /// <value>500.</value>
    public int MaxColumns { get; init; } = 500;

    /// <summary>Bytes that all parts of a workbook may expand to.</summary>
    /// <value>4 GiB.</value>
    public long MaxExpandedBytes { get; init; } = 4L << 30;

    /// <summary>Characters of the texts that a workbook keeps apart from its cells; they are held in memory.</summary>
    /// <value>64 Mi characters.</value>
    public long MaxSharedCharacters { get; init; } = 64L * 1024 * 1024;
}
