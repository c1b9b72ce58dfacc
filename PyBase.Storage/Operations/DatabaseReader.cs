using Npgsql;
using PyBase.Core.Operations;
using PyBase.Storage.Postgres;

namespace PyBase.Storage.Operations;

/// <summary>PostgreSQL as its own views tell, in one round trip: for the metrics, for advice and for the operations page alike.</summary>
static class DatabaseReader
{
    const int Words = 120;

    public static async Task<DatabaseFacts> ReadAsync(NpgsqlDataSource direct, CancellationToken cancellation)
    {
        await using var connection = await direct.OpenConnectionAsync(cancellation);
        await using var batch = new NpgsqlBatch(connection);
        batch.Add("""
            select d.datname::text, pg_database_size(d.datid), current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int,
                d.xact_commit, d.xact_rollback, d.blks_hit, d.blks_read, d.deadlocks, d.temp_bytes, held.messages, held.seconds
            from pg_catalog.pg_stat_database d, (
                select count(*) as messages, coalesce(extract(epoch from now() - min(case when o.attempts > 0 then j.created else o.due end)), 0)::float8 as seconds
                from pybase.outbox o join pybase.jobs j on j.id = o.job where o.due <= now() or o.attempts > 0) held
            where d.datname = current_database()
            """);
        // All databases of the server: they share its connections.
        batch.Add("select coalesce(nullif(application_name, ''), usename, 'unknown'), count(*)::int from pg_catalog.pg_stat_activity where backend_type = 'client backend' group by 1");
        // By the session's database: the lock for which the first of those waits who want one row is a transaction's, which is of no database.
        batch.Add("""
            select l.mode, l.granted, count(*)::int from pg_catalog.pg_locks l join pg_catalog.pg_stat_activity a on a.pid = l.pid
            where a.datname = current_database() and l.pid <> pg_backend_pid() group by 1, 2
            """);
        batch.Add("""
            select concat_ws('/', host(client_addr), application_name), max(coalesce(extract(epoch from replay_lag), 0))::float8,
                max(coalesce(pg_wal_lsn_diff(case when pg_is_in_recovery() then pg_last_wal_receive_lsn() else pg_current_wal_lsn() end, replay_lsn), 0))::bigint
            from pg_catalog.pg_stat_replication where state = 'streaming' group by 1
            """);
        batch.Add(Sessions("xact_start", "state in ('active', 'idle in transaction', 'idle in transaction (aborted)')"));
        batch.Add(Sessions("query_start", "state = 'active'"));
        await using var row = await batch.ExecuteReaderAsync(cancellation);
        await row.ReadAsync(cancellation);
        var facts = new DatabaseFacts
        {
            Name = row.GetString(0), Size = row.GetInt64(1), MaxConnections = row.GetInt32(2), Commits = row.GetInt64(3), Rollbacks = row.GetInt64(4), BlocksHit = row.GetInt64(5),
            BlocksRead = row.GetInt64(6), Deadlocks = row.GetInt64(7), TemporaryBytes = row.GetInt64(8), Outbox = row.GetInt64(9), OutboxSeconds = row.GetDouble(10),
        };
        return facts with
        {
            Connections = (await NextAsync(row, r => KeyValuePair.Create(r.GetString(0), r.GetInt32(1)), cancellation)).ToDictionary(),
            Locks = await NextAsync(row, r => new LockFacts(r.GetString(0), r.GetBoolean(1), r.GetInt32(2)), cancellation),
            Standbys = await NextAsync(row, r => new StandbyFacts(r.GetString(0), r.GetDouble(1), r.GetInt64(2)), cancellation),
            LongTransactions = await NextAsync(row, Session, cancellation),
            SlowStatements = await NextAsync(row, Session, cancellation),
        };
    }

    static string Sessions(string since, string where) => $"""
        select pid, coalesce(nullif(application_name, ''), usename, ''), extract(epoch from clock_timestamp() - {since})::float8, state <> 'active', left(regexp_replace(query, '\s+', ' ', 'g'), {Words})
        from pg_catalog.pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend' and {where} and clock_timestamp() - {since} > interval '1 second'
        order by {since} limit 10
        """;

    static SessionFacts Session(NpgsqlDataReader row) => new(row.GetInt32(0), row.GetString(1), row.GetDouble(2), row.GetBoolean(3), row.GetString(4));

    /// <summary>The rows of the next statement of the batch.</summary>
    static async Task<IReadOnlyList<T>> NextAsync<T>(NpgsqlDataReader row, Func<NpgsqlDataReader, T> read, CancellationToken cancellation)
    {
        await row.NextResultAsync(cancellation);
        var rows = new List<T>();
        while (await row.ReadAsync(cancellation))
            rows.Add(read(row));
        return rows;
    }
}
