using System.Text.Json;
using Npgsql;
using PyBase.Storage.Postgres;
using PyBase.Storage.Shards;

namespace PyBase.Storage.Accounts;

/// <summary>
/// Everything that is kept about a person, without secrets and without what stands in tables, which belongs to their bases. Read in pieces, so that neither a statement nor memory
/// grows with how much they did.
/// </summary>
public sealed class PersonalData(NpgsqlDataSource database, ShardDatabases shards)
{
    const int Chunk = 1_000;

    /// <summary>What hangs on bases, and so is in every shard.</summary>
    static readonly string[] OfBases = ["notifications", "comments", "files", "jobs", "views", "dashboards", "shares"];

    /// <summary>Name → rows of a key <c>k</c> and what is told; <c>$1</c> is the person.</summary>
    static readonly (string Name, string Rows)[] Parts =
    [
        ("account", "select id as k, id, email, name, is_installation_owner, created_time, deactivated_time, external_id from catalog.users where id = $1"),
        ("confirmedAddress", "select user_id as k, time from pybase.confirmed_addresses where user_id = $1"),
        ("secondFactor", "select user_id as k, confirmed_time from catalog.second_factors where user_id = $1"),
        ("identities", "select issuer || ' ' || subject as k, issuer, subject, created_time, last_used_time from catalog.external_identities where user_id = $1"),
        ("workspaces", "select m.workspace_id as k, m.workspace_id, w.name, m.role, m.created_time from catalog.members m join catalog.workspaces w on w.id = m.workspace_id where m.user_id = $1"),
        ("formerWorkspaces", "select workspace_id as k, workspace_id from pybase.former_members where user_id = $1"),
        ("groups", "select g.id as k, g.name from catalog.directory_group_members m join catalog.directory_groups g on g.id = m.group_id where m.user_id = $1"),
        ("invitations", """
            select i.id as k, i.id, i.workspace_id, i.role, i.created_time, i.accepted_time, i.created_by = $1 as is_inviter, i.normalised_email = u.normalised_email as is_invited
            from catalog.invitations i, catalog.users u where u.id = $1 and (i.created_by = $1 or i.normalised_email = u.normalised_email)
            """),
        ("sessions", "select id as k, id, method, device, address, created_time, last_seen_time from catalog.sessions where user_id = $1"),
        ("tokens", "select id as k, id, name, scopes, limited_to, created_time, expires, last_used_time from catalog.tokens where user_id = $1"),
        ("notifications", "select id as k, id, base, kind, table_id, record_id, field_id, comment_id, created, read from pybase.notifications where user_id = $1"),
        ("notificationPreferences", "select kind as k, kind, in_app, mail from pybase.notification_preferences where user_id = $1"),
        ("digestTime", "select user_id as k, zone, hour from pybase.digest_times where user_id = $1"),
        ("mails", "select j.id as k, j.id, j.input ->> 'template' as template, j.state, j.created from pybase.jobs j, catalog.users u where u.id = $1 and j.kind = 'email' and lower(j.input ->> 'to') = u.normalised_email"),
        ("comments", "select id as k, id, base, table_id, record_id, text, created, updated from pybase.comments where author = $1"),
        ("files", "select id as k, id, base, name, media_type, size, created from pybase.files where created_by = $1"),
        ("jobs", "select id as k, id, base, kind, state, created from pybase.jobs where created_by = $1"),
        ("views", "select id as k, id, base, table_id, name, settings from pybase.views where owner = $1"),
        ("dashboards", "select id as k, id, base, name, created from pybase.dashboards where created_by = $1"),
        ("shares", "select id as k, id, base, kind, view, created, expires, revoked from pybase.shares where created_by = $1"),
        ("audit", "select to_char(number, 'FM00000000000000000000') as k, time, act, workspace, base, subject, address, details from pybase.audit where actor = $1 or subject = $1"),
    ];

    /// <summary>Writes one object with a list for each kind of thing; false when there is no such person.</summary>
    public async Task<bool> WriteAsync(string userId, Func<Stream> open, CancellationToken cancellation)
    {
        await using (var exists = database.Command("select exists (select from catalog.users where id = $1 and not is_service)", userId))
            if (await exists.ExecuteScalarAsync(cancellation) is not true)
                return false;
        var output = open();
        await using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        foreach (var (name, rows) in Parts)
        {
            json.WriteStartArray(name);
            foreach (var source in OfBases.Contains(name) ? Everywhere : [database])
                await WriteAsync(source, json, $"select told.k, (to_jsonb(told) - 'k')::text from ({rows}) told where told.k > $2 order by told.k limit {Chunk}", userId, "", cancellation);
            json.WriteEndArray();
        }
        // What they changed, base by base: the change itself stands in the record's history.
        json.WriteStartArray("changes");
        foreach (var source in Everywhere)
            foreach (var baseId in await BasesAsync(source, userId, cancellation))
                await WriteAsync(source, json, $"""
                    select to_char(t.number, 'FM00000000000000000000'), jsonb_build_object('base', t.base, 'number', t.number, 'time', t.time, 'command', t.command)::text
                    from pybase.transactions t where t.base = $3 and t.actor = $1 and t.number > coalesce(nullif($2, ''), '-1')::bigint order by t.number limit {Chunk}
                    """, userId, "", cancellation, baseId);
        json.WriteEndArray();
        json.WriteEndObject();
        await json.FlushAsync(cancellation);
        return true;
    }

    /// <summary>The databases that bases live in.</summary>
    IEnumerable<NpgsqlDataSource> Everywhere => shards.Others.Prepend(database);

    static async Task WriteAsync(NpgsqlDataSource source, Utf8JsonWriter json, string sql, string userId, string after, CancellationToken cancellation, params string[] more)
    {
        for (var shown = Chunk; shown == Chunk;)
        {
            shown = 0;
            await using (var command = source.Command(sql, [userId, after, .. more]))
            {
                await using var row = await command.ExecuteReaderAsync(cancellation);
                for (; await row.ReadAsync(cancellation); shown++)
                {
                    after = row.GetString(0);
                    json.WriteRawValue(row.GetString(1));
                }
            }
            await json.FlushAsync(cancellation);
        }
    }

    static async Task<IReadOnlyList<string>> BasesAsync(NpgsqlDataSource source, string userId, CancellationToken cancellation)
    {
        await using var command = source.Command("""
            select b.id from pybase.bases b
            where exists (select from pybase.transactions t where t.base = b.id and t.actor = $1) order by b.id
            """, userId);
        var bases = new List<string>();
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
            bases.Add(row.GetString(0));
        return bases;
    }
}
