using Npgsql;

namespace PyBase.Storage.Operations;

/// <summary>Locks of one mode, held or waited for.</summary>
public sealed record LockReading(string Mode, bool Granted, long Count);

/// <summary>How far a standby is behind.</summary>
/// <param name="Standby">Its address and name.</param>
/// <param name="Seconds">Since what it has replayed was written; 0 when it has everything.</param>
/// <param name="Bytes">Of the log that it has not replayed.</param>
public sealed record StandbyReading(string Standby, double Seconds, long Bytes);

/// <summary>The database as it sees itself, and what waits in it. Counters count since its statistics were last reset.</summary>
public sealed record PostgresReading
{
    /// <summary>Name of the database.</summary>
    public required string Database { get; init; }
    /// <summary>Bytes on its disk.</summary>
    public required long Size { get; init; }
    /// <summary>Connections of clients to the server, of all databases: they share <see cref="MaxConnections"/>.</summary>
    public required long Backends { get; init; }
    /// <summary><c>max_connections</c>.</summary>
    public required long MaxConnections { get; init; }
    /// <summary>Transactions that were committed.</summary>
    public required long Commits { get; init; }
    /// <summary>Transactions that were rolled back.</summary>
    public required long Rollbacks { get; init; }
    /// <summary>Blocks that were read past shared_buffers.</summary>
    public required long BlocksRead { get; init; }
    /// <summary>Blocks that were found in shared_buffers.</summary>
    public required long BlocksHit { get; init; }
    /// <summary>Deadlocks that the server has broken.</summary>
    public required long Deadlocks { get; init; }
    /// <summary>Bytes of sorts and joins that did not fit into work_mem.</summary>
    public required long TemporaryBytes { get; init; }
    /// <summary>Age of the oldest open transaction, in seconds.</summary>
    public required double OldestTransactionSeconds { get; init; }
    /// <summary>Messages of the outbox that are due, or that the broker would not take.</summary>
    public required long Outbox { get; init; }
    /// <summary>For how long the first of them has been waiting.</summary>
    public required double OutboxSeconds { get; init; }
    /// <summary>By mode.</summary>
    public required IReadOnlyList<LockReading> Locks { get; init; }
    /// <summary>Those that replicate from here. Lag is visible to members of pg_monitor and to superusers.</summary>
    public required IReadOnlyList<StandbyReading> Standbys { get; init; }
    /// <summary>The queues in which there is anything.</summary>
    public required IReadOnlyList<QueueReading> Queues { get; init; }

    /// <summary>Everything in one round trip.</summary>
    internal static async Task<PostgresReading> ReadAsync(NpgsqlDataSource data, CancellationToken cancellation)
    {
        await using var connection = await data.OpenConnectionAsync(cancellation);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("""
                    select mode, granted, count(*) from pg_catalog.pg_locks
                    where database = (select oid from pg_catalog.pg_database where datname = current_database()) and pid <> pg_backend_pid() group by mode, granted
                    """),
                new("""
                    select concat_ws('/', host(client_addr), application_name), max(coalesce(extract(epoch from replay_lag), 0))::float8,
                        max(coalesce(pg_wal_lsn_diff(case when pg_is_in_recovery() then pg_last_wal_receive_lsn() else pg_current_wal_lsn() end, replay_lsn), 0))::bigint
                    from pg_catalog.pg_stat_replication where state = 'streaming' group by 1
                    """),
                new(QueueReading.Sql),
                new("""
                    select datname::text, pg_database_size(datid), xact_commit, xact_rollback, blks_read, blks_hit, deadlocks, temp_bytes,
                        current_setting('max_connections')::bigint,
                        (select count(*) from pg_catalog.pg_stat_activity where backend_type = 'client backend'),
                        (select coalesce(extract(epoch from now() - min(xact_start)), 0)::float8 from pg_catalog.pg_stat_activity
                            where datid = d.datid and backend_type = 'client backend' and pid <> pg_backend_pid()),
                        held.messages, held.seconds
                    from pg_catalog.pg_stat_database d, (
                        select count(*) as messages, coalesce(extract(epoch from now() - min(case when o.attempts > 0 then j.created else o.due end)), 0)::float8 as seconds
                        from pybase.outbox o join pybase.jobs j on j.id = o.job where o.due <= now() or o.attempts > 0) held
                    where datname = current_database()
                    """),
            },
        };
        await using var row = await batch.ExecuteReaderAsync(cancellation);
        var locks = new List<LockReading>();
        while (await row.ReadAsync(cancellation))
            locks.Add(new(row.GetString(0), row.GetBoolean(1), row.GetInt64(2)));
        await row.NextResultAsync(cancellation);
        var standbys = new List<StandbyReading>();
        while (await row.ReadAsync(cancellation))
            standbys.Add(new(row.GetString(0), row.GetDouble(1), row.GetInt64(2)));
        await row.NextResultAsync(cancellation);
        var queues = await QueueReading.ReadAsync(row, cancellation);
        await row.NextResultAsync(cancellation);
        await row.ReadAsync(cancellation);
        return new()
        {
            Database = row.GetString(0), Size = row.GetInt64(1), Commits = row.GetInt64(2), Rollbacks = row.GetInt64(3), BlocksRead = row.GetInt64(4), BlocksHit = row.GetInt64(5),
            Deadlocks = row.GetInt64(6), TemporaryBytes = row.GetInt64(7), MaxConnections = row.GetInt64(8), Backends = row.GetInt64(9), OldestTransactionSeconds = row.GetDouble(10),
            Outbox = row.GetInt64(11), OutboxSeconds = row.GetDouble(12), Locks = locks, Standbys = standbys, Queues = queues,
        };
    }
}
