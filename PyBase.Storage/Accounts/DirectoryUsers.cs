using System.Security.Cryptography;
using Npgsql;
using PyBase.Core.Accounts;
using PyBase.Core.Errors;
using PyBase.Core.Ids;
using PyBase.Storage.Postgres;

namespace PyBase.Storage.Accounts;

/// <summary>Somebody as a directory sees them.</summary>
public sealed record DirectoryUser(string Id, string UserName, string Name, string? ExternalId, bool IsActive, DateTimeOffset CreatedTime);

/// <summary>Some of many, and how many there are.</summary>
public sealed record DirectoryPage<T>(int Total, IReadOnlyList<T> Items);

/// <summary>
/// People's accounts as a directory makes, changes and takes them away. Somebody deactivated or removed has no session and no token from the same
/// transaction on; their row stays, as what they did is theirs.
/// </summary>
public sealed class DirectoryUsers(NpgsqlDataSource database, TimeProvider clock)
{
    const string Columns = "id, email, name, external_id, deactivated_time is null, created_time";
    const string Seen = "not is_service and withdrawn_time is null";

    /// <summary>A page; <paramref name="start"/> counts from 0.</summary>
    public async Task<DirectoryPage<DirectoryUser>> ListAsync(DirectoryFilter? filter, int start, int count, CancellationToken cancellation)
    {
        var (where, value) = filter switch
        {
            null => ("$1::text is null", null),
            { Attribute: "username" } => ("normalised_email = $1", EmailAddress.Normalise(filter.Value)),
            { Attribute: "externalid" } => ("external_id = $1", filter.Value),
            _ => ("id = $1", filter.Value),
        };
        await using var batch = database.CreateBatch();
        batch.Add($"select count(*)::int from catalog.users where {Seen} and {where}", value);
        batch.Add($"select {Columns} from catalog.users where {Seen} and {where} order by created_time, id offset $2 limit $3", value, start, count);
        await using var row = await batch.ExecuteReaderAsync(cancellation);
        await row.ReadAsync(cancellation);
        var (total, users) = (row.GetInt32(0), new List<DirectoryUser>());
        await row.NextResultAsync(cancellation);
        while (await row.ReadAsync(cancellation))
            users.Add(Read(row));
        return new(total, users);
    }

    /// <summary>A new account without a password; one that was removed comes back as it was.</summary>
    public async Task<Result<DirectoryUser>> AddAsync(DirectoryChange user, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        await using var command = database.Command($"""
            insert into catalog.users as u (id, email, normalised_email, name, external_id, password_hash, security_stamp, is_installation_owner, created_time, deactivated_time)
            values ($1, $2, $3, $4, $5, '', $6, false, $7, $8)
            on conflict (normalised_email) do update set email = excluded.email, name = excluded.name, external_id = excluded.external_id,
                deactivated_time = excluded.deactivated_time, withdrawn_time = null where u.withdrawn_time is not null
            returning {Columns}
            """, Id.New("usr"), user.UserName!.Trim(), EmailAddress.Normalise(user.UserName), user.Name?.Trim() ?? user.UserName.Split('@')[0].Trim(), user.ExternalId, NewStamp(), now,
            user.IsActive is false ? now : null);
        return await OneAsync(command, cancellation) is { } made ? made : DirectoryErrors.NotUnique;
    }

    /// <summary>Changes what is said.</summary>
    public async Task<Result<DirectoryUser>> ChangeAsync(string id, DirectoryChange change, CancellationToken cancellation)
    {
        await using var batch = database.CreateBatch();
        batch.Add($"""
            update catalog.users set email = coalesce($2, email), normalised_email = coalesce($3, normalised_email), name = coalesce($4, name), external_id = coalesce($5, external_id),
                deactivated_time = case when $6::boolean is null then deactivated_time when $6::boolean then null else coalesce(deactivated_time, $7) end,
                security_stamp = case when $6::boolean is false then $8 else security_stamp end
            where id = $1 and {Seen} and ($6::boolean is not false or not is_installation_owner) returning {Columns}
            """, id, change.UserName?.Trim(), change.UserName is { } name ? EmailAddress.Normalise(name) : null, change.Name?.Trim(), change.ExternalId, change.IsActive, clock.GetUtcNow(), NewStamp());
        EndCredentials(batch, id);
        try
        {
            await using var row = await batch.ExecuteReaderAsync(cancellation);
            if (await row.ReadAsync(cancellation))
                return Read(row);
        }
        catch (PostgresException taken) when (taken.SqlState is PostgresErrorCodes.UniqueViolation)
        {
            return DirectoryErrors.NotUnique;
        }
        return await WhyNotAsync(id, cancellation);
    }

    /// <summary>Takes somebody away: deactivated, in no group, and not seen from here any more.</summary>
    public async Task<Error?> RemoveAsync(string id, CancellationToken cancellation)
    {
        await using var batch = database.CreateBatch();
        batch.Add($"""
            update catalog.users set deactivated_time = coalesce(deactivated_time, $2), withdrawn_time = $2, security_stamp = $3
            where id = $1 and {Seen} and not is_installation_owner returning id
            """, id, clock.GetUtcNow(), NewStamp());
        EndCredentials(batch, id);
        const string removed = "exists (select from catalog.users where id = $1 and withdrawn_time is not null)";
        batch.Add($"delete from catalog.directory_group_members where user_id = $1 and {removed}", id);
        batch.Add($"""
            with gone as (delete from catalog.granted_members where user_id = $1 and {removed} returning workspace_id)
            delete from catalog.members m using gone where m.user_id = $1 and m.workspace_id = gone.workspace_id and m.role <> 'owner'
            """, id);
        return await batch.ExecuteScalarAsync(cancellation) is null ? await WhyNotAsync(id, cancellation) : null;
    }

    static void EndCredentials(NpgsqlBatch batch, string id)
    {
        foreach (var table in (string[])["sessions", "tokens"])
            batch.Add($"delete from catalog.{table} t using catalog.users u where t.user_id = $1 and u.id = $1 and u.deactivated_time is not null", id);
    }

    async Task<Error> WhyNotAsync(string id, CancellationToken cancellation)
    {
        await using var command = database.Command($"select {Columns} from catalog.users where id = $1 and {Seen}", id);
        return await OneAsync(command, cancellation) is null ? DirectoryErrors.NotFound : DirectoryErrors.OwnerStays;
    }

    static async Task<DirectoryUser?> OneAsync(NpgsqlCommand command, CancellationToken cancellation)
    {
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation) ? Read(row) : null;
    }

    static DirectoryUser Read(NpgsqlDataReader row) => new(row.GetString(0), row.GetString(1), row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3), row.GetBoolean(4), row.GetFieldValue<DateTimeOffset>(5));

    static string NewStamp() => RandomNumberGenerator.GetHexString(32, lowercase: true);
}
