using Npgsql;
using PyBase.Core.Accounts;
using PyBase.Core.Errors;
using PyBase.Core.Notifications;
using PyBase.Storage.Accounts;
using PyBase.Storage.Postgres;

namespace PyBase.Storage.Notifications;

/// <summary>
/// Links that end the mails about notifications for whoever they were sent to, signed in or not. Random and stored as a hash; they do this one thing, as often as a mail program
/// asks, until they expire.
/// </summary>
public sealed class UnsubscribeLinks(NpgsqlDataSource data, TimeProvider clock)
{
    /// <summary>How long one works.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(60);

    /// <summary>A new one for the mail that is about to leave.</summary>
    public async Task<string> AddAsync(string userId, CancellationToken cancellation)
    {
        var (secret, now) = (Secrets.NewLink(), clock.GetUtcNow());
        await using var command = data.Command("insert into pybase.account_links (hash, user_id, purpose, expires, created) values ($1, $2, 'unsubscribe', $3, $4)", Secrets.Hash(secret), userId, now + Lifetime, now);
        await command.ExecuteNonQueryAsync(cancellation);
        return secret;
    }

    /// <summary>No mails about notifications any more; what they see in the application stays.</summary>
    public async Task<Error?> UseAsync(string secret, CancellationToken cancellation)
    {
        if (!Secrets.IsLink(secret))
            return AccountErrors.LinkNotFound;
        await using var command = data.Command($"""
            insert into pybase.notification_preferences (user_id, kind, in_app, mail)
            select l.user_id, d.kind, d.in_app, '{MailFrequency.Never}' from pybase.account_links l cross join {PreferenceStore.Defaults} where l.hash = $1 and l.purpose = 'unsubscribe' and l.expires > $2
            on conflict (user_id, kind) do update set mail = excluded.mail
            """, Secrets.Hash(secret), clock.GetUtcNow());
        return await command.ExecuteNonQueryAsync(cancellation) > 0 ? null : AccountErrors.LinkNotFound;
    }
}
