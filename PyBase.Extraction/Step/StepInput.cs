namespace PyBase.Extraction.Step;

/// <summary>One of several files that are read as one.</summary>
/// <param name="Name">Its name, by which others refer to it; a folder before it does not count.</param>
/// <param name="Content">Readable; stays the caller's.</param>
public sealed record StepInput(string Name, Stream Content);
