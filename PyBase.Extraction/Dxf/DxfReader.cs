using PyBase.Extraction.Dxf.Content;
using PyBase.Extraction.Dxf.Tables;
using PyBase.Extraction.Dxf.Tags;
using PyBase.Extraction.Envelope;

namespace PyBase.Extraction.Dxf;

/// <summary>Reads DXF files, as text or binary, R12 to R2018 (and what older ones have of it).</summary>
/// <example>
/// <code>
/// var result = DxfReader.Read(stream);
/// foreach (var row in result.Table("dimensions")?.Rows ?? [])
///     Console.WriteLine(row.Locator);
/// </code>
/// </example>
public static class DxfReader
{
    /// <summary>
    /// Reads the stream once, front to back. Bad input never throws: it yields what could be understood and findings that say
    /// what could not.
    /// </summary>
    /// <param name="stream">Readable; stays the caller's. Seeking is not needed.</param>
    /// <param name="options">Guards; null for the defaults.</param>
    /// <param name="progress">Told the bytes read so far, once per <see cref="DxfOptions.BufferBytes"/>.</param>
    /// <param name="cancellationToken">Checked as often, and while the tables are made.</param>
    /// <exception cref="IOException">The stream failed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static ExtractionResult Read(
        Stream stream, DxfOptions? options = null, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        options ??= new DxfOptions();
        return TimeLimit.Run(options.MaxTime, options.Clock, cancellation => Within(stream, options, progress, cancellation), cancellationToken);
    }

    static ExtractionResult Within(Stream stream, DxfOptions options, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var started = options.Clock.GetTimestamp();
        var findings = new FindingList();
        var text = new TagText(options.MaxTextLength);
        using var tags = Tags(stream, text, options, progress, findings, cancellationToken, out var isBinary);
        var reader = new DrawingReader(tags, findings, options);
        reader.Read();
        Tell(reader, text, tags, options, findings);
        var view = new DrawingView(reader.Drawing, findings, options, cancellationToken);
        var tables = view.Tables();
        var header = reader.Drawing.Header;
        return new ExtractionResult
        {
            Source = new ExtractionSource(
                !reader.IsDrawing ? FileFormat.Unknown : isBinary ? FileFormat.DxfBinary : FileFormat.Dxf, header.Version,
                text.Names, tags.BytesRead),
            Units = view.Units,
            Metadata = DrawingMetadata.Of(header),
            Tables = tables,
            Findings = findings.Items,
            Statistics = new ExtractionStatistics(tags.BytesRead, reader.Entities, options.Clock.GetElapsedTime(started)),
            Truncated = reader.IsCut || tags.IsTooLong || view.IsCut || text.HasCut,
        };
    }

    /// <summary>The pairs of a file, text or binary.</summary>
    internal static FileTagReader Tags(
        Stream stream, TagText text, DxfOptions options, IProgress<long>? progress, FindingList findings, CancellationToken cancellationToken, out bool isBinary)
    {
        var window = new TagWindow(stream, options.BufferBytes, options.MaxBytes, progress) { Cancellation = cancellationToken };
        var sentinel = BinaryTagReader.Sentinel;
        window.Has(sentinel.Length);
        var start = window.Buffer.AsSpan(window.Position, window.End - window.Position);
        isBinary = start.StartsWith(sentinel);
        if (isBinary)
        {
            window.Position += sentinel.Length;
            return new BinaryTagReader(window, text, findings);
        }
        if (start.StartsWith("\uFEFF"u8))
            window.Position += 3;
        return new AsciiTagReader(window, text, findings);
    }

    static void Tell(DrawingReader reader, TagText text, FileTagReader tags, DxfOptions options, FindingList findings)
    {
        if (tags.BytesRead == 0)
            findings.Fail(FindingCode.EmptyFile, "The file is empty.");
        else if (tags.IsTooLong)
            findings.Fail(FindingCode.FileTooLarge, $"The file is longer than the limit of {options.MaxBytes:N0} bytes; the rest was not read.");
        else if (!reader.IsDrawing)
            findings.Fail(FindingCode.NotADxfFile, "The file is no DXF file.");
        else if (!reader.HasEnd && !reader.IsCut && reader.IsInSection)
            findings.Fail(FindingCode.FileTruncated, "The file ends inside of a section: what followed is lost.");
        else if (!reader.HasEnd && !reader.IsCut)
            findings.Warn(FindingCode.EndMarkMissing, "The end mark EOF is missing behind the last section.");
        text.Tell(findings);
    }
}
