using PyBase.Extraction.Dwg.Container;
using PyBase.Extraction.Dwg.Objects;
using PyBase.Extraction.Dxf;
using PyBase.Extraction.Dxf.Content;
using PyBase.Extraction.Dxf.Tables;
using PyBase.Extraction.Dxf.Tags;
using PyBase.Extraction.Envelope;

namespace PyBase.Extraction.Dwg;

/// <summary>Reads DWG files of R2000 to R2018, into the same tables as <see cref="DxfReader"/> makes of a DXF file of the same drawing.</summary>
/// <example>
/// <code>
/// var result = DwgReader.Read(stream);
/// foreach (var row in result.Table("dimensions")?.Rows ?? [])
///     Console.WriteLine(row.Locator);
/// </code>
/// </example>
public static class DwgReader
{
    const int MarkLength = 6, Portion = 256 * 1024;

    /// <summary>
    /// Reads the stream once, front to back, and holds it in memory. Bad input never throws: it yields what could be understood
    /// and findings that say what could not.
    /// </summary>
    /// <param name="stream">Readable; stays the caller's. Seeking is not needed.</param>
    /// <param name="options">Guards; null for the defaults.</param>
    /// <param name="progress">Told the bytes read so far, once per <see cref="DxfOptions.BufferBytes"/>.</param>
    /// <param name="cancellationToken">Checked as often, and while objects are read and tables are made.</param>
    /// <exception cref="IOException">The stream failed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static ExtractionResult Read(
        Stream stream, DwgOptions? options = null, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        options ??= new DwgOptions();
        return TimeLimit.Run(options.MaxTime, options.Clock, cancellation => Within(stream, options, progress, cancellation), cancellationToken);
    }

    static ExtractionResult Within(Stream stream, DwgOptions options, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var started = options.Clock.GetTimestamp();
        var findings = new FindingList();
        var text = new TagText(options.MaxTextLength);
        var file = Load(stream, options, progress, findings, cancellationToken);
        using var tags = new DwgTags(text, file.Length);
        var isCut = Open(tags, file, options, hasShapes: false, findings, cancellationToken);
        var reader = new DrawingReader(tags, findings, options);
        reader.Read();
        text.Tell(findings);
        var view = new DrawingView(reader.Drawing, findings, options, cancellationToken);
        var tables = view.Tables();
        var header = reader.Drawing.Header;
        return new ExtractionResult
        {
            Source = new ExtractionSource(IsDwg(file) ? FileFormat.Dwg : FileFormat.Unknown, header.Version, text.Names, file.Length),
            Units = view.Units,
            Metadata = DrawingMetadata.Of(header),
            Tables = tables,
            Findings = findings.Items,
            Statistics = new ExtractionStatistics(file.Length, reader.Entities, options.Clock.GetElapsedTime(started)),
            Truncated = isCut || findings.Items.Any(finding => finding.Code == FindingCode.DrawingTooLarge) || reader.IsCut || view.IsCut || text.HasCut,
        };
    }

    /// <summary>The pairs of a file, with what only a picture needs.</summary>
    internal static DwgTags Tags(Stream stream, TagText text, DwgOptions options, FindingList findings, CancellationToken cancellation)
    {
        var file = Load(stream, options, null, findings, cancellation);
        var tags = new DwgTags(text, file.Length);
        Open(tags, file, options, hasShapes: true, findings, cancellation);
        return tags;
    }

    static bool Open(DwgTags tags, byte[] file, DwgOptions options, bool hasShapes, FindingList findings, CancellationToken cancellation)
    {
        var version = file.Length < MarkLength ? DwgVersion.None : DwgVersions.Find(file.AsSpan(0, MarkLength));
        if (version is DwgVersion.None)
            Refuse(file, findings);
        return version is not DwgVersion.None && DwgContainer.Open(file, version, options, findings, cancellation) is { } sections
            && Open(tags, sections, options, hasShapes, findings, cancellation);
    }

    static bool Open(DwgTags tags, DwgSections sections, DwgOptions options, bool hasShapes, FindingList findings, CancellationToken cancellation)
    {
        tags.DoubleBytePage = sections.Version < DwgVersion.R2007 ? DwgCodePages.DoubleByte(sections.CodePage) : 0;
        var objects = sections[DwgSections.Objects];
        // Lines and arcs are objects too, and there are many more of them than of what is kept; none takes less than four bytes.
        var most = (int)Math.Min(objects.Count / 4, options.MaxRecords * 10L);
        var index = new ObjectIndex(sections[DwgSections.Handles], most, findings);
        if (index.Handles.Count == 0 || objects.Count == 0)
            findings.Fail(FindingCode.NotADwgFile, "The file has no index of objects, or no objects.");
        var classes = new ObjectClasses(sections[DwgSections.Classes], sections.Version, sections.Maintenance);
        var reader = new ObjectReader(objects.Array ?? [], sections.Version, index, findings, objects.Offset, objects.Count);
        tags.Records = new DwgDrawing(sections, tags, index, classes, reader, findings, hasShapes, cancellation).Records();
        return index.IsCut;
    }

    static byte[] Load(Stream stream, DwgOptions options, IProgress<long>? progress, FindingList findings, CancellationToken cancellation)
    {
        using var file = new MemoryStream();
        var portion = new byte[Math.Max(64, Math.Min(options.BufferBytes, Portion))];
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var read = stream.Read(portion);
            if (read == 0)
                return file.Length == 0 ? [] : file.ToArray();
            if (file.Length + read > options.MaxFileBytes)
            {
                findings.Fail(FindingCode.DrawingTooLarge, $"The file is larger than the limit of {options.MaxFileBytes:N0} bytes.");
                return [];
            }
            file.Write(portion, 0, read);
            progress?.Report(file.Length);
        }
    }

    static bool IsDwg(ReadOnlySpan<byte> file) => FormatSniffer.Sniff(file, "") is FileFormat.Dwg;

    static void Refuse(ReadOnlySpan<byte> file, FindingList findings)
    {
        if (file.IsEmpty)
            findings.Fail(FindingCode.EmptyFile, "The file is empty.");
        else if (IsDwg(file))
            findings.Fail(FindingCode.UnsupportedVersion, $"DWG files of the version {System.Text.Encoding.ASCII.GetString(file[..MarkLength])} are not read; save the drawing as one of 2000 to 2018.");
        else
            findings.Fail(FindingCode.NotADwgFile, "The file is no DWG file.");
    }
}
