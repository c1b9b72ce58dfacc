namespace PyBase.Extraction.Ifc;

/// <summary>What a class below IfcObjectDefinition is to a table of rows.</summary>
enum IfcKind
{
    /// <summary>Processes, resources, controls and actors.</summary>
    Other,
    /// <summary>IfcContext: projects and project libraries.</summary>
    Context,
    /// <summary>IfcSpatialElement: sites, buildings, storeys, spaces, facilities.</summary>
    Spatial,
    /// <summary>IfcProduct that is none of the others: annotations, grids, ports, alignments.</summary>
    Product,
    /// <summary>IfcElement: what is built or installed.</summary>
    Element,
    /// <summary>IfcFeatureElement: openings and projections, part of another element's shape.</summary>
    Feature,
    /// <summary>IfcGroup other than a system.</summary>
    Group,
    /// <summary>IfcSystem, zones excepted.</summary>
    System,
    /// <summary>IfcTypeObject.</summary>
    Type,
}
