using Npgsql;
using PyBase.Core.Operations;
using PyBase.Storage.Postgres;

namespace PyBase.Storage.Operations;

/// <summary>PostgreSQL as its own views tell, in one round trip.</summary>
static class DatabaseReader
{
    const int Words = 120;

    public static async Task<DatabaseFacts?> ReadAsync(NpgsqlDataSource direct, CancellationToken cancellation)
    {
        await using var connection = await direct.OpenConnectionAsync(cancellation);
        await using var batch = new NpgsqlBatch(connection);
        batch.Add("""
            select current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int, d.deadlocks, pg_database_size(d.datname),
                case when d.blks_hit + d.blks_read > 0 then d.blks_hit::float8 / (d.blks_hit + d.blks_read) end,
                (select extract(epoch from max(coalesce(replay_lag, interval '0')))::float8 from pg_stat_replication),
                (select count(*)::int from pg_stat_activity where wait_event_type = 'Lock')
            from pg_stat_database d where d.datname = current_database()
            """);
        // All databases of the server: they share its connections.
        batch.Add("select coalesce(nullif(application_name, ''), usename, 'unknown'), count(*)::int from pg_stat_activity where backend_type = 'client backend' group by 1 order by 2 desc limit 50");
        batch.Add(Sessions("xact_start", "state in ('active', 'idle in transaction', 'idle in transaction (aborted)')"));
        batch.Add(Sessions("query_start", "state = 'active'"));
        await using var row = await batch.ExecuteReaderAsync(cancellation);
        if (!await row.ReadAsync(cancellation))
            return null;
        var facts = new DatabaseFacts
        {
            MaxConnections = row.GetInt32(0), Deadlocks = row.GetInt64(1), Size = row.GetInt64(2), CacheHits = row.IsDBNull(3) ? null : row.GetDouble(3),
            ReplicaLag = row.IsDBNull(4) ? null : row.GetDouble(4), WaitingForLocks = row.GetInt32(5),
        };
        var connections = new Dictionary<string, int>();
        await row.NextResultAsync(cancellation);
        while (await row.ReadAsync(cancellation))
            connections[row.GetString(0)] = row.GetInt32(1);
        return facts with { Connections = connections, LongTransactions = await SessionsAsync(row, cancellation), SlowStatements = await SessionsAsync(row, cancellation) };
    }

    static string Sessions(string since, string where) => $"""
        select pid, coalesce(nullif(application_name, ''), usename, ''), extract(epoch from clock_timestamp() - {since})::float8, state <> 'active', left(regexp_replace(query, '\s+', ' ', 'g'), {Words})
        from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend' and {where} and clock_timestamp() - {since} > interval '1 second'
        order by {since} limit 10
        """;

    static async Task<IReadOnlyList<SessionFacts>> SessionsAsync(NpgsqlDataReader row, CancellationToken cancellation)
    {
        await row.NextResultAsync(cancellation);
        var sessions = new List<SessionFacts>();
        while (await row.ReadAsync(cancellation))
            sessions.Add(new(row.GetInt32(0), row.GetString(1), row.GetDouble(2), row.GetBoolean(3), row.GetString(4)));
        return sessions;
    }
}
