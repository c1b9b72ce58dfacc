using Microsoft.EntityFrameworkCore;
using PyBase.Core.Accounts;
using PyBase.Core.Errors;
using PyBase.Core.Ids;
using PyBase.Storage.Catalog;

namespace PyBase.Storage.Accounts;

/// <summary>A workspace as one of its members sees it.</summary>
public sealed record MyWorkspace(string Id, string Name, Role Role);

/// <summary>Workspaces of a user.</summary>
public sealed class Workspaces(CatalogContext catalog, TimeProvider clock)
{
    /// <summary>In the order in which the user came to them.</summary>
    public Task<List<MyWorkspace>> ListAsync(string userId, CancellationToken cancellation) =>
        catalog.Members.Where(m => m.UserId == userId)
            .Join(catalog.Workspaces, m => m.WorkspaceId, w => w.Id, (m, w) => new { m.CreatedTime, m.Role, w.Id, w.Name })
            .OrderBy(row => row.CreatedTime).ThenBy(row => row.Id)
            .Select(row => new MyWorkspace(row.Id, row.Name, row.Role)).ToListAsync(cancellation);

    /// <summary>A new one, which the user owns.</summary>
    public async Task<Result<MyWorkspace>> AddAsync(string userId, string? name, CancellationToken cancellation)
    {
        if (AccountRules.Faults(AccountRules.Name(name)) is { Count: > 0 } faults)
            return AccountErrors.InvalidWorkspace(faults);
        var now = clock.GetUtcNow();
        var workspace = new Workspace { Id = Id.New("wsp"), Name = name!.Trim(), CreatedTime = now };
        catalog.AddRange(workspace, new Member { WorkspaceId = workspace.Id, UserId = userId, Role = Role.Owner, CreatedTime = now });
        await using var transaction = await catalog.Database.BeginTransactionAsync(cancellation);
        await catalog.Database.ExecuteSqlAsync($"select pybase.acts({userId})", cancellation);
        await catalog.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return new MyWorkspace(workspace.Id, workspace.Name, Role.Owner);
    }

    /// <summary>Into the workspace that an invitation names, for somebody who has an account already.</summary>
    public async Task<Result<MyWorkspace>> JoinAsync(CurrentUser user, string secret, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await catalog.Database.BeginTransactionAsync(cancellation);
        if (!(await Invitations.ClaimAsync(catalog, secret, EmailAddress.Normalise(user.Email), now, cancellation)).TryGet(out var invitation, out var error))
            return error;
        // Somebody who is there already stays what they are.
        await catalog.Database.ExecuteSqlAsync($"""
            insert into catalog.members (workspace_id, user_id, role, created_time)
            select {invitation.WorkspaceId}, {user.Id}, {invitation.Role.Name()}, {now} where pybase.acts({user.Id}) on conflict do nothing
            """, cancellation);
        await transaction.CommitAsync(cancellation);
        return (await ListAsync(user.Id, cancellation)).Single(workspace => workspace.Id == invitation.WorkspaceId);
    }
}
