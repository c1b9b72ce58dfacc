namespace PyBase.Extraction.Sheets;

/// <summary>A cell with content.</summary>
/// <param name="Column">From 1.</param>
/// <param name="Text">What it says: numbers in full without exponent, dates in ISO form.</param>
/// <param name="Kind"><c>text</c>, <c>number</c>, <c>date</c>, <c>boolean</c> or <c>error</c>.</param>
/// <param name="Indent">Steps of indentation by the cell's style.</param>
readonly record struct SheetCell(int Column, string Text, string Kind, bool IsFormula = false, int Indent = 0);
