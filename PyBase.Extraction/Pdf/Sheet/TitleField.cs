using PyBase.Extraction.Pdf.Content;

namespace PyBase.Extraction.Pdf.Sheet;

/// <summary>A value of a title block.</summary>
/// <param name="Label">The text that names it; null where its form or place tells.</param>
sealed record TitleField(string Field, string Value, string? Label, double Confidence, Box Box);
