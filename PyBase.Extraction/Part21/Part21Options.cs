namespace PyBase.Extraction.Part21;

/// <summary>Guards of a <see cref="Part21Reader"/>; the defaults are far beyond real files.</summary>
public sealed record Part21Options
{
    /// <summary>Most bytes taken from the stream (unpacked ones of an archive); beyond, reading stops with the error <c>file-too-large</c>.</summary>
    /// <value>8 GiB: files are streamed, so this bounds time rather than memory.</value>
    public long MaxBytes { get; init; } = 8L * 1024 * 1024 * 1024;

    /// <summary>Longest wanted instance in bytes; a longer one is skipped with <c>instance-too-long</c>. Bounds the buffer.</summary>
    /// <value>64 MiB.</value>
    public int MaxInstanceBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Deepest nesting of parentheses in a wanted instance; a deeper one is skipped with <c>nesting-too-deep</c>.</summary>
    /// <value>256; schemas need fewer than ten.</value>
    public int MaxNesting { get; init; } = 256;

    /// <summary>Longest decoded text in characters; a longer one is cut.</summary>
    /// <value>10,000.</value>
    public int MaxTextLength { get; init; } = 10_000;

    /// <summary>Bytes asked from the stream at a time, and the step at which cancellation is checked and progress told.</summary>
    /// <value>1 MiB.</value>
    public int BufferBytes { get; init; } = 1024 * 1024;
}
