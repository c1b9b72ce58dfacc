namespace PyBase.Extraction.Envelope;

/// <summary>One row, with the evidence for it.</summary>
/// <param name="Cells">As many as the table has columns, in their order.</param>
/// <param name="Locator">Where it stands, in the words of the format: <c>Model#2A3</c> is the entity of handle 2A3 in model space.</param>
/// <param name="Confidence">0 to 1; 1 where the file says it in so many words.</param>
/// <param name="Raw">The text it was read from, undecoded; null where it has none.</param>
public sealed record ExtractedRow(IReadOnlyList<Cell> Cells, string Locator, double Confidence = 1, string? Raw = null);
