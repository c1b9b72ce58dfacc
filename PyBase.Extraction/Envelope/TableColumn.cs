namespace PyBase.Extraction.Envelope;

/// <summary>A column of an <see cref="ExtractedTable"/>.</summary>
/// <param name="Key">Stable name in lower case with underscores (<c>part_number</c>); unique within its table.</param>
/// <param name="Type">What its cells hold.</param>
/// <param name="Unit">The unit of all its numbers (<c>mm</c>, <c>deg</c>); null for none, or where a column of the table says it row by row.</param>
public sealed record TableColumn(string Key, ColumnType Type, string? Unit = null);
