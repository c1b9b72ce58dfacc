namespace PyBase.Extraction;

/// <summary>Something odd about a file, said once however often it occurs.</summary>
/// <param name="Code">One of <see cref="FindingCode"/>; never changes meaning.</param>
/// <param name="Severity">What it takes away from the result.</param>
/// <param name="Message">A plain statement for a person.</param>
/// <param name="Locator">Where it was seen first, in the words of the format (<c>#123</c> in STEP and IFC); null for the file as a whole.</param>
/// <param name="Count">How often it was seen, at least 1.</param>
public sealed record Finding(string Code, FindingSeverity Severity, string Message, string? Locator = null, int Count = 1);
