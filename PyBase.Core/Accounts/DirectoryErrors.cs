using PyBase.Core.Errors;

namespace PyBase.Core.Accounts;

/// <summary>Refusals of the directory's door (SCIM); those of RFC 7644, section 3.12, have its <c>scimType</c>.</summary>
public static class DirectoryErrors
{
    /// <summary>Not the directory's token.</summary>
    public static readonly Error NotTheDirectory = new("directory-token-wrong", ErrorKind.Unauthenticated,
        "This is not the directory's token.", "The installation's owner makes one: POST /api/directory/token.");

    /// <summary>No such user or group.</summary>
    public static readonly Error NotFound = new("directory-resource-not-found", ErrorKind.NotFound, "There is no such user or group.");

    /// <summary><c>invalidFilter</c></summary>
    public static readonly Error InvalidFilter = new("directory-filter-invalid", ErrorKind.Malformed,
        "A filter is one attribute, eq and a text in quotes.", "Users: userName, externalId, id. Groups: displayName, externalId, id.");

    /// <summary><c>invalidSyntax</c></summary>
    public static readonly Error InvalidSyntax = new("directory-request-invalid", ErrorKind.Malformed,
        "The body is not what RFC 7643 and 7644 describe, or a value has the wrong form.", "A user needs a userName that is an e-mail address, a group a displayName.");

    /// <summary><c>uniqueness</c></summary>
    public static readonly Error NotUnique = new("directory-name-taken", ErrorKind.Conflict, "There is one with this name already.");

    /// <summary><c>mutability</c></summary>
    public static readonly Error OwnerStays = new("directory-owner-stays", ErrorKind.Forbidden, "The owner of the installation cannot be deactivated or removed from here.");

    /// <summary>The roles of a group.</summary>
    public static Error InvalidRoles(IReadOnlyList<FieldFault> faults) => new("invalid-group-roles", ErrorKind.Invalid,
        "The group cannot have these roles.", "A role is admin, editor, commenter or viewer in a workspace (wsp…).") { Faults = faults };
}
