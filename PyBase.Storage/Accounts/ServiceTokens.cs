using System.Security.Cryptography;
using Npgsql;
using PyBase.Core.Accounts;
using PyBase.Core.Errors;
using PyBase.Core.Ids;
using PyBase.Storage.Postgres;

namespace PyBase.Storage.Accounts;

/// <summary>A program of a workspace: its token, and what it is there.</summary>
/// <param name="Token">Limited to the workspace.</param>
/// <param name="UserId">The author of what it does.</param>
/// <param name="Role">Null when it was removed from the members, so that the token enters nothing.</param>
public sealed record ServiceToken(IssuedToken Token, string UserId, Role? Role);

/// <summary>
/// Tokens of programs. Each has an account of its own that is a member of one workspace and cannot sign in, so it outlives whoever made it, and history says
/// which program did something. Every change is one batch; the permission is part of each statement.
/// </summary>
public sealed class ServiceTokens(NpgsqlDataSource database, TimeProvider clock)
{
    const string Look = "select role from catalog.members where workspace_id = $1 and user_id = $2 and pybase.acts($2)";
    static readonly string[] MayManage = Permission.ManageMembers.Names();

    /// <summary>Oldest first, for who manages members.</summary>
    public async Task<Result<IReadOnlyList<ServiceToken>>> ListAsync(string actorId, string workspaceId, CancellationToken cancellation)
    {
        await using var batch = database.CreateBatch();
        batch.Add(Look, workspaceId, actorId);
        batch.Add($"""
            select {IssuedToken.Columns}, u.id, m.role
            from catalog.members me join catalog.tokens t on t.limited_to = array[me.workspace_id] join catalog.users u on u.id = t.user_id and u.is_service
            left join catalog.members m on m.workspace_id = me.workspace_id and m.user_id = u.id
            where me.workspace_id = $1 and me.user_id = $2 and me.role = any($3) order by t.created_time, t.id
            """, workspaceId, actorId, MayManage);
        await using var row = await batch.ExecuteReaderAsync(cancellation);
        if (await RefusalAsync(row, cancellation) is { } refusal)
            return refusal;
        var tokens = new List<ServiceToken>();
        while (await row.ReadAsync(cancellation))
            tokens.Add(new(IssuedToken.Read(row), row.GetString(7), row.IsDBNull(8) ? null : Roles.Parse(row.GetString(8))));
        return tokens;
    }

    /// <summary>A new program with its token, and the secret, which is nowhere else. Its role is at most that of who makes it, and never owner.</summary>
    public async Task<Result<(ServiceToken Token, string Secret)>> AddAsync(string actorId, string workspaceId, NewToken wanted, string? roleName, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        wanted = wanted with { LimitedTo = [workspaceId] };
        if ((IReadOnlyList<FieldFault>)[.. wanted.Faults(now), .. AccountRules.Faults(AccountRules.ServiceRole(roleName))] is { Count: > 0 } faults)
            return Id.Is(workspaceId, "wsp") ? AccountErrors.InvalidToken(faults) : AccountErrors.WorkspaceNotFound;
        var (token, secret, userId, role) = (wanted.Issue(now), Secrets.NewToken(), Id.New("usr"), Roles.Parse(roleName)!.Value);
        await using var batch = database.CreateBatch();
        batch.Add(Look, workspaceId, actorId);
        batch.Add("""
            insert into catalog.users (id, email, normalised_email, name, password_hash, security_stamp, is_installation_owner, is_service, created_time)
            select $4, $5, lower($5), $6, '', $7, false, true, $8 from catalog.members me
            where me.workspace_id = $1 and me.user_id = $2 and me.role = any($3)
            """, workspaceId, actorId, MayManage, userId, $"{userId}@service.invalid", token.Name, RandomNumberGenerator.GetHexString(32, lowercase: true), now);
        batch.Add("""
            insert into catalog.members (workspace_id, user_id, role, created_time)
            select me.workspace_id, u.id, $5, $6 from catalog.members me, catalog.users u
            where me.workspace_id = $1 and me.user_id = $2 and me.role = any($3) and u.id = $4
            """, workspaceId, actorId, MayManage, userId, role.Name(), now);
        batch.Add("""
            insert into catalog.tokens (id, user_id, name, hash, scopes, limited_to, expires, created_time)
            select $1, m.user_id, $3, $4, $5, $6, $7, $8 from catalog.members m where m.user_id = $2
            """, token.Id, userId, token.Name, Secrets.Hash(secret), token.Scopes.ToArray(), token.LimitedTo.ToArray(), token.Expires, now);
        await using var row = await batch.ExecuteReaderAsync(cancellation);
        return await RefusalAsync(row, cancellation) is { } refusal ? refusal : (new ServiceToken(token, userId, role), secret);
    }

    /// <summary>Ends it at once; its account stays as the author of what it did, in no workspace.</summary>
    public async Task<Error?> DeleteAsync(string actorId, string workspaceId, string tokenId, CancellationToken cancellation)
    {
        await using var batch = database.CreateBatch();
        batch.Add(Look, workspaceId, actorId);
        batch.Add("""
            with ended as (
                delete from catalog.tokens t using catalog.members me, catalog.users u
                where me.workspace_id = $1 and me.user_id = $2 and me.role = any($3)
                  and t.id = $4 and t.limited_to = array[me.workspace_id] and u.id = t.user_id and u.is_service returning u.id
            ), removed as (
                delete from catalog.members m using ended where m.user_id = ended.id
            )
            select id from ended
            """, workspaceId, actorId, MayManage, tokenId);
        await using var row = await batch.ExecuteReaderAsync(cancellation);
        if (await RefusalAsync(row, cancellation) is { } refusal)
            return refusal;
        return await row.ReadAsync(cancellation) ? null : AccountErrors.TokenNotFound;
    }

    /// <summary>Why the statements behind this one did nothing; null when the actor may.</summary>
    static async Task<Error?> RefusalAsync(NpgsqlDataReader row, CancellationToken cancellation)
    {
        var role = await row.ReadAsync(cancellation) ? Roles.Parse(row.GetString(0)) : null;
        await row.NextResultAsync(cancellation);
        return role is null ? AccountErrors.WorkspaceNotFound : role.Value.May(Permission.ManageMembers) ? null : AccountErrors.NotPermitted;
    }
}
