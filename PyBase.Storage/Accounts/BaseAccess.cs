using Npgsql;
using PyBase.Core.Accounts;
using PyBase.Core.Errors;
using PyBase.Core.Permissions;
using PyBase.Core.Records;
using PyBase.Storage.Postgres;

namespace PyBase.Storage.Accounts;

/// <summary>A base somebody may enter.</summary>
/// <param name="Id"><c>app…</c></param>
/// <param name="Name">What people call it.</param>
/// <param name="Role">What the asker is in it.</param>
/// <param name="WorkspaceId">Where it belongs.</param>
/// <param name="CreatedTime">When it was made.</param>
public sealed record AccessibleBase(string Id, string Name, Role Role, string WorkspaceId, DateTimeOffset CreatedTime);

/// <summary>
/// Who may enter what, always asked from the catalog: a member who is removed loses access with the next request, so nothing is kept here.
/// </summary>
public sealed class BaseAccess(NpgsqlDataSource database)
{
    /// <summary>What the user is in the base; null when there is no such base or they are not a member of its workspace.</summary>
    public async Task<Role?> RoleInBaseAsync(string userId, string baseId, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("""
            select m.role from catalog.bases b join catalog.members m on m.workspace_id = b.workspace_id
            where b.id = $1 and m.user_id = $2
            """);
        command.Parameters.Add(new() { Value = baseId });
        command.Parameters.Add(new() { Value = userId });
        return Roles.Parse((string?)await command.ExecuteScalarAsync(cancellation));
    }

    /// <summary>The user as rules of the base ask about them; null when they are not a member.</summary>
    public async Task<Reader?> FindReaderAsync(string userId, string baseId, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("""
            select u.email, m.role from catalog.bases b join catalog.members m on m.workspace_id = b.workspace_id join catalog.users u on u.id = m.user_id
            where b.id = $1 and m.user_id = $2
            """);
        command.Parameters.Add(new() { Value = baseId });
        command.Parameters.Add(new() { Value = userId });
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation) && Roles.Parse(row.GetString(1)) is { } role ? new Reader(userId, row.GetString(0), role) : null;
    }

    /// <summary>Those of the pairs whose user may still enter the base, with what they are there, in one question.</summary>
    public async Task<IReadOnlyDictionary<(string User, string Base), Role>> MembersAmongAsync(IReadOnlyCollection<(string User, string Base)> pairs, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("""
            select m.user_id, b.id, m.role from unnest($1, $2) as asked(user_id, base)
            join catalog.bases b on b.id = asked.base join catalog.members m on m.workspace_id = b.workspace_id and m.user_id = asked.user_id
            """);
        command.Parameters.Add(new() { Value = pairs.Select(p => p.User).ToArray() });
        command.Parameters.Add(new() { Value = pairs.Select(p => p.Base).ToArray() });
        var members = new Dictionary<(string, string), Role>();
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
            members[(row.GetString(0), row.GetString(1))] = Roles.Parse(row.GetString(2))!.Value;
        return members;
    }

    /// <summary>What the user is in the workspace; null when there is none or they are not a member.</summary>
    public async Task<Role?> RoleInWorkspaceAsync(string userId, string workspaceId, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select role from catalog.members where workspace_id = $1 and user_id = $2");
        command.Parameters.Add(new() { Value = workspaceId });
        command.Parameters.Add(new() { Value = userId });
        return Roles.Parse((string?)await command.ExecuteScalarAsync(cancellation));
    }

    /// <summary>All bases the user may enter, oldest first.</summary>
    public async Task<IReadOnlyList<AccessibleBase>> BasesOfAsync(string userId, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("""
            select b.id, b.name, m.role, b.workspace_id, b.created_time
            from catalog.members m join catalog.bases b on b.workspace_id = m.workspace_id
            where m.user_id = $1 order by b.created_time, b.id
            """);
        command.Parameters.Add(new() { Value = userId });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var bases = new List<AccessibleBase>();
        while (await reader.ReadAsync(cancellation))
            bases.Add(new(reader.GetString(0), reader.GetString(1), Roles.Parse(reader.GetString(2))!.Value, reader.GetString(3),
                reader.GetFieldValue<DateTimeOffset>(4)));
        return bases;
    }

    /// <summary>Some of the bases the user may enter, oldest first, and where to go on; an error for an offset that was not made here.</summary>
    public async Task<Result<(IReadOnlyList<AccessibleBase> Bases, string? Offset)>> BasesOfAsync(string userId, int size, string? offset, CancellationToken cancellation)
    {
        if (!TimeCursor.TryOpen(offset, "app", out var after))
            return RecordErrors.InvalidOffset;
        await using var command = database.CreateCommand($"""
            select b.id, b.name, m.role, b.workspace_id, b.created_time
            from catalog.members m join catalog.bases b on b.workspace_id = m.workspace_id
            where m.user_id = $1 {(after is null ? "" : "and (b.created_time, b.id) > ($3, $4)")} order by b.created_time, b.id limit $2
            """);
        foreach (var value in (object[])[userId, size + 1, .. after is { } last ? (object[])[last.Created, last.Id] : []])
            command.Parameters.Add(new() { Value = value });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var bases = new List<AccessibleBase>();
        while (await reader.ReadAsync(cancellation))
            bases.Add(new(reader.GetString(0), reader.GetString(1), Roles.Parse(reader.GetString(2))!.Value, reader.GetString(3), reader.GetFieldValue<DateTimeOffset>(4)));
        return ([.. bases.Take(size)], bases.Count > size ? TimeCursor.Seal(bases[size - 1].CreatedTime, bases[size - 1].Id) : null);
    }

    /// <summary>A base that the user may enter.</summary>
    public async Task<AccessibleBase?> FindBaseAsync(string userId, string baseId, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("""
            select b.id, b.name, m.role, b.workspace_id, b.created_time from catalog.bases b join catalog.members m on m.workspace_id = b.workspace_id
            where b.id = $1 and m.user_id = $2
            """);
        command.Parameters.Add(new() { Value = baseId });
        command.Parameters.Add(new() { Value = userId });
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation)
            ? new(row.GetString(0), row.GetString(1), Roles.Parse(row.GetString(2))!.Value, row.GetString(3), row.GetFieldValue<DateTimeOffset>(4)) : null;
    }

    /// <summary>A workspace that the user is a member of, with its bases.</summary>
    public async Task<(string Name, DateTimeOffset CreatedTime, Role Role, IReadOnlyList<string> Bases)?> FindWorkspaceAsync(string userId, string workspaceId, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("""
            select w.name, w.created_time, m.role, array(select b.id from catalog.bases b where b.workspace_id = w.id order by b.created_time, b.id)
            from catalog.workspaces w join catalog.members m on m.workspace_id = w.id where w.id = $1 and m.user_id = $2
            """);
        command.Parameters.Add(new() { Value = workspaceId });
        command.Parameters.Add(new() { Value = userId });
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation)
            ? (row.GetString(0), row.GetFieldValue<DateTimeOffset>(1), Roles.Parse(row.GetString(2))!.Value, row.GetFieldValue<string[]>(3)) : null;
    }

    /// <summary>The owner of the installation and their oldest own workspace; null before the first sign-up.</summary>
    public async Task<(string UserId, string WorkspaceId)?> InstallationOwnerAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("""
            select u.id, w.id from catalog.users u join catalog.members m on m.user_id = u.id and m.role = 'owner' join catalog.workspaces w on w.id = m.workspace_id
            where u.is_installation_owner order by w.created_time, w.id limit 1
            """);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation) ? (row.GetString(0), row.GetString(1)) : null;
    }
}
