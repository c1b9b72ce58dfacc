namespace PyBase.Extraction.Ifc;

/// <summary>A material of an object or type (IfcRelAssociatesMaterial, ISO 16739-1, 5.1.3.9).</summary>
/// <param name="Guid">GlobalId of the object or type.</param>
/// <param name="Material">IfcMaterial.Name; null for a layer of air and the like.</param>
/// <param name="Kind">How it is used: <c>Material</c>, <c>List</c>, <c>Layer</c>, <c>Profile</c>, <c>Constituent</c>.</param>
/// <param name="Index">Its place in the set, from 1; layers from the reference side on.</param>
/// <param name="Name">Name of the layer, profile or constituent.</param>
/// <param name="Thickness">Of a layer.</param>
/// <param name="Unit">Of the thickness.</param>
/// <param name="Fraction">Of a constituent, 0 to 1.</param>
/// <param name="Profile">IfcProfileDef.ProfileName of a profile.</param>
/// <param name="Category">Of the layer, profile, constituent or material: <c>LoadBearing</c>, <c>concrete</c>.</param>
/// <param name="SetName">Name of the layer, profile or constituent set.</param>
/// <param name="From">The object's own, or from its type.</param>
/// <param name="Locator">GlobalId of the object or type; where that is no unique one, the instance behind it.</param>
sealed record IfcMaterialUse(
    string Guid, string? Material, string Kind, int Index, string? Name, double? Thickness, string? Unit, double? Fraction, string? Profile,
    string? Category, string? SetName, IfcSource From, string Locator);
