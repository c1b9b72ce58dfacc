namespace PyBase.Extraction.Ifc;

/// <summary>A group, system, circuit or zone (IfcGroup, ISO 16739-1, 5.1.3.3).</summary>
/// <param name="Guid">GlobalId.</param>
/// <param name="Class">Class: <c>IfcDistributionSystem</c>.</param>
/// <param name="Name">Name.</param>
/// <param name="LongName">Full name.</param>
/// <param name="ObjectType">What it is where its predefined type does not say.</param>
/// <param name="PredefinedType">What it is, by the schema's list.</param>
/// <param name="Members">How many objects belong to it.</param>
/// <param name="Serves">Names of the buildings or storeys a system serves (IfcRelServicesBuildings), joined by <c>; </c>.</param>
/// <param name="Locator">GlobalId; where that is no unique one, the instance behind it.</param>
sealed record IfcGroupItem(
    string Guid, string Class, string? Name, string? LongName, string? ObjectType, string? PredefinedType, int Members, string? Serves, string Locator);
