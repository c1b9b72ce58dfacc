namespace PyBase.Extraction.PartsLists;

/// <summary>One line of a parts list.</summary>
/// <param name="Number">The part number as it is written; empty when the line has none.</param>
/// <param name="Level">How deep it stands; a line belongs to the last one above it that stands less deep.</param>
/// <param name="Quantity">How many of it are in one of the part above; null when the line does not say.</param>
/// <param name="Unit">What is counted; empty for pieces.</param>
/// <param name="Locator">Where it stands in the file.</param>
/// <param name="Values">What it says of the part itself, by column: description, material, …</param>
public sealed record PartsLine(string Number, int Level, double? Quantity, string Unit, string Locator, IReadOnlyDictionary<string, string> Values);
