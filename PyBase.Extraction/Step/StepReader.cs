using PyBase.Extraction.Part21;

namespace PyBase.Extraction.Step;

/// <summary>Reads the product structure of a STEP file: AP203, AP214, AP242, and any schema built on ISO 10303-41 and -44.</summary>
public static class StepReader
{
    /// <summary>
    /// Reads the stream once, front to back, keeping product structure only. Bad input never throws: it yields what could be
    /// understood and findings that say what could not.
    /// </summary>
    /// <param name="stream">Readable; stays the caller's. Seeking is not needed.</param>
    /// <param name="options">Guards; null for the defaults.</param>
    /// <param name="progress">Told the bytes read so far, about once per MiB.</param>
    /// <param name="cancellationToken">Checked about once per MiB.</param>
    /// <exception cref="IOException">The stream failed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static StepStructure Read(
        Stream stream, StepOptions? options = null, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        options ??= new StepOptions();
        return TimeLimit.Run(options.MaxTime, options.Clock, cancellation => Within(stream, options, progress, cancellation), findings => Nothing(options, findings), cancellationToken);
    }

    static StepStructure Nothing(StepOptions options, FindingList findings) =>
        new(AssemblyTree.Build(new ProductStructure(new ProductInstances(findings, options), findings, CancellationToken.None), findings, options, CancellationToken.None))
        {
            Source = new ExtractionSource(FileFormat.Unknown, "", "", 0),
            Header = new Part21Header(),
            ExternalFiles = [],
            Findings = findings.Items,
            Statistics = new ExtractionStatistics(0, 0, options.MaxTime),
        };

    static StepStructure Within(Stream stream, StepOptions options, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var started = options.Clock.GetTimestamp();
        var findings = new FindingList();
        var lexical = options.Part21 with { MaxTextLength = Math.Min(options.Part21.MaxTextLength, options.MaxTextLength) };
        using var reader = new Part21Reader(stream, ProductInstances.Keywords, lexical, progress, findings);
        var instances = new ProductInstances(findings, options);
        while (reader.Read(cancellationToken))
        {
            if (!instances.Take(reader))
                break;
        }
        var schema = reader.Header.Schemas is [var first, ..] ? first : "";
        var isIfc = schema.StartsWith("IFC", StringComparison.OrdinalIgnoreCase);
        if (isIfc)
            findings.Fail(FindingCode.NotAStepFile, $"The file's schema is {schema}: this is an IFC file.");
        Tell(reader, findings);
        var structure = new ProductStructure(instances, findings, cancellationToken);
        var tree = AssemblyTree.Build(structure, findings, options, cancellationToken);
        if (reader.IsExchangeStructure && !isIfc && tree.Parts.Count == 0)
            findings.Warn(FindingCode.NoProductStructure, "The file defines no product.");
        return new StepStructure(tree)
        {
            Source = new ExtractionSource(
                isIfc ? FileFormat.Ifc : reader.IsExchangeStructure ? FileFormat.Step : FileFormat.Unknown,
                schema, reader.Encodings.Count == 0 ? "us-ascii" : string.Join('+', reader.Encodings), reader.BytesRead),
            Header = reader.Header,
            ExternalFiles = structure.ExternalFiles(),
            Findings = findings.Items,
            Statistics = new ExtractionStatistics(reader.BytesRead, reader.InstancesRead, options.Clock.GetElapsedTime(started)),
        };
    }

    static void Tell(Part21Reader reader, FindingList findings)
    {
        if (reader.Decoder.HasGuessed)
            findings.Tell(FindingCode.EncodingGuessed, $"Text of no declared encoding was read as {string.Join(" and ", reader.Encodings)}.");
        if (reader.Decoder.HasCut)
            findings.Warn(FindingCode.TextCut, "A text is longer than the limit and was cut.");
    }
}
