using PyBase.Core.Errors;

namespace PyBase.Core.Snapshots;

/// <summary>Refusals about snapshots of bases.</summary>
public static class SnapshotErrors
{
    /// <summary>Cut off, changed, or something else altogether. Nothing was touched.</summary>
    public static Error NotWhole(string why) => new("snapshot-not-whole", ErrorKind.Invalid, $"This is not a whole snapshot: {why.Excerpt()}.", "Make or fetch it again; nothing was changed.");

    /// <summary>Whole, and still not what a base can hold.</summary>
    public static Error DoesNotFit(string why) => new("snapshot-does-not-fit", ErrorKind.Invalid, $"The snapshot cannot be restored: {why.Excerpt()}.", "Nothing was changed.");

    /// <summary>A snapshot goes back into the base that it is of.</summary>
    public static Error OtherBase(string baseId) => new("snapshot-of-another-base", ErrorKind.Conflict, $"The snapshot is of base {baseId.Excerpt()}.", "Restore it there, or as a new base.");

    /// <summary>Somebody cancelled when it was done.</summary>
    public static readonly Error RestoredAlready = new("snapshot-restored-already", ErrorKind.Conflict, "The base was put back before the job could be stopped.", "Restore another snapshot to go on from somewhere else.");

    /// <summary>The file store's bound.</summary>
    public static readonly Error TooLarge = new("snapshot-too-large", ErrorKind.TooLarge, "The snapshot is larger than files of this installation may be.", "An operator sets Files:MaxBytes.");
}
