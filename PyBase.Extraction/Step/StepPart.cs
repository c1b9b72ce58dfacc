namespace PyBase.Extraction.Step;

/// <summary>A product that has a place in the tree. Each PRODUCT instance is its own part, whatever its texts.</summary>
/// <param name="Index">Place in <see cref="StepStructure.Parts"/>: a stable key within one file.</param>
/// <param name="PartNumber">PRODUCT.id, else its name; empty when both are blank.</param>
/// <param name="Name">PRODUCT.name; empty when blank.</param>
/// <param name="Description">PRODUCT.description; empty when blank.</param>
/// <param name="Version">PRODUCT_DEFINITION_FORMATION.id of the version that comes first in the tree; empty when blank.</param>
/// <param name="Locator">The instance, such as <c>#10</c>.</param>
public sealed record StepPart(int Index, string PartNumber, string Name, string Description, string Version, string Locator);
