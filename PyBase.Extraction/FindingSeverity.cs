namespace PyBase.Extraction;

/// <summary>How much a <see cref="Finding"/> takes away from the result.</summary>
public enum FindingSeverity
{
    /// <summary>Worth knowing; nothing is missing.</summary>
    Info,
    /// <summary>Something is missing or was repaired; the rest holds.</summary>
    Warning,
    /// <summary>The result as a whole is incomplete or absent: do not take it for the file's content.</summary>
    Error,
}
