namespace PyBase.Extraction.Ifc;

/// <summary>A quantity of an object or type (IfcElementQuantity, ISO 16739-1, 5.1.4.5).</summary>
/// <param name="Guid">GlobalId of the object or type.</param>
/// <param name="Set">Name of the quantity set: <c>Qto_WallBaseQuantities</c>.</param>
/// <param name="Name">Name of the quantity; inside a complex one after its name and a slash.</param>
/// <param name="Value">The number; null when it cannot be read.</param>
/// <param name="Kind">Class without prefix: <c>Length</c>, <c>Area</c>, <c>Volume</c>, <c>Count</c>, <c>Weight</c>, <c>Time</c>, <c>Number</c>.</param>
/// <param name="Unit">Symbol of the quantity's own unit, else of the project's; null for none.</param>
/// <param name="From">The object's own, or from its type.</param>
/// <param name="Locator">GlobalId of the object or type; where that is no unique one, the instance behind it.</param>
sealed record IfcQuantity(string Guid, string? Set, string Name, double? Value, string Kind, string? Unit, IfcSource From, string Locator);
