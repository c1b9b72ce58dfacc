using PyBase.Core.Errors;

namespace PyBase.Core.Mails;

/// <summary>Refusals about mails.</summary>
public static class MailErrors
{
    /// <summary>Whoever asks could otherwise decide where a mail's link leads.</summary>
    public static readonly Error PublicUrlMissing = new("public-url-missing", ErrorKind.Unavailable,
        "This installation does not know the address that people reach it by.", "Whoever runs it sets Public:Url.");

    /// <summary>No such mail that waits or is parked.</summary>
    public static readonly Error NotFound = new("mail-not-found", ErrorKind.NotFound, "There is no such mail that has not left.", "GET /api/operations/mails lists them.");
}
