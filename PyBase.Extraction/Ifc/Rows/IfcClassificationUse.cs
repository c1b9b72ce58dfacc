namespace PyBase.Extraction.Ifc;

/// <summary>A classification of an object or type (IfcRelAssociatesClassification, ISO 16739-1, 5.1.3.6).</summary>
/// <param name="Guid">GlobalId of the object or type.</param>
/// <param name="System">IfcClassification.Name: <c>Uniclass 2015</c>; null when the reference names none.</param>
/// <param name="Identification">The code: <c>Ss_25_10_30</c>.</param>
/// <param name="Name">What the code means.</param>
/// <param name="Location">Where it is defined.</param>
/// <param name="From">The object's own, or from its type.</param>
/// <param name="Locator">GlobalId of the object or type; where that is no unique one, the instance behind it.</param>
sealed record IfcClassificationUse(
    string Guid, string? System, string? Identification, string? Name, string? Location, IfcSource From, string Locator);
