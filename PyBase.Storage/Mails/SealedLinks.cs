using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace PyBase.Storage.Mails;

/// <summary>Links of mails that have not left: sealed with the installation's keys, so that a copy of the database opens no door.</summary>
public sealed class SealedLinks(IDataProtectionProvider protection)
{
    readonly IDataProtector protector = protection.CreateProtector("PyBase.MailLinks");

    /// <summary>The form that a job keeps.</summary>
    public string Seal(string link) => protector.Protect(link);

    /// <summary>The link; null when the keys are gone, as after a restore without them.</summary>
    public string? Open(string? sealedLink)
    {
        try
        {
            return protector.Unprotect(sealedLink ?? "");
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
