using PyBase.Notation.Quantities;

namespace PyBase.Notation.Callouts;

/// <summary>What widens a hole at its mouth.</summary>
/// <param name="Kind">Its form.</param>
/// <param name="Size">Its diameter.</param>
/// <param name="Depth">How deep it goes, in the unit of the size; null when not given.</param>
/// <param name="Angle">Degrees of a countersink; null when not given.</param>
public sealed record Recess(RecessKind Kind, Quantity Size, decimal? Depth, decimal? Angle);
