namespace PyBase.Extraction.Ifc;

/// <summary>A property of an object or type (IfcPropertySet, ISO 16739-1, 5.1.4.10).</summary>
/// <param name="Guid">GlobalId of the object or type.</param>
/// <param name="Set">Name of the property set.</param>
/// <param name="Name">Name of the property; inside a complex one after its name and a slash: <c>Layer #1/Material</c>.</param>
/// <param name="Value">The value; of a bounded one the set point, of lists and tables all values joined.</param>
/// <param name="Lower">Lower bound of a bounded one.</param>
/// <param name="Upper">Upper bound of a bounded one.</param>
/// <param name="ValueType">Defined type of the value, the first of several: <c>IfcLengthMeasure</c>; empty when it carries none.</param>
/// <param name="Unit">Symbol of the property's own unit, else of the project's for this type of value; null for none.</param>
/// <param name="Kind">What kind of property.</param>
/// <param name="From">The object's own, or from its type.</param>
/// <param name="Locator">GlobalId of the object or type; where that is no unique one, the instance behind it.</param>
/// <param name="Raw">The attributes as written, where <paramref name="Value"/> is put together from several.</param>
sealed record IfcProperty(
    string Guid, string? Set, string Name, IfcValue Value, double? Lower, double? Upper, string ValueType, string? Unit, IfcValueKind Kind,
    IfcSource From, string Locator, string? Raw = null);
