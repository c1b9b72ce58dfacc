namespace PyBase.Extraction.Ifc;

/// <summary>A project, site, building, storey, space or other place (IfcSpatialElement, ISO 16739-1, 5.4.3) in the tree that IfcRelAggregates makes of them.</summary>
/// <param name="Level">0 for a root, usually the project.</param>
/// <param name="Path">Names from the root to here, joined by <c>/</c>, unique in the file; see <see cref="Step.AssemblyLine.Path"/>.</param>
/// <param name="Class">Class: <c>IfcBuildingStorey</c>.</param>
/// <param name="Guid">GlobalId.</param>
/// <param name="Parent">GlobalId of the place it is part of; null for a root.</param>
/// <param name="Name">Short name or number.</param>
/// <param name="LongName">Full name.</param>
/// <param name="ObjectType">What it is where its class does not say.</param>
/// <param name="PredefinedType">What it is, by the schema's list.</param>
/// <param name="Elevation">Of a storey above its building's zero; of a building its zero's, of a site its own above the sea. In the length unit.</param>
/// <param name="Locator">GlobalId; where that is no unique one, the instance behind it.</param>
sealed record IfcSpatialItem(
    int Level, string Path, string Class, string Guid, string? Parent, string? Name, string? LongName, string? ObjectType, string? PredefinedType,
    double? Elevation, string Locator);
