using PyBase.Extraction.Envelope;
using PyBase.Extraction.Part21;

namespace PyBase.Extraction.Step;

/// <summary>Reads all of STEP (AP203, AP214, AP242) that makes rows: products, assembly, sizes, properties, dimensions and tolerances.</summary>
/// <remarks>
/// The tables are <c>parts</c> (one row per product), <c>assembly</c> (one per place of a part in an assembly; <c>parent</c> and <c>part</c>
/// are locators of rows of <c>parts</c>), <c>placements</c> (one per occurrence, with its position), <c>bom</c>, <c>properties</c>,
/// <c>pmi_dimensions</c>, <c>pmi_tolerances</c>, <c>datums</c>, <c>notes</c>, <c>views</c>, <c>layers</c>, <c>external_files</c> and
/// <c>file</c>. Lengths of shapes are in millimetres whatever the unit of the file; properties, dimensions and tolerances keep theirs.
/// Each row's locator is an instance (<c>#123</c>), behind the file's name where several are read as one. <see cref="StepReader"/> is the
/// faster way to the assembly alone.
/// </remarks>
/// <example>
/// <code>
/// var result = StepExtractor.Read(stream);
/// foreach (var row in result.Table("parts")?.Rows ?? [])
///     Console.WriteLine(row.Locator);
/// </code>
/// </example>
public static class StepExtractor
{
    /// <summary>Most files read as one.</summary>
    public const int MaxFiles = 10_000;

    static readonly string[] CutCodes =
    [
        FindingCode.FileTooLarge, FindingCode.StructureTooLarge, FindingCode.RowsCut, FindingCode.TextCut, FindingCode.InstanceTooLong, FindingCode.NestingTooDeep,
        FindingCode.AssemblyCut, FindingCode.FileTruncated, StepFindingCode.GeometryTooLarge,
    ];

    /// <summary>
    /// Reads the stream once, front to back. Bad input never throws: it yields what could be understood and findings that say what
    /// could not.
    /// </summary>
    /// <param name="stream">Readable; stays the caller's. Seeking is not needed.</param>
    /// <param name="options">Guards; null for the defaults.</param>
    /// <param name="progress">Told the bytes read so far, about once per MiB.</param>
    /// <param name="cancellationToken">Checked about once per MiB, and once per part.</param>
    /// <exception cref="IOException">The stream failed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static ExtractionResult Read(
        Stream stream, StepOptions? options = null, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Read([new StepInput("", stream)], options, progress, cancellationToken);
    }

    /// <summary>
    /// Reads several files as one: where a product of one refers to another of them by name, that file's product takes its place, so
    /// that an assembly kept in parts is whole. Names are compared without folders and case.
    /// </summary>
    /// <param name="files">Up to <see cref="MaxFiles"/>, the first of several equal names counts. Their order is that of the rows.</param>
    /// <param name="options">Guards of each file; the bytes kept count over all of them. Null for the defaults.</param>
    /// <param name="progress">Told the bytes read so far, of all files.</param>
    /// <param name="cancellationToken">Checked about once per MiB, and once per part.</param>
    /// <exception cref="ArgumentException">There are no files, or too many.</exception>
    /// <exception cref="IOException">A stream failed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static ExtractionResult Read(
        IReadOnlyList<StepInput> files, StepOptions? options = null, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(files);
        if (files.Count is 0 or > MaxFiles)
            throw new ArgumentException($"Between 1 and {MaxFiles} files can be read as one.", nameof(files));
        options ??= new StepOptions();
        return TimeLimit.Run(options.MaxTime, options.Clock, cancellation => Within(files, options, progress, cancellation), cancellationToken);
    }

    static ExtractionResult Within(IReadOnlyList<StepInput> files, StepOptions options, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var started = options.Clock.GetTimestamp();
        var findings = new FindingList();
        var reading = new Reading(options, findings, progress, cancellationToken);
        List<StepFile> read = [.. files.Select(file => reading.Take(file, files.Count > 1))];
        var model = new StepModel(read, findings, options, cancellationToken);
        if (reading.Format == FileFormat.Step && model.Tree.Parts.Count == 0)
            findings.Warn(FindingCode.NoProductStructure, "The file defines no product.");
        var tables = reading.Format == FileFormat.Step ? new StepTables(model, findings, options, cancellationToken).Build() : [];
        var units = read[0].Units.First();
        return new ExtractionResult
        {
            Source = new ExtractionSource(reading.Format, reading.Schema, reading.Encodings.Count == 0 ? "us-ascii" : string.Join('+', reading.Encodings), reading.Bytes),
            Units = new ExtractionUnits(units.Length?.Symbol, units.Angle?.Symbol == "deg" ? "deg" : "rad", units.Length is null ? UnitSource.Unknown : UnitSource.Declared),
            Metadata = StepMetadata.Of(read[0].Header),
            Tables = tables,
            Findings = findings.Items,
            Statistics = new ExtractionStatistics(reading.Bytes, reading.Instances, options.Clock.GetElapsedTime(started)),
            Truncated = findings.Items.Any(finding => CutCodes.Contains(finding.Code)),
        };
    }

    /// <summary>What the files have in common while they are read one after the other.</summary>
    sealed class Reading(StepOptions options, FindingList findings, IProgress<long>? progress, CancellationToken cancellation)
    {
        long kept;

        public long Bytes { get; private set; }
        public long Instances { get; private set; }
        public FileFormat Format { get; private set; } = FileFormat.Unknown;
        public string Schema { get; private set; } = "";
        public SortedSet<string> Encodings { get; } = new(StringComparer.Ordinal);

        public StepFile Take(StepInput input, bool isOneOfSeveral)
        {
            var before = Bytes;
            var lexical = options.Part21 with { MaxTextLength = Math.Min(options.Part21.MaxTextLength, options.MaxTextLength) };
            var own = new FindingList();
            // Texts are decoded after reading too, so the decoder outlives its reader.
            using var reader = new Part21Reader(input.Content, StepSchema.Keywords, lexical, progress is null ? null : new Sum(progress, before), own);
            var file = StepFile.Read(reader, input.Name, isOneOfSeveral, own, options with { MaxKeptBytes = options.MaxKeptBytes - kept }, cancellation);
            kept += file.Graph.Bytes;
            var schema = reader.Header.Schemas is [var first, ..] ? first : "";
            var isIfc = schema.StartsWith("IFC", StringComparison.OrdinalIgnoreCase);
            if (isIfc)
                own.Fail(FindingCode.NotAStepFile, $"The file's schema is {schema}: this is an IFC file.");
            if (reader.Decoder.HasGuessed)
                own.Tell(FindingCode.EncodingGuessed, $"Text of no declared encoding was read as {string.Join(" and ", reader.Encodings)}.");
            if (reader.Decoder.HasCut)
                own.Warn(FindingCode.TextCut, "A text is longer than the limit and was cut.");
            foreach (var finding in own.Items)
                findings.Add(finding.Code, finding.Severity, isOneOfSeveral ? $"{input.Name}: {finding.Message}" : finding.Message, finding.Locator, finding.Count);
            if (Schema.Length == 0)
                Schema = schema;
            if (Format != FileFormat.Step)
                Format = isIfc ? FileFormat.Ifc : reader.IsExchangeStructure ? FileFormat.Step : FileFormat.Unknown;
            Encodings.UnionWith(reader.Encodings);
            Bytes += reader.BytesRead;
            Instances += reader.InstancesRead;
            return file;
        }
    }

    sealed class Sum(IProgress<long> progress, long before) : IProgress<long>
    {
        public void Report(long value) => progress.Report(before + value);
    }
}
