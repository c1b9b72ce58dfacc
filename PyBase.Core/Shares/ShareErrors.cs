using PyBase.Core.Errors;

namespace PyBase.Core.Shares;

/// <summary>Refusals about links for strangers.</summary>
public static class ShareErrors
{
    /// <summary>The same for a link that never was, has expired or was revoked, and for one whose thing is gone.</summary>
    public static readonly Error NotFound = new("share-not-found", ErrorKind.NotFound, "This link leads nowhere, or not any more.", "Ask whoever sent it for another one.");

    /// <summary>It is known, but not yet open.</summary>
    public static readonly Error PasswordNeeded = new("share-password-needed", ErrorKind.Unauthenticated, "This link needs a password.", "POST {password} to …/unlock, and send the grant you get in the header PyBase-Share-Grant.");

    /// <summary>Not this one.</summary>
    public static readonly Error PasswordWrong = new("share-password-wrong", ErrorKind.Unauthenticated, "This is not the password of the link.");

    /// <summary>Guessing, or a flood.</summary>
    public static readonly Error TooMany = new("share-rate-limit-reached", ErrorKind.TooMany, "Too many requests from your address.", "Retry-After says when to go on.");

    /// <summary>No such link in the base, for who manages them.</summary>
    public static readonly Error Unknown = new("share-unknown", ErrorKind.NotFound, "There is no such link in this base.");

    /// <summary>The base is full of them.</summary>
    public static readonly Error TooManyShares = new("too-many-shares", ErrorKind.Invalid, $"A base has at most {Share.MaxShares} links that work.", "Revoke some first.");

    /// <summary>The request for a link makes no sense.</summary>
    public static Error Invalid(string rule) => new("invalid-share", ErrorKind.Invalid, $"Invalid link: {rule}.");

    /// <summary>Strangers do not ask that.</summary>
    public static Error NotOffered(string what) => new("share-not-offered", ErrorKind.Invalid, $"A shared view does not take {what}.", "It takes filter, sort, pageSize, offset, cellFormat, timeZone and userLocale.");
}
