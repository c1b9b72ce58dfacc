using Microsoft.AspNetCore.Identity;
using Npgsql;
using NpgsqlTypes;
using PyBase.Core.Accounts;
using PyBase.Core.Errors;
using PyBase.Core.Ids;
using PyBase.Core.Schema;
using PyBase.Core.Shares;
using PyBase.Storage.Accounts;

namespace PyBase.Storage.Shares;

/// <summary>A link that works, and the base it leads into as it is now.</summary>
/// <param name="Share">The link.</param>
/// <param name="PasswordHash">What its password hashes to; null when it asks for none.</param>
/// <param name="Epoch">Of the base.</param>
/// <param name="SchemaVersion">Of the base.</param>
/// <param name="Asker">Whoever came by it, for a statement that lets them in itself.</param>
public sealed record WorkingShare(Share Share, string? PasswordHash, string Epoch, long SchemaVersion, Asker Asker);

/// <summary>Links for who has no account: kept as hashes, and asked for at each request, so that one that is revoked ends at once.</summary>
public sealed class ShareStore(NpgsqlDataSource data, Passwords passwords, TimeProvider clock)
{
    const string Columns = "s.id, s.base, s.kind, s.view, s.password_hash, s.created_by, s.created, s.expires, s.revoked";

    /// <summary>The links of a base that have not been cleared yet, newest first.</summary>
    public async Task<IReadOnlyList<Share>> ListAsync(string baseId, CancellationToken cancellation)
    {
        await using var command = data.CreateCommand($"select {Columns} from pybase.shares s where s.base = $1 order by s.created desc, s.id limit {2 * Share.MaxShares}");
        command.Parameters.Add(new() { Value = baseId });
        var shares = new List<Share>();
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
            shares.Add(Read(row));
        return shares;
    }

    /// <summary>A new link, and its secret, which is nowhere else. Whether the user may make one is asked where it is made.</summary>
    public async Task<Result<(Share Share, string Secret)>> AddAsync(string baseId, ShareKind kind, string viewId, string? password, DateTimeOffset? expires, string userId, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var until = expires?.ToUniversalTime() ?? now + Share.DefaultLife;
        if (Fault(password, until, now) is { } fault)
            return fault;
        var (share, secret) = (new Share(Id.New("shr"), baseId, kind, viewId, password is not null, userId, now, until, null), Secrets.NewLink());
        // Those that ended long ago go when others come.
        await using var command = data.CreateCommand("""
            with old as (delete from pybase.shares where base = $2 and coalesce(revoked, expires) < $9::timestamptz - interval '90 days')
            insert into pybase.shares (id, base, kind, view, token_hash, password_hash, created_by, created, expires)
            select $1, b.id, $3, $4, $5, $6, m.user_id, $9, $8 from catalog.bases b join catalog.members m on m.workspace_id = b.workspace_id
            where b.id = $2 and m.user_id = $7 and m.role = any($10)
              and (select count(*) from pybase.shares s where s.base = $2 and s.revoked is null and s.expires > $9) < $11
            """);
        object?[] values = [share.Id, baseId, Share.NameOf(kind), viewId, Secrets.Hash(secret), null, userId, until, now, Permission.EditSchema.Names(), Share.MaxShares];
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value ?? DBNull.Value });
        command.Parameters[5] = new() { Value = password is null ? DBNull.Value : await passwords.HashAsync(password, cancellation), NpgsqlDbType = NpgsqlDbType.Text };
        return await command.ExecuteNonQueryAsync(cancellation) == 1 ? (share, secret)
            : (await ListAsync(baseId, cancellation)).Count >= Share.MaxShares ? ShareErrors.TooManyShares : SchemaErrors.NotPermitted;
    }

    /// <summary>Other terms for a link that works; whoever has shown the old password is asked for the new one.</summary>
    public async Task<Result<Share>> ChangeAsync(string baseId, string shareId, ShareTerms terms, string userId, CancellationToken cancellation)
    {
        var (now, until) = (clock.GetUtcNow(), terms.Expires?.ToUniversalTime());
        if (Fault(terms.Password, until, now) is { } fault)
            return fault;
        await using var command = data.CreateCommand($"""
            update pybase.shares s set password_hash = case when $4 then $5 else s.password_hash end, expires = coalesce($6, s.expires) from catalog.bases b join catalog.members m on m.workspace_id = b.workspace_id
            where s.id = $1 and s.base = $2 and b.id = s.base and m.user_id = $3 and m.role = any($7) and s.revoked is null and s.expires > $8 and pybase.acts($3) returning {Columns}
            """);
        foreach (var value in (object[])[shareId, baseId, userId, terms.SetsPassword])
            command.Parameters.Add(new() { Value = value });
        command.Parameters.Add(new() { Value = terms.Password is { } password ? await passwords.HashAsync(password, cancellation) : DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = until ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        command.Parameters.Add(new() { Value = Permission.EditSchema.Names() });
        command.Parameters.Add(new() { Value = now });
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation) ? Read(row) : ShareErrors.Unknown;
    }

    static Error? Fault(string? password, DateTimeOffset? until, DateTimeOffset now) =>
        until <= now || until > now + Share.MaxLife ? ShareErrors.Invalid($"expires is a moment to come, at most {Share.MaxLife.Days} days from now")
        : password is { Length: < 4 or > AccountRules.MaxPassword } ? ShareErrors.Invalid($"a password has 4 to {AccountRules.MaxPassword} characters") : null;

    /// <summary>The link works no more; again changes nothing. False when the base has no such link, or the user may not.</summary>
    public async Task<bool> RevokeAsync(string baseId, string shareId, string userId, CancellationToken cancellation)
    {
        await using var command = data.CreateCommand("""
            update pybase.shares s set revoked = coalesce(s.revoked, $4) from catalog.bases b join catalog.members m on m.workspace_id = b.workspace_id
            where s.id = $1 and s.base = $2 and b.id = s.base and m.user_id = $3 and m.role = any($5) and pybase.acts($3)
            """);
        foreach (var value in (object[])[shareId, baseId, userId, clock.GetUtcNow(), Permission.EditSchema.Names()])
            command.Parameters.Add(new() { Value = value });
        return await command.ExecuteNonQueryAsync(cancellation) == 1;
    }

    /// <summary>What of a link is stored; null when it is none.</summary>
    public static byte[]? KeyOf(string secret) => Secrets.IsLink(secret) ? Secrets.Hash(secret) : null;

    /// <summary>What the link leads to; null when it never was, has expired or was revoked, and when the base is gone.</summary>
    public async Task<WorkingShare?> FindAsync(string secret, CancellationToken cancellation)
    {
        if (!Secrets.IsLink(secret))
            return null;
        await using var command = data.CreateCommand($"""
            select {Columns}, b.epoch, b.schema_version from pybase.shares s join pybase.bases b on b.id = s.base and b.state = 'open'
            where s.token_hash = $1 and s.revoked is null and s.expires > $2
            """);
        var hash = Secrets.Hash(secret);
        command.Parameters.Add(new() { Value = hash });
        command.Parameters.Add(new() { Value = clock.GetUtcNow() });
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation) ? new WorkingShare(Read(row), row.IsDBNull(4) ? null : row.GetString(4), row.GetString(9), row.GetInt64(10), new Asker("", null, hash)) : null;
    }

    /// <summary>Whether this is the link's password; as slow for a wrong one as for the right one.</summary>
    public async Task<bool> OpensAsync(WorkingShare share, string password, CancellationToken cancellation) =>
        password.Length <= AccountRules.MaxPassword && await passwords.VerifyAsync(share.PasswordHash, password, cancellation) is not PasswordVerificationResult.Failed;

    static Share Read(NpgsqlDataReader row) => new(row.GetString(0), row.GetString(1), Share.KindOf(row.GetString(2)), row.GetString(3), !row.IsDBNull(4), row.GetString(5),
        row.GetFieldValue<DateTimeOffset>(6), row.GetFieldValue<DateTimeOffset>(7), row.IsDBNull(8) ? null : row.GetFieldValue<DateTimeOffset>(8));
}
