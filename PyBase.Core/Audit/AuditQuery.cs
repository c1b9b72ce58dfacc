using PyBase.Core.Errors;

namespace PyBase.Core.Audit;

/// <summary>Which entries of the audit log; null for whatever there is. All that is said holds.</summary>
/// <param name="Workspace">Acts in it and in its bases.</param>
/// <param name="Base">Acts in it.</param>
/// <param name="Act">One of <see cref="AuditActs.All"/>.</param>
/// <param name="Actor">Who acted.</param>
/// <param name="Subject">What or whom it is about.</param>
/// <param name="From">The earliest.</param>
/// <param name="To">Up to, not including.</param>
/// <param name="Before">Numbers below this one: the end of the page before.</param>
public sealed record AuditQuery(string? Workspace, string? Base, string? Act, string? Actor, string? Subject, DateTimeOffset? From, DateTimeOffset? To, long? Before)
{
    /// <summary>Most entries of a page.</summary>
    public const int MaxPage = 500;

    /// <summary>The query, or why it is none.</summary>
    public Result<AuditQuery> Check() => Act is null || AuditActs.All.Contains(Act) ? this : AuditErrors.Invalid($"act is one of {string.Join(", ", AuditActs.All)}");
}

/// <summary>An entry.</summary>
/// <param name="Number">Rises with time.</param>
/// <param name="Time">When.</param>
/// <param name="Act">What.</param>
/// <param name="Actor">Who; null for strangers, directories and the installation itself.</param>
/// <param name="ActorName">What they are called now.</param>
/// <param name="Workspace">Where.</param>
/// <param name="Base">Where.</param>
/// <param name="Subject">What or whom it is about, by id.</param>
/// <param name="Address">From where, of signing in and of visitors.</param>
/// <param name="Details">A JSON object.</param>
public sealed record AuditEntry(
    long Number, DateTimeOffset Time, string Act, string? Actor, string? ActorName, string? Workspace, string? Base, string? Subject, string? Address, string Details);

/// <summary>Names of what is noted.</summary>
public static class AuditActs
{
    /// <summary>A wrong password or code.</summary>
    public const string SignInRefused = "sign-in-refused";

    /// <summary>Too many of them.</summary>
    public const string SignInLocked = "sign-in-locked";

    /// <summary>Somebody came by a link.</summary>
    public const string ShareOpened = "share-opened";

    /// <summary>A table left as a file.</summary>
    public const string ExportMade = "export-made";

    /// <summary>A base left as a file.</summary>
    public const string SnapshotMade = "snapshot-made";

    /// <summary>A base was put back.</summary>
    public const string SnapshotRestored = "snapshot-restored";

    /// <summary>Everything about a person left as a file.</summary>
    public const string PersonExported = "person-exported";

    /// <summary>What was personal of an account is gone.</summary>
    public const string PersonErased = "person-erased";

    /// <summary>All of them; most are written by the database (<c>032-audit.sql</c>).</summary>
    public static readonly IReadOnlyList<string> All =
    [
        "sign-in", SignInRefused, SignInLocked, "account-made", "account-activated", "account-deactivated", "password-changed", "second-factor-on", "second-factor-off",
        "token-made", "token-revoked", "directory-token-made", "directory-token-revoked", "member-added", "member-changed", "member-removed", "invitation-made", "invitation-withdrawn",
        "rules-changed", "release-rule-changed", "share-made", "share-changed", "share-revoked", ShareOpened, ExportMade, SnapshotMade, SnapshotRestored, PersonExported, PersonErased,
    ];
}

/// <summary>Refusals about the audit log.</summary>
public static class AuditErrors
{
    /// <summary>It cannot be asked like that.</summary>
    public static Error Invalid(string rule) => new("invalid-audit-query", ErrorKind.Invalid, $"Invalid question to the audit log: {rule}.");
}
