using PyBase.Extraction.Part21;

namespace PyBase.Extraction.Step;

/// <summary>Guards of <see cref="StepReader"/>.</summary>
public sealed record StepOptions
{
    /// <summary>Guards of the lexical layer.</summary>
    public Part21Options Part21 { get; init; } = new();

    /// <summary>
    /// Instances of product structure kept (products, versions, definitions, usages, documents); beyond, the pass stops with
    /// the error <c>structure-too-large</c>. Each takes some 100 to 300 bytes.
    /// </summary>
    /// <value>2,000,000.</value>
    public int MaxInstances { get; init; } = 2_000_000;

    /// <summary>Characters of text kept in all, with the same error beyond.</summary>
    /// <value>64 Mi characters, 128 MiB of memory.</value>
    public long MaxTextCharacters { get; init; } = 64L * 1024 * 1024;

    /// <summary>Longest part number, name, description or version in characters; a longer one is cut with <c>text-cut</c>.</summary>
    /// <value>1,000.</value>
    public int MaxTextLength { get; init; } = 1_000;

    /// <summary>Most lines of the assembly; beyond, it ends with <c>assembly-cut</c>.</summary>
    /// <value>1,000,000.</value>
    public int MaxLines { get; init; } = 1_000_000;

    /// <summary>Deepest level of the assembly; deeper places are left out with <c>assembly-cut</c>.</summary>
    /// <value>100.</value>
    public int MaxDepth { get; init; } = 100;

    /// <summary>Longest path in characters; places beyond are left out with <c>assembly-cut</c>.</summary>
    /// <value>10,000.</value>
    public int MaxPathLength { get; init; } = 10_000;

    /// <summary>
    /// Bytes of instances that <see cref="StepExtractor"/> keeps (all but presentation), with the error <c>structure-too-large</c>
    /// beyond. They are kept as they stand in the file, with some 40 bytes each beside.
    /// </summary>
    /// <value>1 GiB.</value>
    public long MaxKeptBytes { get; init; } = 1024L * 1024 * 1024;

    /// <summary>
    /// Effort that may be spent on measuring shapes, in points (a curved edge counts 10, a bulging face 100); beyond, boxes are
    /// missing, with <c>geometry-too-large</c>.
    /// </summary>
    /// <value>100,000,000.</value>
    public double MaxGeometrySteps { get; init; } = 100_000_000;

    /// <summary>Rows given of one table; beyond, it ends with <c>rows-cut</c>.</summary>
    /// <value>1,000,000.</value>
    public int MaxRows { get; init; } = 1_000_000;

    /// <summary>Time for the whole file; beyond, nothing is given but the error <c>time-over</c>.</summary>
    /// <value>10 minutes.</value>
    public TimeSpan MaxTime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The clock behind <see cref="ExtractionStatistics.Elapsed"/> and <see cref="MaxTime"/>.</summary>
    /// <value>The system's.</value>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
