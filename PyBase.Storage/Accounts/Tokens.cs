using Microsoft.EntityFrameworkCore;
using PyBase.Core.Accounts;
using PyBase.Core.Errors;
using PyBase.Core.Ids;
using PyBase.Storage.Catalog;

namespace PyBase.Storage.Accounts;

/// <summary>A user's own tokens.</summary>
public sealed class Tokens(CatalogContext catalog, TimeProvider clock)
{
    /// <summary>Oldest first.</summary>
    public Task<List<Token>> ListAsync(string userId, CancellationToken cancellation) =>
        catalog.Tokens.AsNoTracking().Where(t => t.UserId == userId).OrderBy(t => t.CreatedTime).ThenBy(t => t.Id).ToListAsync(cancellation);

    /// <summary>A new token, and the secret, which is nowhere else.</summary>
    public async Task<Result<(Token Token, string Secret)>> AddAsync(
        string userId, string? name, IReadOnlyCollection<string>? scopes, DateTimeOffset? expires, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (AccountRules.Faults(AccountRules.Name(name), AccountRules.TokenScopes(scopes), AccountRules.Expires(expires, now)) is { Count: > 0 } faults)
            return AccountErrors.InvalidToken(faults);
        var secret = Secrets.NewToken();
        var token = new Token
        {
            Id = Id.New("tok"),
            UserId = userId,
            Name = name!.Trim(),
            Hash = Secrets.Hash(secret),
            Scopes = [.. (scopes ?? []).Distinct(StringComparer.Ordinal)],
            Expires = expires?.ToUniversalTime(),
            CreatedTime = now,
        };
        catalog.Add(token);
        await catalog.SaveChangesAsync(cancellation);
        return (token, secret);
    }

    /// <summary>Ends it at once.</summary>
    public async Task<Error?> DeleteAsync(string userId, string tokenId, CancellationToken cancellation) =>
        await catalog.Tokens.Where(t => t.Id == tokenId && t.UserId == userId).ExecuteDeleteAsync(cancellation) == 1 ? null : AccountErrors.TokenNotFound;
}
