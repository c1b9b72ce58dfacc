using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using PyBase.Core.Accounts;
using PyBase.Core.Errors;
using PyBase.Core.Ids;
using PyBase.Storage.Catalog;

namespace PyBase.Storage.Accounts;

/// <summary>An account somebody asks for.</summary>
public sealed record NewAccount(string Email, string Password, string Name, string? Invitation, string? SetupCode);

/// <summary>Somebody who has just shown who they are.</summary>
public sealed record SignedIn(User User, Workspace? Workspace);

/// <summary>Makes accounts. The very first is let in whatever the mode, and owns the installation.</summary>
public sealed class SignUps(CatalogContext catalog, Passwords passwords, TimeProvider clock)
{
    const long FirstAccountLock = 0x5079_4261_7366;

    /// <summary>The account with a workspace of its own, or in the workspace it was invited to.</summary>
    public async Task<Result<SignedIn>> AddAsync(NewAccount account, SignUpPolicy policy, bool setupCodeNeeded, CancellationToken cancellation)
    {
        // Asked before the password is hashed, which costs, and again when nobody can come in between.
        if (await RefusalAsync(account, policy, setupCodeNeeded, cancellation) is { } early)
            return early;
        var hash = await passwords.HashAsync(account.Password, cancellation);

        await using var transaction = await catalog.Database.BeginTransactionAsync(cancellation);
        if (!await catalog.Users.AnyAsync(cancellation))
            await catalog.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({FirstAccountLock})", cancellation);
        if (await RefusalAsync(account, policy, setupCodeNeeded, cancellation) is { } refusal)
            return refusal;

        var isFirst = !await catalog.Users.AnyAsync(cancellation);
        var now = clock.GetUtcNow();
        var user = new User
        {
            Id = Id.New("usr"),
            Email = account.Email.Trim(),
            NormalisedEmail = EmailAddress.Normalise(account.Email),
            Name = account.Name.Trim(),
            PasswordHash = hash,
            SecurityStamp = RandomNumberGenerator.GetHexString(32, lowercase: true),
            IsInstallationOwner = isFirst,
            CreatedTime = now,
        };
        await catalog.Database.ExecuteSqlAsync($"select pybase.acts({user.Id})", cancellation);
        catalog.Add(user);
        Workspace workspace;
        var role = Role.Owner;
        if (account.Invitation is { } secret)
        {
            if (!(await Invitations.ClaimAsync(catalog, secret, user.NormalisedEmail, now, cancellation)).TryGet(out var invitation, out var error))
                return error;
            workspace = await catalog.Workspaces.SingleAsync(w => w.Id == invitation.WorkspaceId, cancellation);
            role = invitation.Role;
        }
        else
            catalog.Add(workspace = new Workspace { Id = Id.New("wsp"), Name = $"{user.Name}'s workspace", CreatedTime = now });
        catalog.Add(new Member { WorkspaceId = workspace.Id, UserId = user.Id, Role = role, CreatedTime = now });
        try
        {
            await catalog.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException failed) when (failed.InnerException is PostgresException
            { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "ix_users_normalised_email" })
        {
            return AccountErrors.EmailTaken;
        }
        // The invitation came to the address.
        if (account.Invitation is not null)
            await catalog.Database.ExecuteSqlAsync($"insert into pybase.confirmed_addresses (user_id, time) values ({user.Id}, {now})", cancellation);
        if (isFirst)
            await catalog.Setups.ExecuteDeleteAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return new SignedIn(user, workspace);
    }

    /// <summary>The code of the first sign-up, made when there is none; null once there is an account.</summary>
    public async Task<string?> SetupCodeAsync(CancellationToken cancellation)
    {
        var fresh = string.Join('-', Enumerable.Range(0, 3).Select(_ => RandomNumberGenerator.GetString("ABCDEFGHJKMNPQRSTUVWXYZ23456789", 4)));
        await catalog.Database.ExecuteSqlAsync($"""
            insert into catalog.setup (only_one, code) select true, {fresh}
            where not exists (select from catalog.users) on conflict do nothing
            """, cancellation);
        return await catalog.Setups.Where(_ => !catalog.Users.Any()).Select(setup => setup.Code).SingleOrDefaultAsync(cancellation);
    }

    async Task<Error?> RefusalAsync(NewAccount account, SignUpPolicy policy, bool setupCodeNeeded, CancellationToken cancellation)
    {
        if (!await catalog.Users.AnyAsync(cancellation))
            return setupCodeNeeded && !await IsSetupCodeAsync(account.SetupCode, cancellation) ? AccountErrors.SetupCodeWrong : null;
        if (policy.Refuse(account.Email, account.Invitation is not null) is { } refusal)
            return refusal;
        return account.Invitation is { } secret
            ? (await Invitations.FindAsync(catalog, secret, EmailAddress.Normalise(account.Email), clock.GetUtcNow(), cancellation)).Error : null;
    }

    async Task<bool> IsSetupCodeAsync(string? given, CancellationToken cancellation) =>
        given is not null && await catalog.Setups.Select(setup => setup.Code).SingleOrDefaultAsync(cancellation) is { } code
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given.Trim().ToUpperInvariant()), Encoding.UTF8.GetBytes(code));
}
