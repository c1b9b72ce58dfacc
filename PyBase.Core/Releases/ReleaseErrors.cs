using PyBase.Core.Accounts;
using PyBase.Core.Errors;

namespace PyBase.Core.Releases;

/// <summary>Refusals about released records.</summary>
public static class ReleaseErrors
{
    /// <summary>A released record is what it was when it was released.</summary>
    public static Error Released(string recordId) => new("record-released", ErrorKind.Conflict, $"Record {recordId} is released: its cells, and the links to it, do not change.",
        "Make a new revision of it (POST …/records/{record}/revise), or ask an admin to withdraw the release.");

    /// <summary>The table's rule says who.</summary>
    public static Error MayNotRelease(Role least) => new("may-not-release", ErrorKind.Forbidden, $"Who releases records of this table is at least {least.Name()}.", "Ask somebody with that role.");

    /// <summary>There is nothing to go on from.</summary>
    public static readonly Error NotReleased = new("record-not-released", ErrorKind.Conflict, "The record is not released, so it can be changed itself.", "A new revision is made of a released record.");

    /// <summary>Two revisions that follow one would both be the next.</summary>
    public static Error AlreadyRevised(string successor) => new("already-revised", ErrorKind.Conflict, $"Record {successor} is the next revision already.", "Change that one, or revise it once it is released.");

    /// <summary>The revision fits no scheme, or is the last that can be written.</summary>
    public static Error NoNextRevision(string revision) => new("no-next-revision", ErrorKind.Invalid, $"There is no revision that follows \"{revision.Excerpt()}\".", "Revisions are A, B, C … or 1, 2, 3 … or 1.0, 1.1 ….");

    /// <summary>The table has no rule.</summary>
    public static readonly Error NoRule = new("no-release-rule", ErrorKind.Conflict, "Records of this table are not released.", "An admin says by which field they are: PUT …/release.");

    /// <summary>A rule that makes no sense for this table.</summary>
    public static Error InvalidRule(string why) => new("invalid-release-rule", ErrorKind.Invalid, why,
        "{\"stateField\":…, \"released\":[choices], \"role\":\"editor\", \"revisionField\":…, \"predecessorField\":…}; the state is a single select, the revision a revision or text, the predecessor a link to the same table.");
}
