namespace PyBase.Notation.Revisions;

/// <summary>What a revision is written with.</summary>
public enum RevisionKind
{
    /// <summary>A, B, … Z, AA.</summary>
    Letters,
    /// <summary>1, 2, 3.</summary>
    Numbers,
    /// <summary>1.0, 1.1.</summary>
    Versions,
}
