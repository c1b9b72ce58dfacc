using System.Diagnostics;
using System.Security.Cryptography;
using Npgsql;
using NpgsqlTypes;
using PyBase.Core.Accounts;
using PyBase.Core.Errors;
using PyBase.Core.Ids;
using PyBase.Core.Jobs;
using PyBase.Core.Mails;
using PyBase.Storage.Mails;

namespace PyBase.Storage.Accounts;

/// <summary>
/// Links that are mailed to an account's own address: for a new password, and to confirm the address. Random, stored as a hash, used up by the statement
/// that acts, and made together with the mail that carries them.
/// </summary>
public sealed class AccountLinks(NpgsqlDataSource database, SealedLinks seal, Passwords passwords, TimeProvider clock)
{
    /// <summary>How long a link to a new password works.</summary>
    public static readonly TimeSpan ResetLifetime = TimeSpan.FromHours(1);

    /// <summary>How long a link that confirms an address works.</summary>
    public static readonly TimeSpan ConfirmLifetime = TimeSpan.FromDays(3);

    /// <summary>Mails of one kind to one account within an hour: nobody's letter box is flooded, from however many places it is asked.</summary>
    const int MaxPerHour = 5;

    /// <summary>Mails a link to a new password, if there is such an account; the caller does not learn whether.</summary>
    public Task RequestResetAsync(string email, string origin, CancellationToken cancellation) =>
        MailAsync("normalised_email = $1", EmailAddress.Normalise(email), "reset", MailTemplates.PasswordReset, origin + "/reset/", ResetLifetime, cancellation);

    /// <summary>Mails a link that confirms the account's address, unless it is confirmed.</summary>
    public Task RequestConfirmationAsync(string userId, string origin, CancellationToken cancellation) => MailAsync(
        "id = $1 and not exists (select from pybase.confirmed_addresses where user_id = $1)",
        userId, "confirm", MailTemplates.Confirmation, origin + "/confirm/", ConfirmLifetime, cancellation);

    /// <summary>Sets another password, ends all sessions, and takes the address as confirmed: the link came there.</summary>
    public async Task<Error?> ResetAsync(string secret, string? password, CancellationToken cancellation)
    {
        if (AccountRules.Faults(AccountRules.Password(password)) is { Count: > 0 } faults)
            return AccountErrors.InvalidPassword(faults);
        // Asked before the password is hashed, which costs.
        if (!await IsOpenAsync(secret, "reset", cancellation))
            return AccountErrors.LinkNotFound;
        var (hash, stamp) = (await passwords.HashAsync(password!, cancellation), RandomNumberGenerator.GetHexString(32, lowercase: true));
        return await ActAsync("""
            with used as (delete from pybase.account_links where hash = $1 and purpose = 'reset' and expires > $2 returning user_id),
            others as (delete from pybase.account_links l using used where l.user_id = used.user_id and l.purpose = 'reset' and l.hash <> $1),
            confirmed as (insert into pybase.confirmed_addresses (user_id, time) select user_id, $2 from used on conflict do nothing)
            update catalog.users u set password_hash = $3, security_stamp = $4 from used where u.id = used.user_id
            """, cancellation, Secrets.Hash(secret), clock.GetUtcNow(), hash, stamp);
    }

    /// <summary>Whoever has the link reads what is sent to the address.</summary>
    public Task<Error?> ConfirmAsync(string secret, CancellationToken cancellation) => ActAsync("""
        with used as (delete from pybase.account_links where hash = $1 and purpose = 'confirm' and expires > $2 returning user_id)
        insert into pybase.confirmed_addresses (user_id, time) select user_id, $2 from used on conflict (user_id) do update set time = excluded.time
        """, cancellation, Secrets.Hash(secret), clock.GetUtcNow());

    /// <summary>Whether the account's address is known to be its owner's.</summary>
    public async Task<bool> IsConfirmedAsync(string userId, CancellationToken cancellation) =>
        await ScalarAsync("select exists (select from pybase.confirmed_addresses where user_id = $1)", cancellation, userId);

    async Task MailAsync(string who, string key, string purpose, string template, string link, TimeSpan lifetime, CancellationToken cancellation)
    {
        var (secret, now) = (Secrets.NewLink(), clock.GetUtcNow());
        // The same work for an unknown address, so that the time it takes tells nothing. Links that ended are swept with the account's next one.
        await using var command = database.CreateCommand($"""
            with who as (select id, email from catalog.users where {who}),
            gone as (delete from pybase.account_links l using who where l.user_id = who.id and l.expires <= $5 and l.created <= $6),
            link as (insert into pybase.account_links (hash, user_id, purpose, expires, created) select $2, id, $3, $4, $5 from who
                where (select count(*) from pybase.account_links l where l.user_id = who.id and l.purpose = $3 and l.created > $6) < {MaxPerHour} returning user_id)
            select pybase.enqueue_mail($7, jsonb_build_object('template', $8::text, 'to', who.email, 'expires', $4, 'sealed', $9::text), $10) from who join link on link.user_id = who.id
            """);
        foreach (var value in (object?[])[key, Secrets.Hash(secret), purpose, now + lifetime, now, now - TimeSpan.FromHours(1), Id.New("job"), template, seal.Seal(link + secret), Activity.Current?.Id])
            command.Parameters.Add(value is null ? new() { Value = DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text } : new() { Value = value });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    Task<bool> IsOpenAsync(string secret, string purpose, CancellationToken cancellation) => ScalarAsync(
        "select exists (select from pybase.account_links where hash = $1 and purpose = $2 and expires > $3)", cancellation, Secrets.Hash(secret), purpose, clock.GetUtcNow());

    async Task<bool> ScalarAsync(string sql, CancellationToken cancellation, params object[] values)
    {
        await using var command = Command(sql, values);
        return await command.ExecuteScalarAsync(cancellation) is true;
    }

    async Task<Error?> ActAsync(string sql, CancellationToken cancellation, params object[] values)
    {
        await using var command = Command(sql, values);
        return await command.ExecuteNonQueryAsync(cancellation) > 0 ? null : AccountErrors.LinkNotFound;
    }

    NpgsqlCommand Command(string sql, object[] values)
    {
        var command = database.CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        return command;
    }
}
