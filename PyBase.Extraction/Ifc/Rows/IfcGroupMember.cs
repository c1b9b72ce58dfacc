namespace PyBase.Extraction.Ifc;

/// <summary>That an object belongs to a group (IfcRelAssignsToGroup, ISO 16739-1, 5.1.3.8).</summary>
/// <param name="Group">GlobalId of the group.</param>
/// <param name="Guid">GlobalId of the member.</param>
/// <param name="Class">Class of the member.</param>
/// <param name="Locator">Of the member.</param>
sealed record IfcGroupMember(string Group, string Guid, string Class, string Locator);
