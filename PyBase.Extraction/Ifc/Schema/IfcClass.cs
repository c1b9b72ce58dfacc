namespace PyBase.Extraction.Ifc;

/// <summary>A class below IfcObjectDefinition with the positions of its attributes; -1 where it has no such attribute.</summary>
sealed record IfcClass(string Name)
{
    public IfcKind Kind { get; init; }
    /// <summary>PredefinedType since IFC4.</summary>
    public int PredefinedType { get; init; } = -1;
    /// <summary>PredefinedType in IFC2x3.</summary>
    public int OldPredefinedType { get; init; } = -1;
    public int Tag { get; init; } = -1;
    public int LongName { get; init; } = -1;
    /// <summary>IfcElementType.ElementType: what a type is where PredefinedType is USERDEFINED.</summary>
    public int ElementType { get; init; } = -1;
    public int Elevation { get; init; } = -1;

    public bool IsStorey => Name == "IfcBuildingStorey";
    public bool IsSpace => Name == "IfcSpace";

    /// <summary>What a subtype of this name starts with: all that this class has.</summary>
    public IfcClass Subtype(string name) => (this with { Name = name, PredefinedType = -1, OldPredefinedType = -1 }).WithOwn();

    IfcClass WithOwn() => Name switch
    {
        "IfcContext" => this with { Kind = IfcKind.Context, LongName = 5 },
        "IfcGroup" => this with { Kind = IfcKind.Group },
        "IfcSystem" => this with { Kind = IfcKind.System },
        "IfcZone" => this with { Kind = IfcKind.Group, LongName = 5 },
        "IfcDistributionSystem" => this with { LongName = 5 },
        "IfcBuildingSystem" or "IfcBuiltSystem" => this with { LongName = 6 },
        "IfcProduct" => this with { Kind = IfcKind.Product },
        "IfcSpatialElement" => this with { Kind = IfcKind.Spatial, LongName = 7 },
        "IfcSite" => this with { Elevation = 11 },
        "IfcBuilding" or "IfcBuildingStorey" => this with { Elevation = 9 },
        "IfcSpace" => this with { Elevation = 10 },
        "IfcElement" => this with { Kind = IfcKind.Element, Tag = 7 },
        "IfcFeatureElement" => this with { Kind = IfcKind.Feature },
        "IfcTypeObject" => this with { Kind = IfcKind.Type },
        "IfcTypeProduct" => this with { Tag = 7 },
        "IfcElementType" or "IfcSpatialElementType" => this with { ElementType = 8 },
        _ => this,
    };
}
