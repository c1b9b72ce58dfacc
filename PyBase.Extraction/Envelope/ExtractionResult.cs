namespace PyBase.Extraction.Envelope;

/// <summary>
/// What a reader found in one file, in a form common to all formats. Deterministic: the same bytes and options give the same
/// rows in the same order, however the stream delivers them.
/// </summary>
public sealed class ExtractionResult
{
    /// <summary>What was read.</summary>
    public required ExtractionSource Source { get; init; }

    /// <summary>The units of its lengths and angles.</summary>
    public required ExtractionUnits Units { get; init; }

    /// <summary>What the file says about itself, such as author, program or time of saving; keys in lower case with underscores.</summary>
    public required IReadOnlyDictionary<string, string> Metadata { get; init; }

    /// <summary>Tables of different kinds; which there are depends on the format. A table without rows is left out.</summary>
    public required IReadOnlyList<ExtractedTable> Tables { get; init; }

    /// <summary>What was odd.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>What reading cost.</summary>
    public required ExtractionStatistics Statistics { get; init; }

    /// <summary>Whether a limit cut something off; a finding says which.</summary>
    public required bool Truncated { get; init; }

    /// <summary>Whether a finding says that this is not the whole content.</summary>
    public bool HasErrors => Findings.Any(finding => finding.Severity == FindingSeverity.Error);

    /// <summary>The table of a kind, or null.</summary>
    public ExtractedTable? Table(string kind) => Tables.FirstOrDefault(table => table.Kind == kind);
}
