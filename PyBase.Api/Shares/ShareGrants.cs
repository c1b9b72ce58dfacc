using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using PyBase.Storage.Shares;

namespace PyBase.Api.Shares;

/// <summary>What a visitor has got from a link and sends along: sealed by the installation, so that no table of visitors is needed and any process reads it.</summary>
sealed class ShareGrants(IDataProtectionProvider protection)
{
    public static readonly TimeSpan Life = TimeSpan.FromHours(12);

    readonly ITimeLimitedDataProtector grants = protection.CreateProtector("PyBase.ShareGrants").ToTimeLimitedDataProtector();
    readonly ITimeLimitedDataProtector proofs = protection.CreateProtector("PyBase.FormProofs").ToTimeLimitedDataProtector();

    /// <summary>Stands for the password, for half a day and as long as the link has this password.</summary>
    public string Grant(WorkingShare share) => grants.Protect(Mark(share), Life);

    public bool IsGranted(WorkingShare share, string grant) => Open(grants, grant) == Mark(share);

    /// <summary>Shows that the form was loaded, for a day.</summary>
    public string Proof(WorkingShare share) => proofs.Protect(share.Share.Id, TimeSpan.FromDays(1));

    public bool IsProof(WorkingShare share, string? proof) => proof is not null && Open(proofs, proof) == share.Share.Id;

    static string Mark(WorkingShare share) => $"{share.Share.Id} {Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(share.PasswordHash ?? "")).AsSpan(0, 8))}";

    static string? Open(ITimeLimitedDataProtector seal, string sealedText)
    {
        try
        {
            return sealedText.Length > 1_000 ? null : seal.Unprotect(sealedText);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
