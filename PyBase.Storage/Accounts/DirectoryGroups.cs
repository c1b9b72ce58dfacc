using Npgsql;
using PyBase.Core.Accounts;
using PyBase.Core.Errors;
using PyBase.Core.Ids;
using PyBase.Storage.Postgres;

namespace PyBase.Storage.Accounts;

/// <summary>A group as a directory sees it; <paramref name="Roles"/> is what it means here.</summary>
public sealed record DirectoryGroup(string Id, string Name, string? ExternalId, IReadOnlyList<string> Members, IReadOnlyList<(string Workspace, Role Role)> Roles);

/// <summary>What becomes of a group; null stays as it is.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ExternalId">The directory's own name for it.</param>
/// <param name="Members">All of them from now on.</param>
/// <param name="Added">Those who come.</param>
/// <param name="Removed">Those who go.</param>
public sealed record GroupChange(string? Name = null, string? ExternalId = null, IReadOnlyCollection<string>? Members = null,
    IReadOnlyCollection<string>? Added = null, IReadOnlyCollection<string>? Removed = null);

/// <summary>Groups of a directory. Whoever is in one has its roles from the same transaction on, and loses them with it.</summary>
public sealed class DirectoryGroups(NpgsqlDataSource database, TimeProvider clock)
{
    const string Source = "scim";

    /// <summary>A page; <paramref name="start"/> counts from 0.</summary>
    public async Task<DirectoryPage<DirectoryGroup>> ListAsync(DirectoryFilter? filter, int start, int count, CancellationToken cancellation)
    {
        var where = filter?.Attribute switch { null => "$1::text is null", "displayname" => "lower(g.name) = lower($1)", "externalid" => "g.external_id = $1", _ => "g.id = $1" };
        await using var batch = database.CreateBatch();
        batch.Add($"select count(*)::int from catalog.directory_groups g where {where}", filter?.Value);
        batch.Add($"""
            select g.id, g.name, g.external_id,
                   array(select m.user_id from catalog.directory_group_members m where m.group_id = g.id order by m.user_id),
                   array(select r.workspace_id from catalog.directory_group_roles r where r.group_id = g.id order by r.workspace_id),
                   array(select r.role from catalog.directory_group_roles r where r.group_id = g.id order by r.workspace_id)
            from catalog.directory_groups g where {where} order by g.created_time, g.id offset $2 limit $3
            """, filter?.Value, start, count);
        await using var row = await batch.ExecuteReaderAsync(cancellation);
        await row.ReadAsync(cancellation);
        var (total, groups) = (row.GetInt32(0), new List<DirectoryGroup>());
        await row.NextResultAsync(cancellation);
        while (await row.ReadAsync(cancellation))
            groups.Add(new(row.GetString(0), row.GetString(1), row.IsDBNull(2) ? null : row.GetString(2), row.GetFieldValue<string[]>(3),
                [.. row.GetFieldValue<string[]>(4).Zip(row.GetFieldValue<string[]>(5).Select(role => Roles.Parse(role)!.Value))]));
        return new(total, groups);
    }

    /// <summary>One group.</summary>
    public async Task<Result<DirectoryGroup>> FindAsync(string id, CancellationToken cancellation) =>
        (await ListAsync(new("id", id), 0, 1, cancellation)).Items is [var found] ? found : DirectoryErrors.NotFound;

    /// <summary>A new group with its members; who is no account here is passed over.</summary>
    public async Task<Result<DirectoryGroup>> AddAsync(GroupChange change, CancellationToken cancellation)
    {
        var id = Id.New("grp");
        return await ActAsync(id, "insert into catalog.directory_groups (id, name, external_id, created_time) values ($1, $2, $3, $4) returning id",
            [id, change.Name!.Trim(), change.ExternalId, clock.GetUtcNow()], change, cancellation) is { } error ? error : await FindAsync(id, cancellation);
    }

    /// <summary>Changes what is said.</summary>
    public async Task<Result<DirectoryGroup>> ChangeAsync(string id, GroupChange change, CancellationToken cancellation) =>
        await ActAsync(id, "update catalog.directory_groups set name = coalesce($2, name), external_id = coalesce($3, external_id) where id = $1 returning id",
            [id, change.Name?.Trim(), change.ExternalId], change, cancellation) is { } error ? error : await FindAsync(id, cancellation);

    /// <summary>Takes it away with all it granted.</summary>
    public Task<Error?> RemoveAsync(string id, CancellationToken cancellation) =>
        ActAsync(id, "delete from catalog.directory_groups where id = $1 returning id", [id], new(), cancellation);

    /// <summary>What the group means here from now on.</summary>
    public async Task<Result<DirectoryGroup>> SetRolesAsync(string id, IReadOnlyCollection<(string Workspace, Role Role)> roles, CancellationToken cancellation) =>
        await ActAsync(id, """
            with gone as (delete from catalog.directory_group_roles where group_id = $1 and workspace_id <> all($2)),
            set as (
                insert into catalog.directory_group_roles (group_id, workspace_id, role)
                select g.id, w.id, wanted.role from unnest($2, $3) as wanted(id, role)
                join catalog.workspaces w on w.id = wanted.id join catalog.directory_groups g on g.id = $1
                on conflict (group_id, workspace_id) do update set role = excluded.role
            )
            select id from catalog.directory_groups where id = $1
            """, [id, roles.Select(one => one.Workspace).ToArray(), roles.Select(one => one.Role.Name()).ToArray()], new(), cancellation) is { } error ? error : await FindAsync(id, cancellation);

    async Task<Error?> ActAsync(string id, string act, object?[] values, GroupChange change, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        // One change of groups at a time: what somebody is granted depends on all of theirs.
        var touched = await MembersAsync(connection, transaction, "select pg_advisory_xact_lock(hashtextextended('pybase.directory', 0)), 1", "select user_id from catalog.directory_group_members where group_id = $1", id, cancellation);
        try
        {
            await using var first = new NpgsqlBatch(connection, transaction);
            first.Add(act, values);
            if (await first.ExecuteScalarAsync(cancellation) is null)
                return DirectoryErrors.NotFound;
        }
        catch (PostgresException taken) when (taken.SqlState is PostgresErrorCodes.UniqueViolation)
        {
            return DirectoryErrors.NotUnique;
        }
        await using var members = new NpgsqlBatch(connection, transaction);
        members.Add("delete from catalog.directory_group_members where group_id = $1 and (user_id = any($2) or $3 and user_id <> all($4))",
            id, (change.Removed ?? []).ToArray(), change.Members is not null, (change.Members ?? []).ToArray());
        members.Add("""
            insert into catalog.directory_group_members (group_id, user_id)
            select g.id, u.id from catalog.directory_groups g, catalog.users u where g.id = $1 and u.id = any($2) and not u.is_service and u.withdrawn_time is null on conflict do nothing
            """, id, (change.Members ?? []).Concat(change.Added ?? []).ToArray());
        await members.ExecuteNonQueryAsync(cancellation);
        touched.UnionWith(await MembersAsync(connection, transaction, "select 1", "select user_id from catalog.directory_group_members where group_id = $1", id, cancellation));
        await GrantAsync(connection, transaction, [.. touched], cancellation);
        await transaction.CommitAsync(cancellation);
        return null;
    }

    async Task GrantAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, string[] users, CancellationToken cancellation)
    {
        var granted = new List<(string User, string Workspace, Role Role)>();
        await using (var ask = new NpgsqlBatch(connection, transaction))
        {
            ask.Add("""
                select m.user_id, r.workspace_id, r.role from catalog.directory_group_members m join catalog.directory_group_roles r on r.group_id = m.group_id
                where m.user_id = any($1)
                """, [users]);
            await using var row = await ask.ExecuteReaderAsync(cancellation);
            while (await row.ReadAsync(cancellation))
                granted.Add((row.GetString(0), row.GetString(1), Roles.Parse(row.GetString(2))!.Value));
        }
        await using var batch = new NpgsqlBatch(connection, transaction);
        GrantedMembers.Replace(batch, Source, users, granted, clock.GetUtcNow());
        await batch.ExecuteNonQueryAsync(cancellation);
    }

    static async Task<HashSet<string>> MembersAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, string before, string sql, string id, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.Add(before);
        batch.Add(sql, id);
        var members = new HashSet<string>(StringComparer.Ordinal);
        await using var row = await batch.ExecuteReaderAsync(cancellation);
        await row.NextResultAsync(cancellation);
        while (await row.ReadAsync(cancellation))
            members.Add(row.GetString(0));
        return members;
    }
}
