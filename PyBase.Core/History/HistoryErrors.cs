using PyBase.Core.Errors;

namespace PyBase.Core.History;

/// <summary>Refusals about what was: history, undo and trash.</summary>
public static class HistoryErrors
{
    /// <summary>Nothing of this person's is left to undo or to redo.</summary>
    public static Error Nothing(string what) => new($"nothing-to-{what}", ErrorKind.Conflict, $"There is nothing of yours to {what}.",
        "Actions that others have built on can be tried again by their number, once those are undone.");

    /// <summary>Too much has happened since.</summary>
    public static readonly Error TooLongAgo = new("undo-too-long-ago", ErrorKind.Conflict, "Too much has happened in this base since.", "Change it back by hand; the history of the records says what was.");

    /// <summary>A cursor that was not made here.</summary>
    public static readonly Error InvalidCursor = new("invalid-cursor", ErrorKind.Invalid, "The value of cursor is invalid.", "Start again without cursor.");

    /// <summary>The log does not reach back to it, or it is still to come.</summary>
    public static readonly Error OutOfReach = new("as-of-out-of-reach", ErrorKind.Invalid, "The table's log does not reach to that version or time.",
        "asOf is a version (PyBase-Version) or a time such as 2026-11-23T20:00:00Z, not before the table was made and not older than what is kept.");

    /// <summary>A link needs both of its tables.</summary>
    public static Error LinkedTableRemoved(string name) => new("linked-table-removed", ErrorKind.Conflict, $"Field \"{name}\" links to a table that is deleted.", "Restore that table first.");

    /// <summary>Never was one, or it is gone for good.</summary>
    public static readonly Error NotInTrash = new("not-in-trash", ErrorKind.NotFound, "That is not in the trash.", "It was restored or deleted for good, or what is kept does not reach back to it.");
}
