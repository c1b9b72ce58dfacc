namespace PyBase.Extraction.Part21;

/// <summary>The header section (ISO 10303-21, clause 8); what the file does not say is empty.</summary>
public sealed record Part21Header
{
    /// <summary>FILE_DESCRIPTION: informal description, lines joined by a blank.</summary>
    public string Description { get; init; } = "";
    /// <summary>FILE_DESCRIPTION: edition and conformance class, such as <c>2;1</c>.</summary>
    public string ImplementationLevel { get; init; } = "";
    /// <summary>FILE_NAME: name given by the writer, often a path of its machine.</summary>
    public string Name { get; init; } = "";
    /// <summary>FILE_NAME: date and time as written; meant to be ISO 8601, often is not.</summary>
    public string TimeStamp { get; init; } = "";
    /// <summary>FILE_NAME: people responsible.</summary>
    public IReadOnlyList<string> Authors { get; init; } = [];
    /// <summary>FILE_NAME: their organisations.</summary>
    public IReadOnlyList<string> Organizations { get; init; } = [];
    /// <summary>FILE_NAME: the program that wrote the file.</summary>
    public string PreprocessorVersion { get; init; } = "";
    /// <summary>FILE_NAME: the system the content comes from.</summary>
    public string OriginatingSystem { get; init; } = "";
    /// <summary>FILE_NAME: who authorised sending it.</summary>
    public string Authorization { get; init; } = "";
    /// <summary>FILE_SCHEMA: names of the schemas, such as <c>AUTOMOTIVE_DESIGN { 1 0 10303 214 1 1 1 1 }</c> or <c>IFC4</c>.</summary>
    public IReadOnlyList<string> Schemas { get; init; } = [];
}
