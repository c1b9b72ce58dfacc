using Microsoft.EntityFrameworkCore;
using PyBase.Core.Accounts;
using PyBase.Core.Errors;
using PyBase.Storage.Catalog;

namespace PyBase.Storage.Accounts;

/// <summary>
/// The secret in the link says who was invited, and to what; holding it is also the proof that the address is the holder's.
/// So nobody comes in with it under another address.
/// </summary>
static class Invitations
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    /// <summary>The open invitation, untouched.</summary>
    public static async Task<Result<Invitation>> FindAsync(CatalogContext catalog, string secret, string email, DateTimeOffset now, CancellationToken cancellation)
    {
        var hash = Secrets.Hash(secret);
        var found = await catalog.Invitations.AsNoTracking()
            .SingleOrDefaultAsync(i => i.Hash == hash && i.AcceptedTime == null && i.Expires > now, cancellation);
        if (found is null)
            return AccountErrors.InvitationNotFound;
        return found.NormalisedEmail == email ? found : AccountErrors.InvitationForAnotherAddress;
    }

    /// <summary>Uses it up: of two who try at once, one does.</summary>
    public static async Task<Result<Invitation>> ClaimAsync(CatalogContext catalog, string secret, string email, DateTimeOffset now, CancellationToken cancellation)
    {
        if (!(await FindAsync(catalog, secret, email, now, cancellation)).TryGet(out var found, out var error))
            return error;
        var claimed = await catalog.Invitations.Where(i => i.Id == found.Id && i.AcceptedTime == null && i.Expires > now)
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.AcceptedTime, now), cancellation);
        return claimed == 1 ? found : AccountErrors.InvitationNotFound;
    }
}
