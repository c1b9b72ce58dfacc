using Npgsql;
using PyBase.Core.Notifications;
using PyBase.Storage.Postgres;

namespace PyBase.Storage.Notifications;

/// <summary>How people want to be told. Only what somebody said stands in a row.</summary>
public sealed class PreferenceStore(NpgsqlDataSource data)
{
    /// <summary>The kinds of things with what holds for them by default, as rows of <c>d (kind, in_app, mail)</c>.</summary>
    internal static readonly string Defaults = $"(values {string.Join(", ", NotificationPreferences.Defaults.Select(d => $"('{d.Kind}', {(d.InApp ? "true" : "false")}, '{d.Mail}')"))}) d (kind, in_app, mail)";

    /// <summary>Whether the address of <c>u</c> is known to be theirs: they used a link that was sent there, or a provider or directory says so.</summary>
    internal const string Confirmed = """
        (u.external_id is not null or exists (select from pybase.confirmed_addresses c where c.user_id = u.id) or exists (select from catalog.external_identities e where e.user_id = u.id))
        """;

    static readonly string Find = $"""
        select u.email, {Confirmed}, t.zone, coalesce(t.hour, {NotificationPreferences.DefaultHour}), d.kind, coalesce(p.in_app, d.in_app), coalesce(p.mail, d.mail)
        from catalog.users u cross join {Defaults} left join pybase.notification_preferences p on p.user_id = u.id and p.kind = d.kind left join pybase.digest_times t on t.user_id = u.id where u.id = $1
        """;

    /// <summary>Somebody's, the defaults included.</summary>
    public async Task<NotificationPreferences> FindAsync(string userId, CancellationToken cancellation)
    {
        await using var command = data.Command(Find, userId);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await ReadAsync(row, cancellation);
    }

    /// <summary>From now on otherwise. What has not been mailed yet goes by what holds when its mail is due.</summary>
    public async Task<NotificationPreferences> ChangeAsync(string userId, PreferenceChange change, CancellationToken cancellation)
    {
        await using var batch = data.CreateBatch();
        foreach (var one in change.Kinds)
            batch.Add($"""
                insert into pybase.notification_preferences as p (user_id, kind, in_app, mail) select $1, d.kind, coalesce($3, d.in_app), coalesce($4, d.mail) from {Defaults} where d.kind = $2
                on conflict (user_id, kind) do update set in_app = coalesce($3, p.in_app), mail = coalesce($4, p.mail)
                """, userId, one.Kind, new NpgsqlParameter<bool?> { TypedValue = one.InApp }, Text(one.Mail));
        if (change.TimeZone is not null || change.Hour is not null)
            batch.Add($"""
                insert into pybase.digest_times as t (user_id, zone, hour) values ($1, coalesce($2, 'UTC'), coalesce($3, {NotificationPreferences.DefaultHour}))
                on conflict (user_id) do update set zone = coalesce($2, t.zone), hour = coalesce($3, t.hour)
                """, userId, Text(change.TimeZone), new NpgsqlParameter<int?> { TypedValue = change.Hour });
        batch.Add(Find, userId);
        await using var row = await batch.ExecuteReaderAsync(cancellation);
        return await ReadAsync(row, cancellation);
    }

    static async Task<NotificationPreferences> ReadAsync(NpgsqlDataReader row, CancellationToken cancellation)
    {
        var (kinds, told) = (new List<NotificationPreference>(), new NotificationPreferences { Kinds = [], Email = "" });
        while (await row.ReadAsync(cancellation))
        {
            told = told with { Email = row.GetString(0), Confirmed = row.GetBoolean(1), TimeZone = row.IsDBNull(2) ? null : row.GetString(2), Hour = row.GetInt32(3) };
            kinds.Add(new(row.GetString(4), row.GetBoolean(5), row.GetString(6)));
        }
        return told with { Kinds = kinds };
    }

    static NpgsqlParameter Text(string? value) => new NpgsqlParameter<string?> { TypedValue = value };
}
