using System.Security.Cryptography;
using Npgsql;
using PyBase.Core.Accounts;
using PyBase.Core.Audit;
using PyBase.Core.Errors;
using PyBase.Storage.Postgres;
using PyBase.Storage.Shards;

namespace PyBase.Storage.Accounts;

/// <summary>Somebody with an account, for whoever runs the installation.</summary>
public sealed record AccountOwner(string Id, string Email, string Name, bool IsInstallationOwner, bool IsActive, DateTimeOffset CreatedTime);

/// <summary>Everybody with an account, and how what is personal of one goes.</summary>
public sealed class PersonStore(NpgsqlDataSource database, ShardDatabases shards, Sessions sessions, TimeProvider clock)
{
    /// <summary>Whoever is none of the people any more is called so.</summary>
    public const string ErasedName = "Erased person";

    /// <summary>By id, those whose name or address contains the words; who was erased is not among them.</summary>
    public async Task<IReadOnlyList<AccountOwner>> ListAsync(string? words, string? after, int count, CancellationToken cancellation)
    {
        await using var command = database.Command("""
            select id, email, name, is_installation_owner, deactivated_time is null, created_time from catalog.users
            where not is_service and email <> id || '@erased.invalid' and ($1 = '' or position(lower($1) in normalised_email) > 0 or position(lower($1) in lower(name)) > 0) and id > $2 order by id limit $3
            """, words ?? "", after ?? "", count);
        var people = new List<AccountOwner>();
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
            people.Add(new(row.GetString(0), row.GetString(1), row.GetString(2), row.GetBoolean(3), row.GetBoolean(4), row.GetFieldValue<DateTimeOffset>(5)));
        return people;
    }

    /// <summary>
    /// Takes name, address, sessions, tokens, identities and notifications of a person away for good. What they did stays with an author who has no name. Workspaces that only they
    /// own go to whoever erases them, so that nothing of others is lost; the answer has their ids.
    /// </summary>
    public async Task<Result<string[]>> EraseAsync(string userId, string ownerId, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        // Workspaces first, as everybody who changes members does.
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.Add("select pybase.acts($2) from catalog.workspaces w where w.id in (select workspace_id from catalog.members where user_id = $1) order by w.id for no key update", userId, ownerId);
        batch.Add("""
            select u.normalised_email, u.is_installation_owner from catalog.users u
            where u.id = $1 and not u.is_service and u.email <> u.id || '@erased.invalid' and exists (select from catalog.users o where o.id = $2 and o.is_installation_owner) for update
            """, userId, ownerId);
        string address;
        await using (var row = await batch.ExecuteReaderAsync(cancellation))
        {
            await row.NextResultAsync(cancellation);
            if (!await row.ReadAsync(cancellation))
                return AccountErrors.PersonNotFound;
            if (row.GetBoolean(1))
                return AccountErrors.InstallationOwnerStays;
            address = row.GetString(0);
        }
        var taken = await TakeAsync(connection, transaction, userId, ownerId, cancellation);
        var ended = await EndAsync(connection, transaction, userId, ownerId, address, cancellation);
        // First there: while a shard is away nobody is told that it is done.
        foreach (var shard in shards.Others)
            await ForgetAsync(shard, userId, address, cancellation);
        await transaction.CommitAsync(cancellation);
        foreach (var session in ended)
            sessions.Forget(session);
        return taken;
    }

    async Task<string[]> TakeAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, string userId, string ownerId, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection, transaction);
        // Named after whoever came first.
        batch.Add("update catalog.workspaces w set name = 'Workspace' from catalog.users u where u.id = $1 and w.name = u.name || '''s workspace' and exists (select from catalog.members m where m.workspace_id = w.id and m.user_id = $1)", userId);
        batch.Add("""
            insert into catalog.members (workspace_id, user_id, role, created_time)
            select m.workspace_id, $2, 'owner', $3 from catalog.members m where m.user_id = $1 and m.role = 'owner'
              and not exists (select from catalog.members o where o.workspace_id = m.workspace_id and o.role = 'owner' and o.user_id <> $1)
            on conflict (workspace_id, user_id) do update set role = 'owner' returning workspace_id
            """, userId, ownerId, clock.GetUtcNow());
        return await IdsAsync(batch, cancellation);
    }

    /// <summary>Ids of the sessions that ended.</summary>
    async Task<string[]> EndAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, string userId, string ownerId, string address, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.Add("delete from catalog.sessions where user_id = $1 returning id", userId);
        foreach (var table in (string[])
            ["catalog.tokens", "catalog.second_factors", "catalog.external_identities", "catalog.granted_members", "catalog.directory_group_members", "catalog.members", "pybase.notification_preferences", "pybase.digest_times", "pybase.account_links", "pybase.confirmed_addresses"])
            batch.Add($"delete from {table} where user_id = $1", userId);
        batch.Add("delete from catalog.invitations where normalised_email = $1", address);
        batch.Add("""
            update catalog.users set email = id || '@erased.invalid', normalised_email = lower(id) || '@erased.invalid', name = $2, password_hash = '', security_stamp = $3, external_id = null,
                deactivated_time = coalesce(deactivated_time, $4), withdrawn_time = coalesce(withdrawn_time, $4) where id = $1
            """, userId, ErasedName, RandomNumberGenerator.GetHexString(32, lowercase: true), clock.GetUtcNow());
        foreach (var statement in Forgetting)
            batch.Add(statement, userId, address);
        batch.Add("select pybase.note($1, $2, null, null, $3, null, '{}')", AuditActs.PersonErased, ownerId, userId);
        return await IdsAsync(batch, cancellation);
    }

    /// <summary>What is theirs wherever bases are; <c>$1</c> is who, <c>$2</c> their address.</summary>
    static readonly string[] Forgetting =
    [
        "delete from pybase.notifications where user_id = $1 and $2::text is not null",
        "delete from pybase.jobs where kind = 'email' and lower(input ->> 'to') = $2 and $1::text is not null",
        // Where they came from is theirs too; that they came is the installation's.
        "update pybase.audit set address = null, details = details - 'device' - 'name' where (actor = $1 or subject = $1 or details ->> 'user' = $1) and (address is not null or details ?| array['device', 'name']) and $2::text is not null",
    ];

    static async Task ForgetAsync(NpgsqlDataSource shard, string userId, string address, CancellationToken cancellation)
    {
        await using var batch = shard.CreateBatch();
        foreach (var statement in Forgetting)
            batch.Add(statement, userId, address);
        await batch.ExecuteNonQueryAsync(cancellation);
    }

    static async Task<string[]> IdsAsync(NpgsqlBatch batch, CancellationToken cancellation)
    {
        var ids = new List<string>();
        await using var row = await batch.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
            ids.Add(row.GetString(0));
        while (await row.NextResultAsync(cancellation))
        {
            // To the end: an error of a later statement comes there.
        }
        return [.. ids];
    }
}
