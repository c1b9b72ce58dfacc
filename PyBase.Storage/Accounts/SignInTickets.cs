using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace PyBase.Storage.Accounts;

/// <summary>Says that somebody has shown the password and still owes a code: sealed, short-lived, and kept nowhere.</summary>
public sealed class SignInTickets(IDataProtectionProvider protection, TimeProvider clock)
{
    static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    readonly IDataProtector seal = protection.CreateProtector("PyBase.SignInTicket");

    /// <summary>A ticket for a user as they are now: another password or stamp makes it void.</summary>
    public string Issue(string userId, string securityStamp) =>
        seal.Protect(string.Join('|', userId, securityStamp, (clock.GetUtcNow() + Lifetime).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)));

    /// <summary>Whose it is; null when it was not issued here, or has expired.</summary>
    public (string UserId, string SecurityStamp)? Open(string ticket)
    {
        try
        {
            return seal.Unprotect(ticket).Split('|') is [var user, var stamp, var expires]
                && long.Parse(expires, CultureInfo.InvariantCulture) > clock.GetUtcNow().ToUnixTimeMilliseconds() ? (user, stamp) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
