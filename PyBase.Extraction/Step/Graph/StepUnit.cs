namespace PyBase.Extraction.Step;

/// <summary>A unit of measure.</summary>
/// <param name="Symbol"><c>mm</c>, <c>in</c>, <c>deg</c>, <c>kg/m3</c>; a name where no symbol is known.</param>
/// <param name="Kind">Length, plane angle, or something else.</param>
/// <param name="Factor">To millimetres and powers of them, radians, grams.</param>
sealed record StepUnit(string Symbol, StepUnitKind Kind, double Factor);

enum StepUnitKind { Other, Length, PlaneAngle, Mass }
