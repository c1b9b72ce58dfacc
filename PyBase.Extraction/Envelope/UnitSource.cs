namespace PyBase.Extraction.Envelope;

/// <summary>How a file's units are known.</summary>
public enum UnitSource
{
    /// <summary>They are not.</summary>
    Unknown,
    /// <summary>The file says so.</summary>
    Declared,
    /// <summary>Concluded from something else that the file says.</summary>
    Assumed,
}
