using PyBase.Extraction.Part21;

namespace PyBase.Extraction.Ifc;

/// <summary>An instance below IfcObjectDefinition.</summary>
/// <param name="Place">Its place in the <see cref="InstanceStore"/>.</param>
/// <param name="Class">Its class.</param>
/// <param name="Guid">GlobalId as written; empty when it has none.</param>
/// <param name="Locator">The GlobalId; where it is missing or was seen before, with the instance: <c>2O2Fr$t4X7Zf8NOew3FLOH #123</c>.</param>
sealed record ModelObject(int Place, IfcClass Class, string Guid, string Locator);
