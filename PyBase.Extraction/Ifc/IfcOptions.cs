using PyBase.Extraction.Part21;

namespace PyBase.Extraction.Ifc;

/// <summary>Guards of <see cref="IfcReader"/>; the defaults are far beyond real files.</summary>
public sealed record IfcOptions
{
    /// <summary>Guards of the lexical layer.</summary>
    public Part21Options Part21 { get; init; } = new();

    /// <summary>
    /// Bytes of instances kept (objects, types, properties, relationships, never geometry); beyond, the pass stops with the error
    /// <c>structure-too-large</c>. They are kept as they stand in the file, with some 40 bytes each beside.
    /// </summary>
    /// <value>1 GiB.</value>
    public long MaxKeptBytes { get; init; } = 1024L * 1024 * 1024;

    /// <summary>
    /// Single connections that relationships spell out (one of ten objects and two property sets has twenty); beyond, the rest is
    /// left out with <c>structure-too-large</c>.
    /// </summary>
    /// <value>20,000,000.</value>
    public int MaxLinks { get; init; } = 20_000_000;

    /// <summary>Rows given of one table; beyond, it ends with <c>rows-cut</c>.</summary>
    /// <value>20,000,000.</value>
    public int MaxRows { get; init; } = 20_000_000;

    /// <summary>Rows of one object in the tables of properties and quantities; beyond, its rest is left out with <c>rows-cut</c>.</summary>
    /// <value>100,000.</value>
    public int MaxRowsPerObject { get; init; } = 100_000;

    /// <summary>Items shown of one list or table value; beyond, the text ends in an ellipsis.</summary>
    /// <value>1,000.</value>
    public int MaxItems { get; init; } = 1_000;

    /// <summary>Longest text in characters; a longer one is cut with <c>text-cut</c>.</summary>
    /// <value>10,000.</value>
    public int MaxTextLength { get; init; } = 10_000;

    /// <summary>Deepest chain of parents, complex properties, units or classifications that is followed.</summary>
    /// <value>100.</value>
    public int MaxDepth { get; init; } = 100;

    /// <summary>Bytes read of an ifcZIP archive that cannot seek, and of its directory when it can (a 256th).</summary>
    /// <value>256 MiB.</value>
    public int MaxArchiveBytes { get; init; } = 256 * 1024 * 1024;

    /// <summary>Bytes an ifcZIP archive may expand to; beyond, reading stops with the error <c>archive-expansion</c>.</summary>
    /// <value>2 GiB.</value>
    public long MaxExpandedBytes { get; init; } = 2L * 1024 * 1024 * 1024;

    /// <summary>How many times its packed size an ifcZIP archive may expand to, once past 16 MiB; beyond, as above.</summary>
    /// <value>200; text of this kind packs to a tenth.</value>
    public int MaxExpansion { get; init; } = 200;

    /// <summary>Time for the whole file; beyond, nothing is given but the error <c>time-over</c>.</summary>
    /// <value>10 minutes.</value>
    public TimeSpan MaxTime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The clock behind <see cref="ExtractionStatistics.Elapsed"/> and <see cref="MaxTime"/>.</summary>
    /// <value>The system's.</value>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
