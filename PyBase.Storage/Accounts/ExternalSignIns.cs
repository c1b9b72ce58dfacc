using System.Security.Cryptography;
using Npgsql;
using PyBase.Core.Accounts;
using PyBase.Core.Errors;
using PyBase.Core.Ids;
using PyBase.Storage.Postgres;

namespace PyBase.Storage.Accounts;

/// <summary>Somebody a provider vouches for.</summary>
/// <param name="Source">The provider as grants name it: <c>oidc:corp</c>.</param>
/// <param name="Issuer">Who says so.</param>
/// <param name="Subject">The issuer's name for them, which never becomes somebody else's.</param>
/// <param name="Email">Only one that the issuer has verified.</param>
/// <param name="Name">What others are to see.</param>
/// <param name="Granted">What their groups mean here.</param>
public sealed record ExternalPerson(string Source, string Issuer, string Subject, string? Email, string? Name, IReadOnlyCollection<(string Workspace, Role Role)> Granted);

/// <summary>Accounts of people who show who they are elsewhere.</summary>
public sealed class ExternalSignIns(NpgsqlDataSource database, TimeProvider clock)
{
    /// <summary>
    /// The account that the identity belongs to; else the one with its verified address, which is linked to it; else a new one, when
    /// <paramref name="mayCreate"/> refuses nothing.
    /// </summary>
    public async Task<Result<(string UserId, string SecurityStamp)>> EnterAsync(ExternalPerson person, Func<string, Error?> mayCreate, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        // The same person in two windows comes in one after the other.
        await ExecuteAsync(connection, transaction, "select pg_advisory_xact_lock(hashtextextended($1, 0))", cancellation, $"{person.Issuer} {person.Subject}");
        var user = await FindAsync(connection, transaction, """
            update catalog.external_identities i set last_used_time = $3 from catalog.users u
            where i.issuer = $1 and i.subject = $2 and u.id = i.user_id returning u.id, u.security_stamp
            """, cancellation, person.Issuer, person.Subject, clock.GetUtcNow());
        if (user is null)
        {
            if (person.Email is null)
                return AccountErrors.ExternalAddressUnverified;
            user = await LinkAsync(connection, transaction, person.Email, cancellation);
            if (user is null)
            {
                if (mayCreate(person.Email) is { } refused)
                    return refused;
                user = await CreateAsync(connection, transaction, person, cancellation);
            }
            if (user is null)
                return AccountErrors.SignUpByInvitation;
            await ExecuteAsync(connection, transaction, "insert into catalog.external_identities (issuer, subject, user_id, created_time, last_used_time) values ($1, $2, $3, $4, $4)",
                cancellation, person.Issuer, person.Subject, user.Value.Id, clock.GetUtcNow());
        }
        await using var grants = new NpgsqlBatch(connection, transaction);
        var whom = user.Value.Id;
        GrantedMembers.Replace(grants, person.Source, [whom], person.Granted.Select(one => (whom, one.Workspace, one.Role)), clock.GetUtcNow());
        await grants.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return (user.Value.Id, user.Value.Stamp);
    }

    /// <summary>
    /// Whoever made an account with this address never proved it, and may have waited for its owner to come: so with the link their password, sessions and
    /// tokens end. Not so the installation's owner, who would be locked out with the provider; they came with the set-up code.
    /// </summary>
    static async Task<(string Id, string Stamp)?> LinkAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, string email, CancellationToken cancellation)
    {
        var found = await FindAsync(connection, transaction, """
            update catalog.users set password_hash = case when is_installation_owner then password_hash else '' end,
                   security_stamp = case when is_installation_owner then security_stamp else $2 end
            where normalised_email = $1 and not is_service returning id, security_stamp
            """, cancellation, EmailAddress.Normalise(email), NewStamp());
        if (found is not { } user)
            return null;
        foreach (var table in (string[])["sessions", "tokens", "second_factors"])
            await ExecuteAsync(connection, transaction, $"delete from catalog.{table} t using catalog.users u where t.user_id = $1 and u.id = t.user_id and not u.is_installation_owner", cancellation, user.Id);
        return user;
    }

    /// <summary>Null when there is no account at all yet: the first one needs the set-up code.</summary>
    async Task<(string Id, string Stamp)?> CreateAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, ExternalPerson person, CancellationToken cancellation)
    {
        var (now, name) = (clock.GetUtcNow(), AccountRules.Name(person.Name) is null ? person.Name!.Trim() : person.Email!.Split('@')[0]);
        var made = await FindAsync(connection, transaction, """
            insert into catalog.users (id, email, normalised_email, name, password_hash, security_stamp, is_installation_owner, created_time)
            select $1, $2, $3, $4, '', $5, false, $6 where exists (select from catalog.users where is_installation_owner)
            on conflict do nothing returning id, security_stamp
            """, cancellation, Id.New("usr"), person.Email!.Trim(), EmailAddress.Normalise(person.Email), name, NewStamp(), now);
        if (made is { } user && person.Granted.Count == 0)
            await ExecuteAsync(connection, transaction, """
                with workspace as (insert into catalog.workspaces (id, name, created_time) values ($1, $2, $4) returning id)
                insert into catalog.members (workspace_id, user_id, role, created_time) select id, $3, 'owner', $4 from workspace
                """, cancellation, Id.New("wsp"), $"{name}'s workspace", user.Id, now);
        return made;
    }

    static string NewStamp() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    static async Task<(string Id, string Stamp)?> FindAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, string sql, CancellationToken cancellation, params object[] values)
    {
        await using var command = Make(connection, transaction, sql, values);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation) ? (row.GetString(0), row.GetString(1)) : null;
    }

    static async Task ExecuteAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, string sql, CancellationToken cancellation, params object[] values)
    {
        await using var command = Make(connection, transaction, sql, values);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    static NpgsqlCommand Make(NpgsqlConnection connection, NpgsqlTransaction transaction, string sql, object[] values)
    {
        var command = new NpgsqlCommand(sql, connection, transaction);
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        return command;
    }
}
