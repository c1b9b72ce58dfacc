namespace PyBase.Extraction.Ifc;

/// <summary>A project or project library (IfcContext, ISO 16739-1, 5.1.3.1).</summary>
/// <param name="Guid">GlobalId.</param>
/// <param name="Class"><c>IfcProject</c> or <c>IfcProjectLibrary</c>.</param>
/// <param name="Name">Short name or number.</param>
/// <param name="Description">Description.</param>
/// <param name="LongName">Full name.</param>
/// <param name="Phase">Phase.</param>
/// <param name="ObjectType">What kind of project.</param>
/// <param name="Locator">GlobalId; where that is no unique one, the instance behind it.</param>
sealed record IfcProjectItem(
    string Guid, string Class, string? Name, string? Description, string? LongName, string? Phase, string? ObjectType, string Locator);
