using PyBase.Extraction.Envelope;
using PyBase.Extraction.Part21;

namespace PyBase.Extraction.Ifc;

/// <summary>Reads IFC2x3, IFC4 and IFC4x3 in exchange structure form (ISO 16739-1, ISO 10303-21), also packed as ifcZIP.</summary>
/// <remarks>
/// The tables are <c>project</c>, <c>units</c>, <c>spatial</c>, <c>elements</c>, <c>types</c>, <c>properties</c>, <c>quantities</c>,
/// <c>materials</c>, <c>classifications</c>, <c>groups</c>, <c>group_members</c> and <c>takeoff</c>. Their rows are made while
/// enumerated, by one thread at a time, from instances that are kept as they stand in the file; findings are complete before.
/// Each row's locator is a GlobalId; where that is missing or not the first of its kind, the instance stands behind it:
/// <c>2O2Fr$t4X7Zf8NOew3FLOH #123</c>.
/// </remarks>
/// <example>
/// <code>
/// var result = IfcReader.Read(stream);
/// foreach (var row in result.Table("properties")?.Rows ?? [])
///     Console.WriteLine(row.Locator);
/// </code>
/// </example>
public static class IfcReader
{
    static readonly string[] CutCodes =
    [
        FindingCode.FileTooLarge, FindingCode.StructureTooLarge, FindingCode.RowsCut, FindingCode.TextCut, FindingCode.InstanceTooLong, FindingCode.NestingTooDeep,
        IfcFindingCode.RelationTooDeep, IfcFindingCode.ArchiveExpansion,
    ];

    /// <summary>
    /// Reads the stream once, front to back, keeping all but geometry. Bad input never throws: it yields what could be understood and
    /// findings that say what could not.
    /// </summary>
    /// <param name="stream">Readable; stays the caller's. Seeking is not needed, though it saves memory for an archive.</param>
    /// <param name="options">Guards; null for the defaults.</param>
    /// <param name="progress">Told the bytes read so far, unpacked, about once per MiB.</param>
    /// <param name="cancellationToken">Checked about once per MiB.</param>
    /// <exception cref="IOException">The stream failed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static ExtractionResult Read(
        Stream stream, IfcOptions? options = null, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        options ??= new IfcOptions();
        return TimeLimit.Run(options.MaxTime, options.Clock, cancellation => Within(stream, options, progress, cancellation), cancellationToken);
    }

    static ExtractionResult Within(Stream stream, IfcOptions options, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var started = options.Clock.GetTimestamp();
        var findings = new FindingList();
        using var archive = IfcArchive.Open(stream, findings, options, cancellationToken);
        var lexical = options.Part21 with { MaxTextLength = Math.Min(options.Part21.MaxTextLength, options.MaxTextLength) };
        using var reader = new Part21Reader(archive.Content, IfcSchema.Keywords, lexical, progress, findings);
        var store = new InstanceStore { Decoder = reader.Decoder };
        Fill(store, reader, lexical, findings, options, cancellationToken);
        archive.TellEnd();
        var schema = reader.Header.Schemas is [var first, ..] ? first : "";
        var isIfc = IsIfc(reader, schema, findings, out var version);
        store.Seal(reader.InstancesRead, findings, cancellationToken);
        var content = new IfcContent(store, version, findings, options, cancellationToken);
        Tell(reader, findings);
        var tables = isIfc ? IfcTables.Of(content, cancellationToken) : [];
        return new ExtractionResult
        {
            Source = new ExtractionSource(
                !isIfc ? FileFormat.Unknown : archive.IsArchive ? FileFormat.IfcZip : FileFormat.Ifc, schema,
                reader.Encodings.Count == 0 ? "us-ascii" : string.Join('+', reader.Encodings), reader.BytesRead),
            Units = IfcMetadata.Units(content.Units),
            Metadata = IfcMetadata.Of(reader.Header, content),
            Tables = tables,
            Findings = findings.Items,
            Statistics = new ExtractionStatistics(reader.BytesRead, reader.InstancesRead, options.Clock.GetElapsedTime(started)),
            Truncated = findings.Items.Any(finding => CutCodes.Contains(finding.Code)),
        };
    }

    static void Fill(InstanceStore store, Part21Reader reader, Part21Options lexical, FindingList findings, IfcOptions options, CancellationToken cancellation)
    {
        while (reader.Read(cancellation))
        {
            // IFC has no complex instances.
            if (reader.IsComplex)
                continue;
            var inside = reader.Inside;
            store.Add(reader.Id, reader.Keyword, inside);
            // Texts are decoded when rows are made, but what is odd about them has to be known before.
            if (inside.Length > lexical.MaxTextLength || TextProbe.IsUnusual(inside))
                TextProbe.DecodeAll(store.Arguments(store.Count - 1), lexical.MaxNesting);
            if (store.Bytes > options.MaxKeptBytes)
            {
                findings.Fail(FindingCode.StructureTooLarge, $"What the file holds beside geometry is larger than the limit of {options.MaxKeptBytes:N0} bytes; the rest was not read.");
                return;
            }
        }
    }

    static bool IsIfc(Part21Reader reader, string schema, FindingList findings, out IfcVersion version)
    {
        version = IfcVersions.Of(schema, out var isKnown);
        if (!reader.IsExchangeStructure)
            return false;
        if (schema.Length > 0 && !schema.TrimStart().StartsWith("IFC", StringComparison.OrdinalIgnoreCase))
        {
            findings.Fail(IfcFindingCode.NotAnIfcFile, $"The file's schema is {schema}: this is no IFC file.");
            return false;
        }
        if (!isKnown)
            findings.Warn(IfcFindingCode.SchemaUnknown, $"The file's schema '{schema}' is not known; it was read as {(version == IfcVersion.Ifc2x3 ? "IFC2X3" : "IFC4X3")}.");
        return true;
    }

    static void Tell(Part21Reader reader, FindingList findings)
    {
        if (reader.Decoder.HasGuessed)
            findings.Tell(FindingCode.EncodingGuessed, $"Text of no declared encoding was read as {string.Join(" and ", reader.Encodings)}.");
        if (reader.Decoder.HasCut)
            findings.Warn(FindingCode.TextCut, "A text is longer than the limit and was cut.");
    }
}
