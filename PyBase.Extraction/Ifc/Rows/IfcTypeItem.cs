namespace PyBase.Extraction.Ifc;

/// <summary>A type that objects may share (IfcTypeObject, ISO 16739-1, 5.1.3.14).</summary>
/// <param name="Guid">GlobalId.</param>
/// <param name="Class">Class: <c>IfcDoorType</c>, <c>IfcDoorStyle</c>.</param>
/// <param name="Name">Name.</param>
/// <param name="Description">Description.</param>
/// <param name="Tag">Number in the program it comes from.</param>
/// <param name="ElementType">What it is where its predefined type does not say.</param>
/// <param name="PredefinedType">What it is, by the schema's list.</param>
/// <param name="ApplicableOccurrence">Class of objects it is for.</param>
/// <param name="Occurrences">How many objects have it.</param>
/// <param name="Material">Names of its materials, joined by <c>; </c>.</param>
/// <param name="Locator">GlobalId; where that is no unique one, the instance behind it.</param>
sealed record IfcTypeItem(
    string Guid, string Class, string? Name, string? Description, string? Tag, string? ElementType, string? PredefinedType,
    string? ApplicableOccurrence, int Occurrences, string? Material, string Locator);
