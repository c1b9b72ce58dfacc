namespace PyBase.Extraction.Step;

/// <summary>A file that the read one refers to.</summary>
/// <param name="Name">As written, usually a name without folder.</param>
/// <param name="Locator">The document's instance.</param>
public sealed record ExternalFile(string Name, string Locator)
{
    /// <summary>Whether a file of that name is meant: names are compared without folders and case.</summary>
    public bool Means(string fileName)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        return ExternalLink.IsName(Name, fileName);
    }
}
