using System.IO.Compression;

namespace PyBase.Extraction.Ifc;

/// <summary>
/// Opens what is handed over: an exchange structure as it is, or the first .ifc file of an ifcZIP archive (ISO 16739-1, annex
/// on file formats; at most one should be in it). Nothing is unpacked but what is read.
/// </summary>
sealed class IfcArchive : IDisposable
{
    static readonly byte[] LocalHeader = "PK\x03\x04"u8.ToArray();

    readonly FindingList findings;
    readonly IfcOptions options;
    ZipArchive? archive;
    BoundedStream? bounded;
    Stream? packed, entry;

    IfcArchive(FindingList findings, IfcOptions options) => (this.findings, this.options) = (findings, options);

    public bool IsArchive { get; private set; }

    /// <summary>The exchange structure; empty when the archive gives none, which the findings then say.</summary>
    public Stream Content { get; private set; } = Stream.Null;

    public static IfcArchive Open(Stream stream, FindingList findings, IfcOptions options, CancellationToken cancellation)
    {
        var opened = new IfcArchive(findings, options);
        var head = new byte[LocalHeader.Length];
        var taken = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        if (stream.CanSeek)
            stream.Seek(-taken, SeekOrigin.Current);
        opened.IsArchive = head.AsSpan().SequenceEqual(LocalHeader);
        Stream whole = stream.CanSeek ? stream : new HeadStream(head.AsMemory(0, taken), stream);
        if (!opened.IsArchive)
            opened.Content = whole;
        else if (opened.Seekable(whole, cancellation) is { } seekable)
            opened.Unpack(seekable);
        return opened;
    }

    /// <summary>Says what went wrong while <see cref="Content"/> was read.</summary>
    public void TellEnd()
    {
        if (bounded is { IsTooLarge: true })
            findings.Fail(IfcFindingCode.ArchiveExpansion, "The archive expands to more than the limits allow; the rest was not read.");
        if (bounded is { IsBroken: true })
            findings.Fail(IfcFindingCode.ArchiveBroken, "The archive is damaged; the rest was not read.");
    }

    Stream? Seekable(Stream stream, CancellationToken cancellation)
    {
        if (stream.CanSeek)
            return stream;
        var copy = new MemoryStream();
        packed = copy;
        var buffer = new byte[81920];
        for (int got; (got = stream.Read(buffer)) > 0;)
        {
            cancellation.ThrowIfCancellationRequested();
            if (copy.Length + got > options.MaxArchiveBytes)
            {
                findings.Fail(IfcFindingCode.ArchiveExpansion, $"The archive is larger than {options.MaxArchiveBytes:N0} bytes.");
                return null;
            }
            copy.Write(buffer, 0, got);
        }
        return copy;
    }

    void Unpack(Stream stream)
    {
        try
        {
            var directory = ArchiveTail.DirectoryBytes(stream);
            if (directory is null or < 0)
            {
                findings.Fail(IfcFindingCode.ArchiveBroken, "The archive has no directory at its end.");
                return;
            }
            if (directory > options.MaxArchiveBytes / 256)
            {
                findings.Fail(IfcFindingCode.ArchiveExpansion, "The archive's directory is larger than the limit.");
                return;
            }
            archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            List<ZipArchiveEntry> models = [.. archive.Entries.Where(each => each.Name.EndsWith(".ifc", StringComparison.OrdinalIgnoreCase))];
            if (models.Count == 0)
            {
                findings.Fail(IfcFindingCode.ArchiveWithoutIfc, archive.Entries.Any(each => each.Name.EndsWith("xml", StringComparison.OrdinalIgnoreCase))
                    ? "The archive holds the model as ifcXML, which is not read; write it as .ifc (STEP physical file)." : "The archive holds no .ifc file.");
                return;
            }
            if (models.Count > 1)
                findings.Warn(IfcFindingCode.ArchiveWithSeveral, "The archive holds several .ifc files; the first was read.");
            entry = models[0].Open();
            bounded = new BoundedStream(entry, models[0].CompressedLength, options);
            Content = bounded;
        }
        // Also for methods of packing and encryption that are not supported.
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException)
        {
            findings.Fail(IfcFindingCode.ArchiveBroken, "The archive cannot be unpacked.");
        }
    }

    public void Dispose()
    {
        entry?.Dispose();
        archive?.Dispose();
        packed?.Dispose();
    }
}
