using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace PyBase.Storage.Files;

/// <summary>
/// Addresses of attachments that work for two hours, as Airtable's do: sealed with the installation's keys, so nobody can make or stretch one, and no
/// table of links is needed.
/// </summary>
public sealed class FileLinks(IDataProtectionProvider protection)
{
    static readonly TimeSpan Life = TimeSpan.FromHours(2);
    readonly ITimeLimitedDataProtector protector = protection.CreateProtector("PyBase.FileLinks").ToTimeLimitedDataProtector();

    /// <summary>The path of an attachment from now on for two hours.</summary>
    public string PathOf(string attachmentId) => $"/files/{protector.Protect(attachmentId, Life)}";

    /// <summary>The attachment id, or null when the link is not ours or too old.</summary>
    public string? Open(string token)
    {
        try
        {
            return protector.Unprotect(token);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
