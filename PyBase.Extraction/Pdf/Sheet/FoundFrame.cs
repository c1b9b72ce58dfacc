using PyBase.Extraction.Pdf.Content;
using PyBase.Notation.Geometry;

namespace PyBase.Extraction.Pdf.Sheet;

/// <summary>A tolerance frame on a page; null where its cells do not read as one.</summary>
sealed record FoundFrame(string Text, GeometricFrame? Frame, Box Box);
