namespace PyBase.Extraction.Sheets;

/// <summary>Guards of <see cref="SheetReader"/>; the defaults are far beyond real parts lists.</summary>
public sealed record SheetOptions
{
    /// <summary>Largest file in bytes.</summary>
    /// <value>256 MiB.</value>
    public long MaxBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>Bytes that all parts of a workbook may expand to.</summary>
    /// <value>1 GiB.</value>
    public long MaxExpandedBytes { get; init; } = 1024L * 1024 * 1024;

    /// <summary>Most cells with content, of all sheets together.</summary>
    /// <value>5,000,000.</value>
    public int MaxCells { get; init; } = 5_000_000;

    /// <summary>Most sheets.</summary>
    /// <value>255.</value>
    public int MaxSheets { get; init; } = 255;

    /// <summary>Longest text of a cell in characters; a longer one is cut with <c>text-cut</c>.</summary>
    /// <value>65,536.</value>
    public int MaxTextLength { get; init; } = 65_536;

    /// <summary>Characters of text kept in all.</summary>
    /// <value>256 Mi characters.</value>
    public long MaxTextCharacters { get; init; } = 256L * 1024 * 1024;

    /// <summary>Most rows of one table of the result; the rest is left out with <c>rows-cut</c>.</summary>
    /// <value>6,000,000.</value>
    public int MaxRows { get; init; } = 6_000_000;

    /// <summary>Time for the whole file; beyond, nothing is given but the error <c>time-over</c>.</summary>
    /// <value>10 minutes.</value>
    public TimeSpan MaxTime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The clock behind <see cref="ExtractionStatistics.Elapsed"/> and <see cref="MaxTime"/>.</summary>
    /// <value>The system's.</value>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
