using PyBase.Extraction.Pdf.Ocr;

namespace PyBase.Extraction.Pdf;

/// <summary>Guards of <see cref="PdfReader"/> and what it may need; the defaults are far beyond real drawings.</summary>
public sealed record PdfOptions
{
    /// <summary>Opens an encrypted file; null to try without.</summary>
    public string? Password { get; init; }

    /// <summary>Reads text from pictures of pages; null where there is none, which is a finding on pages that need it.</summary>
    public IOcr? Ocr { get; init; }

    /// <summary>Largest file in bytes; a larger one is the error <c>pdf-too-large</c>.</summary>
    /// <value>512 MiB.</value>
    public long MaxBytes { get; init; } = 512L * 1024 * 1024;

    /// <summary>Bytes that the compressed parts of the file may expand to in all.</summary>
    /// <value>1 GiB.</value>
    public long MaxExpandedBytes { get; init; } = 1024L * 1024 * 1024;

    /// <summary>Entries that the widths and character maps of all fonts may stand for; a range of a few bytes can claim billions.</summary>
    /// <value>2,000,000, which is thirty fonts with all there is in Unicode's first plane.</value>
    public long MaxFontEntries { get; init; } = 2_000_000;

    /// <summary>Operators looked at again for others that are not understood; what is not is looked for in all that stands before.</summary>
    /// <value>200,000,000, which is 2,000 broken operators behind 100,000 sound ones, and about a second.</value>
    public long MaxLostSteps { get; init; } = 200_000_000;

    /// <summary>Operators of one page, those of a form as often as it is drawn; a page of more is left out with <c>pdf-page-too-large</c>.</summary>
    /// <value>2,000,000: half a million lines, for which half a gigabyte is needed.</value>
    public long MaxOperatorsPerPage { get; init; } = 2_000_000;

    /// <summary>Letters that one page draws, those of a form as often as it is drawn; a page of more is left out with <c>pdf-page-too-large</c>.</summary>
    /// <value>1,000,000, for which half a gigabyte is needed.</value>
    public long MaxDrawnLettersPerPage { get; init; } = 1_000_000;

    /// <summary>Most pages; the rest is left out with <c>pdf-pages-cut</c>.</summary>
    /// <value>500.</value>
    public int MaxPages { get; init; } = 500;

    /// <summary>Most letters of one page; the rest is left out with <c>pdf-page-too-large</c>.</summary>
    /// <value>200,000.</value>
    public int MaxLettersPerPage { get; init; } = 200_000;

    /// <summary>Most straight strokes looked at on one page for the lines of tables and frames.</summary>
    /// <value>200,000.</value>
    public int MaxStrokesPerPage { get; init; } = 200_000;

    /// <summary>Most rows of one table; the rest is left out with <c>rows-cut</c>.</summary>
    /// <value>1,000,000.</value>
    public int MaxRows { get; init; } = 1_000_000;

    /// <summary>Time for the whole file; what is not read by then is missing with <c>pdf-time-over</c>.</summary>
    /// <value>5 minutes.</value>
    public TimeSpan MaxTime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The clock behind <see cref="ExtractionStatistics.Elapsed"/> and <see cref="MaxTime"/>.</summary>
    /// <value>The system's.</value>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
