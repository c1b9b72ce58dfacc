using Npgsql;
using PyBase.Core.Accounts;
using PyBase.Core.Errors;
using PyBase.Core.Ids;
using PyBase.Core.Mails;
using PyBase.Storage.Mails;

namespace PyBase.Storage.Accounts;

/// <summary>Somebody in a workspace.</summary>
public sealed record WorkspaceMember(string Id, string Email, string Name, Role Role);

/// <summary>A place kept for an address; only who may manage members sees these.</summary>
public sealed record OpenInvitation(string Id, string Email, Role Role, DateTimeOffset Expires);

/// <summary>Who is in a workspace.</summary>
public sealed record Membership(IReadOnlyList<WorkspaceMember> Members, IReadOnlyList<OpenInvitation> Invitations);

/// <summary>What adding somebody came to: a member, or an invitation with the secret for its link.</summary>
public sealed record Added(WorkspaceMember? Member, string? InvitationId, string? Secret);

/// <summary>
/// Members of workspaces. Every change is one batch, which PostgreSQL runs as one transaction: lock the workspace, look, act. So two owners
/// who demote each other come one after the other. The permission is part of the statement that acts; what was looked up only explains
/// why nothing happened.
/// </summary>
public sealed class Members(NpgsqlDataSource database, SealedLinks seal, TimeProvider clock)
{
    const string Lock = "select pybase.acts($2) from catalog.workspaces where id = $1 for no key update";

    /// <summary>The actor's role and the other's.</summary>
    const string Look = """
        select (select role from catalog.members where workspace_id = $1 and user_id = $2),
               (select role from catalog.members where workspace_id = $1 and user_id = $3)
        """;

    /// <summary>Members, oldest first, and the open invitations for who manages them.</summary>
    public async Task<Result<Membership>> ListAsync(string actorId, string workspaceId, CancellationToken cancellation)
    {
        await using var batch = database.CreateBatch();
        Add(batch, """
            select u.id, u.email, u.name, m.role
            from catalog.members me join catalog.members m on m.workspace_id = me.workspace_id join catalog.users u on u.id = m.user_id
            where me.workspace_id = $1 and me.user_id = $2 order by m.created_time, u.id
            """, workspaceId, actorId);
        Add(batch, """
            select i.id, i.normalised_email, i.role, i.expires
            from catalog.members me join catalog.invitations i on i.workspace_id = me.workspace_id
            where me.workspace_id = $1 and me.user_id = $2 and me.role = any($3) and i.accepted_time is null and i.expires > $4
            order by i.created_time, i.id
            """, workspaceId, actorId, Permission.ManageMembers.Names(), clock.GetUtcNow());
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        var members = new List<WorkspaceMember>();
        while (await reader.ReadAsync(cancellation))
            members.Add(new(reader.GetString(0), reader.GetString(1), reader.GetString(2), RoleAt(reader, 3)!.Value));
        await reader.NextResultAsync(cancellation);
        var invitations = new List<OpenInvitation>();
        while (await reader.ReadAsync(cancellation))
            invitations.Add(new(reader.GetString(0), reader.GetString(1), RoleAt(reader, 2)!.Value, reader.GetFieldValue<DateTimeOffset>(3)));
        return members.Count > 0 ? new Membership(members, invitations) : AccountErrors.WorkspaceNotFound;
    }

    /// <summary>
    /// Makes the address's owner a member, or keeps them a place for seven days and writes to them. Inviting again replaces an open invitation.
    /// The link is <paramref name="joinAt"/> and the secret.
    /// </summary>
    public async Task<Result<Added>> AddAsync(string actorId, string workspaceId, string? email, string? roleName, string joinAt, CancellationToken cancellation)
    {
        if (AccountRules.Faults(AccountRules.Email(email), AccountRules.RoleName(roleName)) is { Count: > 0 } faults)
            return AccountErrors.InvalidMember(faults);
        var (address, role, now, secret, invitationId) = (EmailAddress.Normalise(email!), Roles.Parse(roleName)!.Value, clock.GetUtcNow(),
            Secrets.NewLink(), Id.New("inv"));
        const string mayAdd = "me.workspace_id = $1 and me.user_id = $2 and (me.role = 'owner' or me.role = 'admin' and $3 <> 'owner')";
        await using var batch = database.CreateBatch();
        Add(batch, Lock, workspaceId, actorId);
        Add(batch, """
            select (select role from catalog.members where workspace_id = $1 and user_id = $2),
                   (select m.role from catalog.members m join catalog.users u on u.id = m.user_id where m.workspace_id = $1 and u.normalised_email = $3)
            """, workspaceId, actorId, address);
        Add(batch, $"""
            with added as (
                insert into catalog.members (workspace_id, user_id, role, created_time)
                select me.workspace_id, u.id, $3, $5 from catalog.members me, catalog.users u
                where {mayAdd} and u.normalised_email = $4
                on conflict do nothing returning user_id, role
            )
            select u.id, u.email, u.name, a.role from added a join catalog.users u on u.id = a.user_id
            """, workspaceId, actorId, role.Name(), address, now);
        Add(batch, $"""
            delete from catalog.invitations i using catalog.members me
            where {mayAdd} and i.workspace_id = me.workspace_id and i.normalised_email = $4 and i.accepted_time is null
            """, workspaceId, actorId, role.Name(), address);
        Add(batch, $"""
            with invited as (
                insert into catalog.invitations (id, workspace_id, normalised_email, role, hash, expires, created_by, created_time)
                select $5, me.workspace_id, $4, $3, $6, $7, me.user_id, $8 from catalog.members me
                where {mayAdd} and not exists (select from catalog.users where normalised_email = $4)
                returning workspace_id, created_by
            )
            select pybase.enqueue_mail($9, jsonb_build_object('template', $10::text, 'to', $4, 'expires', $7, 'inviter', u.name, 'workspace', w.name, 'sealed', $11::text), null)
            from invited i join catalog.workspaces w on w.id = i.workspace_id join catalog.users u on u.id = i.created_by
            """, workspaceId, actorId, role.Name(), address, invitationId, Secrets.Hash(secret), now + Invitations.Lifetime, now,
            Id.New("job"), MailTemplates.Invitation, seal.Seal(joinAt + secret));

        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.NextResultAsync(cancellation);
        await reader.ReadAsync(cancellation);
        var (mine, theirs) = (RoleAt(reader, 0), RoleAt(reader, 1));
        await reader.NextResultAsync(cancellation);
        if (await reader.ReadAsync(cancellation))
            return new Added(new(reader.GetString(0), reader.GetString(1), reader.GetString(2), RoleAt(reader, 3)!.Value), null, null);
        await reader.NextResultAsync(cancellation);
        if (await reader.ReadAsync(cancellation))
            return new Added(null, invitationId, secret);
        return WhyNot(mine, Permission.ManageMembers)
            ?? (role is Role.Owner && mine is not Role.Owner ? AccountErrors.OwnersOnly : theirs is not null ? AccountErrors.AlreadyMember : AccountErrors.NotPermitted);
    }

    /// <summary>Gives a member another role.</summary>
    public async Task<Result<Role>> ChangeRoleAsync(string actorId, string workspaceId, string userId, string? roleName, CancellationToken cancellation)
    {
        if (AccountRules.Faults(AccountRules.RoleName(roleName)) is { Count: > 0 } faults)
            return AccountErrors.InvalidMember(faults);
        var role = Roles.Parse(roleName)!.Value;
        var (mine, theirs, done) = await ActAsync(actorId, workspaceId, userId, """
            update catalog.members m set role = $4 from catalog.members me
            where m.workspace_id = $1 and m.user_id = $3 and me.workspace_id = $1 and me.user_id = $2
              and (me.role = 'owner' or me.role = 'admin' and m.role <> 'owner' and $4 <> 'owner')
              and (m.role <> 'owner' or $4 = 'owner'
                   or exists (select from catalog.members o where o.workspace_id = $1 and o.role = 'owner' and o.user_id <> $3))
            returning m.user_id
            """, cancellation, role.Name());
        if (done)
            return role;
        if (WhyNot(mine, Permission.ManageMembers) is { } refusal)
            return refusal;
        if (theirs is null)
            return AccountErrors.MemberNotFound;
        return mine is not Role.Owner && (theirs is Role.Owner || role is Role.Owner) ? AccountErrors.OwnersOnly : AccountErrors.LastOwner;
    }

    /// <summary>Removes a member, oneself included, or withdraws an invitation (<c>inv…</c>).</summary>
    public async Task<Error?> RemoveAsync(string actorId, string workspaceId, string userOrInvitationId, CancellationToken cancellation)
    {
        var isInvitation = Id.Is(userOrInvitationId, "inv");
        var (mine, theirs, done) = await ActAsync(actorId, workspaceId, userOrInvitationId, isInvitation ? """
            delete from catalog.invitations i using catalog.members me
            where i.workspace_id = $1 and i.id = $3 and i.accepted_time is null
              and me.workspace_id = $1 and me.user_id = $2 and me.role in ('owner', 'admin')
            returning i.id
            """ : """
            delete from catalog.members m using catalog.members me
            where m.workspace_id = $1 and m.user_id = $3 and me.workspace_id = $1 and me.user_id = $2
              and (me.role = 'owner' or me.user_id = m.user_id or me.role = 'admin' and m.role <> 'owner')
              and (m.role <> 'owner'
                   or exists (select from catalog.members o where o.workspace_id = $1 and o.role = 'owner' and o.user_id <> $3))
            returning m.user_id
            """, cancellation);
        if (done)
            return null;
        if (actorId != userOrInvitationId && WhyNot(mine, Permission.ManageMembers) is { } refusal)
            return refusal;
        if (mine is null)
            return AccountErrors.WorkspaceNotFound;
        if (theirs is null)
            return AccountErrors.MemberNotFound;
        return mine is Role.Owner ? AccountErrors.LastOwner : AccountErrors.OwnersOnly;
    }

    async Task<(Role? Mine, Role? Theirs, bool Done)> ActAsync(
        string actorId, string workspaceId, string otherId, string act, CancellationToken cancellation, params object[] more)
    {
        await using var batch = database.CreateBatch();
        Add(batch, Lock, workspaceId, actorId);
        Add(batch, Look, workspaceId, actorId, otherId);
        Add(batch, act, [workspaceId, actorId, otherId, .. more]);
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.NextResultAsync(cancellation);
        await reader.ReadAsync(cancellation);
        var (mine, theirs) = (RoleAt(reader, 0), RoleAt(reader, 1));
        await reader.NextResultAsync(cancellation);
        return (mine, theirs, await reader.ReadAsync(cancellation));
    }

    static Error? WhyNot(Role? mine, Permission permission) =>
        mine is not { } role ? AccountErrors.WorkspaceNotFound : role.May(permission) ? null : AccountErrors.NotPermitted;

    static Role? RoleAt(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : Roles.Parse(reader.GetString(column));

    static void Add(NpgsqlBatch batch, string sql, params object[] values)
    {
        var command = batch.CreateBatchCommand();
        command.CommandText = sql;
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        batch.BatchCommands.Add(command);
    }
}
