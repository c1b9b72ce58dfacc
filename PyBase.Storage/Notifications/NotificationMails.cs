using Npgsql;
using PyBase.Core.Mails;
using PyBase.Core.Notifications;
using PyBase.Storage.Changes;
using PyBase.Storage.Postgres;

namespace PyBase.Storage.Notifications;

/// <summary>
/// Mails of what people were told. Each notification is given its mail by the statement that makes the mail's job, so it is in one mail, whoever makes them and whenever they die;
/// what stands in the mail is looked up when it leaves.
/// </summary>
public sealed class NotificationMails(NpgsqlDataSource data, NotificationPlaces places, ChangeSignals signals)
{
    /// <summary>Taken at a time.</summary>
    const int Most = 5_000;

    /// <summary>What nobody was mailed of for so long, as there was no server or the address was not confirmed, is not mailed any more.</summary>
    const int Days = 7;

    /// <summary>How many a mail is made of.</summary>
    const int MaxPerMail = 1_000;

    // A moment has one mail for each person: an hour's and a day's that fall together are one. The id says person and moment, so two who make it make one; what was committed
    // after it was made waits for the next. They look one at a time: of a mail that two made, the other's half would have waited for the next as well.
    static readonly string Schedule = $"""
        with turn as materialized (select pg_try_advisory_xact_lock(hashtextextended('notification mails', 0)) as is_ours),
        wanted as materialized (
            select n.id, n.user_id, n.created, u.email, how.mail, how.due, period.id as period
            from turn join pybase.notifications n on turn.is_ours join {PreferenceStore.Defaults} on d.kind = n.kind join catalog.users u on u.id = n.user_id
            left join pybase.notification_preferences p on p.user_id = n.user_id and p.kind = n.kind
            left join pybase.digest_times t on t.user_id = n.user_id,
            lateral (select coalesce(p.mail, d.mail) as mail,
                pybase.digest_due($1, coalesce(p.mail, d.mail), coalesce(pybase.zone(t.zone), 'utc'), coalesce(t.hour, {NotificationPreferences.DefaultHour})) as due) how,
            lateral (select case when how.due < 'infinity' then 'job' || left(md5(n.user_id || extract(epoch from how.due)), 14) end as id) period
            where n.mail is null and n.read is null and n.created > $1 - interval '{Days} days' and n.created < how.due
              and u.deactivated_time is null and not u.is_service and (how.mail = '{MailFrequency.Never}' or {PreferenceStore.Confirmed})
              and not exists (select from pybase.jobs j where j.id = period.id)
            order by n.user_id, n.created limit {Most} for update of n skip locked),
        settled as (update pybase.notifications n set mail = '' from wanted w where n.id = w.id and w.mail = '{MailFrequency.Never}'),
        mails as (
            select user_id, email, due, coalesce(period, 'job' || left(md5(min(id || extract(epoch from created))), 14)) as id
            from wanted where mail <> '{MailFrequency.Never}' group by user_id, email, due, period),
        made as (
            insert into pybase.jobs (id, kind, queue, state, input, created)
            select id, 'email', 'email', 'queued', jsonb_build_object('template', '{MailTemplates.Notifications}', 'to', email, 'expires', $1 + interval '{Days} days'), now() from mails
            on conflict (id) do nothing returning id),
        begun as (insert into pybase.outbox (job, queue, due) select id, 'email', now() from made),
        told as (
            update pybase.notifications n set mail = made.id from wanted w join mails on mails.user_id = w.user_id and mails.due = w.due join made on made.id = mails.id
            where n.id = w.id and w.mail <> '{MailFrequency.Never}')
        select (select count(*) from made), (select count(*) from wanted)
        """;

    static readonly string Told = $"""
        {NotificationStore.Select} join catalog.users r on r.id = n.user_id and r.deactivated_time is null join {PreferenceStore.Defaults} on d.kind = n.kind
        where n.mail = $1 and n.read is null and coalesce(p.mail, d.mail) <> '{MailFrequency.Never}'
          and (n.comment_id is null or exists (select from pybase.comments c where c.id = n.comment_id)) order by n.created, n.id limit {MaxPerMail}
        """;

    /// <summary>Makes the mails that are due; true when there may be more. Any number of workers may do it at once.</summary>
    public async Task<bool> ScheduleAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        await using var command = data.Command(Schedule, now);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        await row.ReadAsync(cancellation);
        if (row.GetInt64(0) > 0)
            signals.PublishWork();
        return row.GetInt64(1) == Most;
    }

    /// <summary>What the mail of a job tells now: what is unread, wanted, and seen by its reader under the rules of its table; null when that is nothing.</summary>
    public async Task<NotificationLetter?> FindAsync(string jobId, CancellationToken cancellation)
    {
        await using var batch = data.CreateBatch();
        batch.Add("select u.id, u.email, t.zone from catalog.users u left join pybase.digest_times t on t.user_id = u.id where u.id = (select user_id from pybase.notifications where mail = $1 limit 1)", jobId);
        batch.Add(Told, jobId);
        NotificationLetter letter;
        await using (var row = await batch.ExecuteReaderAsync(cancellation))
        {
            if (!await row.ReadAsync(cancellation))
                return null;
            letter = new(row.GetString(0), row.GetString(1), row.IsDBNull(2) ? null : row.GetString(2), []);
            await row.NextResultAsync(cancellation);
            letter = letter with { Notifications = await NotificationStore.ReadAsync(row, cancellation) };
        }
        var seen = await places.SeenAsync(letter.Notifications, cancellation);
        return seen.Count == 0 ? null : letter with { Notifications = [.. letter.Notifications.Where(told => seen.Contains(told.Id))] };
    }
}
