using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using PyBase.Storage.Shards;

namespace PyBase.Storage.Accounts;

/// <summary>
/// <c>Authorization: Bearer pat…</c>: asked from the catalog each time, so that a deleted token stops at once; by the endpoint itself where it has the mark
/// <see cref="ChecksToken"/>.
/// </summary>
sealed class TokenAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, NpgsqlDataSource database, ShardSettings shards, KnownTokens known)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "token";
    const string Prefix = "Bearer ";

    /// <summary>True when the request brings a token, which then decides; a cookie that comes along is not looked at.</summary>
    public static bool IsUsedBy(HttpRequest request) =>
        request.Headers.Authorization.ToString().StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!IsUsedBy(Request))
            return AuthenticateResult.NoResult();
        var token = Request.Headers.Authorization.ToString()[Prefix.Length..].Trim();
        return Secrets.IsToken(token) && await FindAsync(Secrets.Hash(token)) is { } user
            ? AuthenticateResult.Success(new(user.ToPrincipal(SchemeName), SchemeName))
            : AuthenticateResult.Fail("No such token, or it has expired.");
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => Refusal.ChallengeAsync(Context);

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Refusal.ForbidAsync(Context);

    async Task<CurrentUser?> FindAsync(byte[] hash)
    {
        if (Context.GetEndpoint()?.Metadata.GetMetadata<ChecksToken>() is not null && known.Find(hash) is { } seen)
        {
            Context.Features.Set(new PendingToken(hash));
            return seen;
        }
        var found = await shards.FindPersonAsync(() => AskAsync(hash), Context.RequestAborted);
        // What a limited token may enter can grow within the minute.
        if (found is { Limits: null })
            known.Add(hash, found);
        return found;
    }

    /// <summary>One statement; it writes only when the last use is a minute ago.</summary>
    async Task<CurrentUser?> AskAsync(byte[] hash)
    {
        await using var command = database.CreateCommand("""
            with found as (
                select t.id, t.scopes, t.limited_to, u.id as user_id, u.email, u.name, u.is_installation_owner
                from catalog.tokens t join catalog.users u on u.id = t.user_id
                where t.hash = $1 and (t.expires is null or t.expires > $2) and u.deactivated_time is null
            ), used as (
                update catalog.tokens t set last_used_time = $2 from found
                where t.id = found.id and (t.last_used_time is null or t.last_used_time <= $2 - interval '1 minute')
            )
            select user_id, email, name, is_installation_owner, scopes, id,
                   limited_to || array(select b.id from catalog.bases b where b.workspace_id = any(limited_to))
            from found
            """);
        command.Parameters.Add(new() { Value = hash });
        command.Parameters.Add(new() { Value = TimeProvider.GetUtcNow() });
        await using var reader = await command.ExecuteReaderAsync(Context.RequestAborted);
        if (!await reader.ReadAsync(Context.RequestAborted))
            return null;
        var (scopes, limits) = (reader.GetFieldValue<string[]>(4), reader.GetFieldValue<string[]>(6));
        return new(reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetBoolean(3),
            scopes.Length > 0 ? scopes.ToHashSet(StringComparer.Ordinal) : null,
            limits.Length > 0 ? limits.ToHashSet(StringComparer.Ordinal) : null, reader.GetString(5));
    }
}
