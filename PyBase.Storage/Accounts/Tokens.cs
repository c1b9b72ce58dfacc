using Npgsql;
using PyBase.Core.Accounts;
using PyBase.Core.Errors;
using PyBase.Core.Ids;
using PyBase.Storage.Postgres;

namespace PyBase.Storage.Accounts;

/// <summary>A token as it may be shown: without its secret.</summary>
/// <param name="Id"><c>tok…</c></param>
/// <param name="Name">What it is for.</param>
/// <param name="Scopes">What it is restricted to; none is everything its user may.</param>
/// <param name="LimitedTo">The only bases and workspaces it enters; none is all its user may enter.</param>
/// <param name="CreatedTime">When it was made.</param>
/// <param name="Expires">When it stops working; null is never.</param>
/// <param name="LastUsedTime">When it last worked, to the minute.</param>
public sealed record IssuedToken(string Id, string Name, IReadOnlyList<string> Scopes, IReadOnlyList<string> LimitedTo,
    DateTimeOffset CreatedTime, DateTimeOffset? Expires, DateTimeOffset? LastUsedTime)
{
    internal const string Columns = "t.id, t.name, t.scopes, t.limited_to, t.created_time, t.expires, t.last_used_time";

    internal static IssuedToken Read(NpgsqlDataReader row) => new(row.GetString(0), row.GetString(1), row.GetFieldValue<string[]>(2), row.GetFieldValue<string[]>(3),
        row.GetFieldValue<DateTimeOffset>(4), row.IsDBNull(5) ? null : row.GetFieldValue<DateTimeOffset>(5), row.IsDBNull(6) ? null : row.GetFieldValue<DateTimeOffset>(6));
}

/// <summary>What somebody wants a token to be.</summary>
public sealed record NewToken(string? Name, IReadOnlyCollection<string>? Scopes, IReadOnlyCollection<string>? LimitedTo, DateTimeOffset? Expires)
{
    internal IReadOnlyList<FieldFault> Faults(DateTimeOffset now) => AccountRules.Faults(
        AccountRules.Name(Name), AccountRules.TokenScopes(Scopes), AccountRules.TokenLimits(LimitedTo), AccountRules.Expires(Expires, now));

    internal IssuedToken Issue(DateTimeOffset now) => new(Id.New("tok"), Name!.Trim(), [.. (Scopes ?? []).Distinct(StringComparer.Ordinal)],
        [.. (LimitedTo ?? []).Distinct(StringComparer.Ordinal)], now, Expires?.ToUniversalTime(), null);
}

/// <summary>A user's own tokens.</summary>
public sealed class Tokens(NpgsqlDataSource database, TimeProvider clock)
{
    /// <summary>Oldest first.</summary>
    public async Task<IReadOnlyList<IssuedToken>> ListAsync(string userId, CancellationToken cancellation)
    {
        await using var command = database.Command($"select {IssuedToken.Columns} from catalog.tokens t where t.user_id = $1 order by t.created_time, t.id", userId);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var tokens = new List<IssuedToken>();
        while (await row.ReadAsync(cancellation))
            tokens.Add(IssuedToken.Read(row));
        return tokens;
    }

    /// <summary>A new token, and the secret, which is nowhere else.</summary>
    public async Task<Result<(IssuedToken Token, string Secret)>> AddAsync(string userId, NewToken wanted, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (wanted.Faults(now) is { Count: > 0 } faults)
            return AccountErrors.InvalidToken(faults);
        var (token, secret) = (wanted.Issue(now), Secrets.NewToken());
        await using var command = database.Command("""
            insert into catalog.tokens (id, user_id, name, hash, scopes, limited_to, expires, created_time)
            select $1, $2, $3, $4, $5, $6, $7, $8
            where not exists (
                select from unnest($6) as limited(id) where not exists (
                    select from catalog.members m left join catalog.bases b on b.workspace_id = m.workspace_id
                    where m.user_id = $2 and limited.id in (m.workspace_id, b.id)))
            """, token.Id, userId, token.Name, Secrets.Hash(secret), token.Scopes.ToArray(), token.LimitedTo.ToArray(), token.Expires, now);
        return await command.ExecuteNonQueryAsync(cancellation) == 1 ? (token, secret) : AccountErrors.InvalidToken([AccountRules.UnknownLimit]);
    }

    /// <summary>Ends it at once.</summary>
    public async Task<Error?> DeleteAsync(string userId, string tokenId, CancellationToken cancellation)
    {
        await using var command = database.Command("delete from catalog.tokens where id = $1 and user_id = $2 and pybase.acts($2)", tokenId, userId);
        return await command.ExecuteNonQueryAsync(cancellation) == 1 ? null : AccountErrors.TokenNotFound;
    }
}
