using PyBase.Extraction.Part21;

namespace PyBase.Extraction.Step;

/// <summary>
/// The product structure of a STEP file. Deterministic: the same bytes and options give the same parts and lines in the same
/// order, however the stream delivers them, so a consumer may resume by position.
/// </summary>
public sealed class StepStructure
{
    readonly AssemblyTree tree;

    internal StepStructure(AssemblyTree tree) => this.tree = tree;

    /// <summary>What was read.</summary>
    public required ExtractionSource Source { get; init; }

    /// <summary>The header section.</summary>
    public required Part21Header Header { get; init; }

    /// <summary>Every product that is a root or a child, in the order of its first place in the tree.</summary>
    public IReadOnlyList<StepPart> Parts => tree.Parts;

    /// <summary>The parts that nothing contains, in the order of their definitions in the file.</summary>
    public IEnumerable<StepPart> Roots => tree.Roots;

    /// <summary>How many lines <see cref="Lines"/> gives.</summary>
    public int LineCount => tree.LineCount;

    /// <summary>
    /// One line per place below the roots, depth first, siblings in the order of their first usage in the file. Made while
    /// enumerated: an assembly of shared subassemblies has far more places than the file has bytes.
    /// </summary>
    /// <param name="skip">Lines to leave out at the start, for a consumer that resumes.</param>
    public IEnumerable<AssemblyLine> Lines(int skip = 0) => tree.Lines(skip);

    /// <summary>Files that this one refers to, in the order of the file.</summary>
    public required IReadOnlyList<ExternalFile> ExternalFiles { get; init; }

    /// <summary>What was odd; complete before the first line is asked for.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>Whether a finding says that this is not the file's whole structure.</summary>
    public bool HasErrors => Findings.Any(finding => finding.Severity == FindingSeverity.Error);

    /// <summary>What reading cost.</summary>
    public required ExtractionStatistics Statistics { get; init; }
}
