using PyBase.Extraction.Part21;

namespace PyBase.Extraction.Ifc;

/// <summary>
/// What an IFC file says beside geometry. Deterministic: the same bytes and options give the same rows in the same order, however
/// the stream delivers them. Rows are made while enumerated, from instances that are kept as they stand in the file; enumerate one
/// sequence at a time.
/// </summary>
public sealed class IfcModel
{
    readonly IfcContent content;

    internal IfcModel(IfcContent content) => this.content = content;

    /// <summary>What was read.</summary>
    public required ExtractionSource Source { get; init; }

    /// <summary>The header section.</summary>
    public required Part21Header Header { get; init; }

    /// <summary>The units of values that name none, one of each type, in the order of the file.</summary>
    public IReadOnlyList<IfcUnit> Units => content.Units.All;

    /// <summary>Projects and project libraries; one in most files.</summary>
    public IEnumerable<IfcProjectItem> Projects => content.Projects();

    /// <summary>The spatial structure, depth first, each place behind what it is part of.</summary>
    public IEnumerable<IfcSpatialItem> Spatial => content.Spatial();

    /// <summary>Objects that are no place, group or project, in the order of the file.</summary>
    public IEnumerable<IfcElement> Elements => content.Elements();

    /// <summary>Types, in the order of the file.</summary>
    public IEnumerable<IfcTypeItem> Types => content.Types();

    /// <summary>Properties of all objects and types, in the order of the file's objects: its own first, then those from its type.</summary>
    public IEnumerable<IfcProperty> Properties => content.Rows.Properties();

    /// <summary>Quantities of all objects and types, in the same order.</summary>
    public IEnumerable<IfcQuantity> Quantities => content.Rows.Quantities();

    /// <summary>Materials of all objects and types.</summary>
    public IEnumerable<IfcMaterialUse> Materials => content.Materials();

    /// <summary>Classifications of all objects and types.</summary>
    public IEnumerable<IfcClassificationUse> Classifications => content.Classifications();

    /// <summary>Groups, systems and zones.</summary>
    public IEnumerable<IfcGroupItem> Groups => content.Groups();

    /// <summary>Who belongs to them.</summary>
    public IEnumerable<IfcGroupMember> GroupMembers => content.GroupMembers();

    /// <summary>Elements added up by storey, class and type.</summary>
    public IEnumerable<IfcTakeOffLine> TakeOff => content.TakeOff();

    /// <summary>What was odd; complete before the first row is asked for.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>Whether a finding says that this is not the whole file.</summary>
    public bool HasErrors => Findings.Any(finding => finding.Severity == FindingSeverity.Error);

    /// <summary>What reading cost; making rows is not in it.</summary>
    public required ExtractionStatistics Statistics { get; init; }
}
