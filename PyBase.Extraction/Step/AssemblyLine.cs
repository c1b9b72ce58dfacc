namespace PyBase.Extraction.Step;

/// <summary>One place in the tree below a root.</summary>
/// <param name="Path">
/// Part numbers from the root to here, joined by <c>/</c>, unique in the file: where siblings or roots share a part number, the
/// later ones read <c>nut (2)</c>, <c>nut (3)</c>. A part without number is called by its instance, <c>#10</c>.
/// </param>
/// <param name="Level">1 directly under a root.</param>
/// <param name="Parent">The assembly it is used in.</param>
/// <param name="Part">What is used.</param>
/// <param name="Quantity">How often in one parent; null when the file's statement cannot be read.</param>
/// <param name="TotalQuantity">How often in the root: the product of the quantities along the path; null when one is, or beyond 2^53.</param>
/// <param name="Locator">The first usage (NEXT_ASSEMBLY_USAGE_OCCURRENCE) behind this line.</param>
public sealed record AssemblyLine(string Path, int Level, StepPart Parent, StepPart Part, decimal? Quantity, decimal? TotalQuantity, string Locator);
