using Npgsql;
using PyBase.Storage.Postgres;

namespace PyBase.Storage.Accounts;

/// <summary>Sessions and tokens of those whose connection outlives a request.</summary>
public sealed class Credentials(NpgsqlDataSource database, TimeProvider clock)
{
    /// <summary>Those of the sessions and tokens that have ended, in one question.</summary>
    public async Task<IReadOnlySet<string>> EndedAsync(IReadOnlyCollection<string> ids, CancellationToken cancellation)
    {
        await using var command = database.Command("""
            select asked.id from unnest($1) as asked(id)
            where not exists (
                select from catalog.sessions s join catalog.users u on u.id = s.user_id and u.security_stamp = s.security_stamp
                where s.id = asked.id and u.deactivated_time is null)
            and not exists (
                select from catalog.tokens t join catalog.users u on u.id = t.user_id
                where t.id = asked.id and (t.expires is null or t.expires > $2) and u.deactivated_time is null)
            """, ids.ToArray(), clock.GetUtcNow());
        var ended = new HashSet<string>(StringComparer.Ordinal);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
            ended.Add(row.GetString(0));
        return ended;
    }
}
