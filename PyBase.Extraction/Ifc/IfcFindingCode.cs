namespace PyBase.Extraction.Ifc;

/// <summary>The codes that only IFC files give rise to; the others are in <see cref="FindingCode"/>. Programs may rely on them.</summary>
public static class IfcFindingCode
{
    /// <summary>An exchange structure of another schema than IFC. Error.</summary>
    public const string NotAnIfcFile = "not-an-ifc-file";
    /// <summary>The schema's name is not known; the closest or newest was taken. Warning.</summary>
    public const string SchemaUnknown = "schema-unknown";
    /// <summary>There is no IfcProject: a library, or a part of a model. Info.</summary>
    public const string NoProject = "no-project";
    /// <summary>There are several IfcProjects; the units are those of the first. Warning.</summary>
    public const string SeveralProjects = "several-projects";
    /// <summary>A unit cannot be read; values in it have none. Warning.</summary>
    public const string UnitUnread = "unit-unread";
    /// <summary>Objects share a GlobalId, which should be unique. Warning.</summary>
    public const string DuplicateGuid = "duplicate-guid";
    /// <summary>A GlobalId is missing or not 22 characters of its alphabet. Warning.</summary>
    public const string GuidMalformed = "guid-malformed";
    /// <summary>Objects contain each other in a circle; it is cut. Warning.</summary>
    public const string RelationCycle = "relation-cycle";
    /// <summary>Objects nest deeper than the limit; those beyond stand at the limit or are left out. Warning.</summary>
    public const string RelationTooDeep = "relation-too-deep";
    /// <summary>The archive cannot be unpacked, wholly or in part. Error.</summary>
    public const string ArchiveBroken = "archive-broken";
    /// <summary>The archive holds no .ifc file. Error.</summary>
    public const string ArchiveWithoutIfc = "archive-without-ifc";
    /// <summary>The archive holds several .ifc files; the first was read. Warning.</summary>
    public const string ArchiveWithSeveral = "archive-with-several";
    /// <summary>The archive, its directory or what it expands to is larger than the limits. Error.</summary>
    public const string ArchiveExpansion = "archive-expansion";
}
