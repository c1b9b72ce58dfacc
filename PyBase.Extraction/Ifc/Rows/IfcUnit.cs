namespace PyBase.Extraction.Ifc;

/// <summary>A unit that the project assigns to a kind of measure (IfcUnitAssignment, ISO 16739-1, 8.11.3.15).</summary>
/// <param name="UnitType">IfcUnitEnum or IfcDerivedUnitEnum: <c>LENGTHUNIT</c>; <c>MONETARYUNIT</c> for a currency.</param>
/// <param name="Symbol">As values carry it: <c>mm</c>, <c>m²</c>, <c>ft</c>, <c>W/(m²·K)</c>.</param>
/// <param name="Name">As the file names it: <c>METRE</c>, <c>FOOT</c>.</param>
/// <param name="Factor">What one of it is in the SI units without prefix, the kilogram for mass; null when unknown.</param>
/// <param name="Locator">The unit's instance.</param>
sealed record IfcUnit(string UnitType, string Symbol, string Name, double? Factor, string Locator);
