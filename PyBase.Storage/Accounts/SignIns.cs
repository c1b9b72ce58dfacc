using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PyBase.Core.Accounts;
using PyBase.Core.Errors;
using PyBase.Storage.Catalog;

namespace PyBase.Storage.Accounts;

/// <summary>Checks passwords.</summary>
public sealed class SignIns(CatalogContext catalog, Passwords passwords)
{
    /// <summary>The user and their oldest workspace; the same refusal, after the same work, for an unknown address and a wrong password.</summary>
    public async Task<Result<SignedIn>> CheckAsync(string email, string password, CancellationToken cancellation)
    {
        var normalised = EmailAddress.Normalise(email);
        var user = EmailAddress.IsPlausible(email)
            ? await catalog.Users.AsNoTracking().SingleOrDefaultAsync(u => u.NormalisedEmail == normalised, cancellation)
            : null;
        var result = await passwords.VerifyAsync(user?.PasswordHash is { Length: > 0 } hashed ? hashed : null, password, cancellation);
        if (user is null || result is PasswordVerificationResult.Failed)
            return AccountErrors.InvalidCredentials;
        if (result is PasswordVerificationResult.SuccessRehashNeeded)
        {
            var (old, hash) = (user.PasswordHash, await passwords.HashAsync(password, cancellation));
            // The old hash is part of the statement: a password changed meanwhile stays changed.
            await catalog.Users.Where(u => u.Id == user.Id && u.PasswordHash == old)
                .ExecuteUpdateAsync(set => set.SetProperty(u => u.PasswordHash, hash), cancellation);
        }
        return await WithWorkspaceAsync(user, cancellation);
    }

    /// <summary>The user of a ticket, unless another password was set meanwhile.</summary>
    public async Task<SignedIn?> FindAsync(string userId, string securityStamp, CancellationToken cancellation) =>
        await catalog.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == userId && u.SecurityStamp == securityStamp, cancellation) is { } user
            ? await WithWorkspaceAsync(user, cancellation) : null;

    async Task<SignedIn> WithWorkspaceAsync(User user, CancellationToken cancellation)
    {
        var workspace = await catalog.Members.Where(m => m.UserId == user.Id)
            .Join(catalog.Workspaces, m => m.WorkspaceId, w => w.Id, (m, w) => new { m.CreatedTime, Workspace = w })
            .OrderBy(row => row.CreatedTime).ThenBy(row => row.Workspace.Id)
            .Select(row => row.Workspace).FirstOrDefaultAsync(cancellation);
        return new SignedIn(user, workspace);
    }
}
