using PyBase.Extraction.Callouts;

namespace PyBase.Extraction.Pdf.Sheet;

/// <summary>A dimension in its place.</summary>
sealed record FoundDimension(DimensionText Text, CalloutReading Reading);
