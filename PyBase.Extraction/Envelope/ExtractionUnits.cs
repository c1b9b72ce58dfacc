namespace PyBase.Extraction.Envelope;

/// <summary>The units of a file's lengths and angles.</summary>
/// <param name="Length"><c>mm</c>, <c>cm</c>, <c>m</c>, <c>in</c>, <c>ft</c> and so on; null when unknown.</param>
/// <param name="Angle"><c>deg</c> or <c>rad</c>.</param>
/// <param name="Source">How the length's unit is known.</param>
public sealed record ExtractionUnits(string? Length, string Angle, UnitSource Source);
