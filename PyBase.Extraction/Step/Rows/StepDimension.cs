namespace PyBase.Extraction.Step;

/// <summary>A dimension as the file means it, not as it is drawn.</summary>
/// <param name="Kind"><c>size</c>, <c>location</c>, <c>angular size</c>, <c>angular location</c>, <c>curve length</c>.</param>
/// <param name="Name">What is measured: <c>diameter</c>, <c>linear distance</c>.</param>
/// <param name="Upper">Deviation from the nominal value; null when there is none.</param>
/// <param name="UpperLimit">The largest size allowed, stated or added up.</param>
/// <param name="Fit"><c>H7</c>.</param>
/// <param name="Decimals">Places that the nominal value is shown with.</param>
/// <param name="IsReference">For information only.</param>
/// <param name="IsBasic">Theoretically exact.</param>
sealed record StepDimension(
    string Kind, string Name, double? Nominal, double? Upper, double? Lower, double? UpperLimit, double? LowerLimit, string? Fit, string? Unit, int? Decimals,
    bool IsReference, bool IsBasic, string? Modifiers, string? Feature, int Node, int Place);

/// <summary>A geometric tolerance.</summary>
/// <param name="Characteristic"><c>position</c>, <c>surface profile</c>.</param>
/// <param name="Zone">Shape of the zone: <c>cylindrical or circular</c>.</param>
/// <param name="Datums"><c>A|B(M)|C</c>.</param>
/// <param name="CompositeIndex">1 for the upper frame of a composite tolerance, 2 and on for those below; null for a single one.</param>
sealed record StepTolerance(
    string Characteristic, string Name, double? Value, string? Unit, string? Zone, bool IsDiametral, string? Modifiers, string? Datums, double? UnitSize, double? SecondUnitSize, double? MaxValue,
    double? Projected, double? Displacement, int? CompositeIndex, string? AppliesTo, string? Feature, int Node, int Place);

/// <summary>A datum, or a target of one.</summary>
sealed record StepDatum(string Letter, string? Target, string? Feature, int Node, int Place);
