namespace PyBase.Extraction.Ifc;

/// <summary>
/// An object that is no place, group or project: elements first of all, also annotations, grids, ports, tasks, resources, actors
/// (IfcObject, ISO 16739-1, 5.1.3.5).
/// </summary>
/// <param name="Guid">GlobalId.</param>
/// <param name="Class">Class: <c>IfcWallStandardCase</c>.</param>
/// <param name="Name">Name.</param>
/// <param name="Description">Description.</param>
/// <param name="Tag">IfcElement.Tag: the number in the program it comes from.</param>
/// <param name="ObjectType">What it is where class and predefined type do not say.</param>
/// <param name="PredefinedType">What it is, by the schema's list: <c>FLOOR</c>.</param>
/// <param name="TypeGuid">GlobalId of its type.</param>
/// <param name="TypeName">Name of its type.</param>
/// <param name="Storey">Name of the storey it is in, by itself, its whole or its host.</param>
/// <param name="Space">Name of the space it is in.</param>
/// <param name="Container">GlobalId of the spatial element it is in.</param>
/// <param name="Parent">GlobalId of what it is part of.</param>
/// <param name="Material">Names of its or its type's materials, joined by <c>; </c>.</param>
/// <param name="Classification">Codes of its and its type's classifications, joined by <c>; </c>.</param>
/// <param name="System">Names of the systems it belongs to, by itself or its whole, joined by <c>; </c>.</param>
/// <param name="Locator">GlobalId; where that is no unique one, the instance behind it.</param>
sealed record IfcElement(
    string Guid, string Class, string? Name, string? Description, string? Tag, string? ObjectType, string? PredefinedType, string? TypeGuid,
    string? TypeName, string? Storey, string? Space, string? Container, string? Parent, string? Material, string? Classification, string? System,
    string Locator);
