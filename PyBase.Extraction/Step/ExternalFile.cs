namespace PyBase.Extraction.Step;

/// <summary>A file that the read one refers to.</summary>
/// <param name="Name">As written, usually a name without folder.</param>
/// <param name="Locator">The document's instance.</param>
public sealed record ExternalFile(string Name, string Locator);
