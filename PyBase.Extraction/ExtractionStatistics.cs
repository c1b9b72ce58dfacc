namespace PyBase.Extraction;

/// <summary>What reading cost.</summary>
/// <param name="Bytes">Bytes taken from the stream.</param>
/// <param name="Entities">Instances seen, wanted or not.</param>
/// <param name="Elapsed">Time of the pass by the clock of the options.</param>
public sealed record ExtractionStatistics(long Bytes, long Entities, TimeSpan Elapsed);
