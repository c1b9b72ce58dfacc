namespace PyBase.Extraction.Dxf;

/// <summary>Guards of <see cref="DxfReader"/>; the defaults are far beyond real drawings.</summary>
public record DxfOptions
{
    /// <summary>Most bytes taken from the stream; beyond, reading stops with the error <c>file-too-large</c>.</summary>
    /// <value>8 GiB: files are streamed, so this bounds time rather than memory.</value>
    public long MaxBytes { get; init; } = 8L * 1024 * 1024 * 1024;

    /// <summary>
    /// Entities, table entries and objects kept (texts, dimensions, inserts, layers; not lines and arcs); beyond, the pass stops with
    /// the error <c>drawing-too-large</c>. Cells, extended data, chunks of text and different names count too. Each takes some 100 to 500 bytes.
    /// </summary>
    /// <value>2,000,000.</value>
    public int MaxRecords { get; init; } = 2_000_000;

    /// <summary>Characters of text kept in all, with the same error beyond.</summary>
    /// <value>128 Mi characters, 256 MiB of memory.</value>
    public long MaxTextCharacters { get; init; } = 128L * 1024 * 1024;

    /// <summary>Longest single text in characters; a longer one is cut with <c>text-cut</c>.</summary>
    /// <value>65,536.</value>
    public int MaxTextLength { get; init; } = 65_536;

    /// <summary>Most values kept of one record (cells of a table, extended data, attributes); what is beyond is left out with <c>record-too-long</c>.</summary>
    /// <value>100,000.</value>
    public int MaxValuesPerRecord { get; init; } = 100_000;

    /// <summary>Most rows of one table; the rest is left out with <c>rows-cut</c>.</summary>
    /// <value>1,000,000.</value>
    public int MaxRows { get; init; } = 1_000_000;

    /// <summary>Bytes asked from the stream at a time, and the step at which cancellation is checked and progress told.</summary>
    /// <value>256 KiB.</value>
    public int BufferBytes { get; init; } = 256 * 1024;

    /// <summary>Time for the whole file; beyond, nothing is given but the error <c>time-over</c>.</summary>
    /// <value>10 minutes.</value>
    public TimeSpan MaxTime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The clock behind <see cref="ExtractionStatistics.Elapsed"/> and <see cref="MaxTime"/>.</summary>
    /// <value>The system's.</value>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
