using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using PyBase.Core.Jobs;
using PyBase.Core.Operations;
using PyBase.Core.Scaling;

namespace PyBase.Storage.Operations;

/// <summary>
/// What <see cref="ServerPulse"/> has read, under the names that the OpenTelemetry collector's receivers of PostgreSQL and Redis use; what is PyBase's own
/// begins with <c>pybase</c>. A server that did not answer the last time has no values, only <c>pybase.server.up</c> 0.
/// </summary>
public sealed class ServerMetrics : IDisposable
{
    static readonly string[] States = [JobState.Queued, "later", JobState.Running, JobState.Waiting, JobState.Parked];

    readonly Meter meter = new("PyBase.Servers");
    readonly ConcurrentDictionary<string, bool> up = new();
    volatile DatabaseFacts? postgres;
    volatile IReadOnlyDictionary<string, QueueSample> queues = new Dictionary<string, QueueSample>();
    volatile IReadOnlyList<RedisReading> redis = [];

    /// <summary>Registers the instruments; nothing is measured before the first look.</summary>
    public ServerMetrics()
    {
        meter.CreateObservableGauge("pybase.server.up", () => up.Select(server => new Measurement<int>(server.Value ? 1 : 0, Tag("server", server.Key))), null, "1 while the server answers.");
        MeasureQueues();
        MeasurePostgres();
        MeasureRedis();
    }

    /// <summary>PostgreSQL answered.</summary>
    internal void Show(DatabaseFacts database, IReadOnlyDictionary<string, QueueSample> samples) => (postgres, queues, up["postgresql"]) = (database, samples, true);

    /// <summary>Redis answered.</summary>
    internal void Show(IReadOnlyList<RedisReading> readings) => (redis, up["redis"]) = (readings, true);

    /// <summary>A server did not answer.</summary>
    internal void Miss(string server)
    {
        up[server] = false;
        if (server == "redis")
            redis = [];
        else
            (postgres, queues) = (null, new Dictionary<string, QueueSample>());
    }

    void MeasureQueues()
    {
        // Queues without jobs are told as 0: an alert is over when it reads 0, not when it reads nothing.
        Gauge("pybase.queue.depth", "{job}", "Jobs of a queue that a worker could take now.", queue => queue.Depth);
        Gauge("pybase.queue.oldest.age", "s", "How long the oldest of them has been waiting that nobody has tried yet.", queue => queue.OldestSeconds);
        meter.CreateObservableGauge("pybase.queue.jobs", () => queues.SelectMany(queue => States.Select(state =>
            new Measurement<long>(Count(queue.Value, state), Tag("queue", queue.Key), Tag("state", state)))), "{job}", "Jobs of a queue that have not ended, by state.");
        Of("pybase.outbox.depth", "{message}", "Messages that have not reached the broker.", p => p.Outbox);
        Of("pybase.outbox.oldest.age", "s", "For how long the first of them has been waiting.", p => p.OutboxSeconds);

        void Gauge(string name, string unit, string description, Func<QueueSample, double> value) => meter.CreateObservableGauge(
            name, () => queues.Select(queue => new Measurement<double>(value(queue.Value), Tag("queue", queue.Key))), unit, description);

        static long Count(QueueSample queue, string state) => state switch
        {
            JobState.Queued => queue.Depth,
            JobState.Running => queue.Running,
            JobState.Waiting => queue.Waiting,
            JobState.Parked => queue.Parked,
            _ => queue.Later,
        };
    }

    void MeasurePostgres()
    {
        Of("postgresql.db_size", "By", "Size of the database on its disk.", p => p.Size);
        Of("postgresql.backends", "{connection}", "Connections of clients to the server.", p => p.Open);
        Of("postgresql.connection.max", "{connection}", "max_connections without those kept for administrators.", p => p.MaxConnections);
        Of("postgresql.transaction.age", "s", "Age of the oldest open transaction; 0 when none has lasted for a second.", p => p.OldestTransaction);
        Total("postgresql.commits", "{transaction}", "Transactions that were committed.", p => p.Commits);
        Total("postgresql.rollbacks", "{transaction}", "Transactions that were rolled back.", p => p.Rollbacks);
        Total("postgresql.blks_hit", "{block}", "Blocks that were found in shared_buffers.", p => p.BlocksHit);
        Total("postgresql.blks_read", "{block}", "Blocks that were read past it.", p => p.BlocksRead);
        Total("postgresql.deadlocks", "{deadlock}", "Deadlocks that the server has broken.", p => p.Deadlocks);
        Total("postgresql.temp.io", "By", "Bytes of sorts and joins that did not fit into work_mem.", p => p.TemporaryBytes);
        meter.CreateObservableGauge("postgresql.database.locks", () => (postgres?.Locks ?? []).Select(l => new Measurement<long>(l.Count, Tag("mode", l.Mode), Tag("granted", l.IsGranted))),
            "{lock}", "Locks, held or waited for.");
        // Of all modes together, as there is no series of a mode in which nobody waits.
        Of("postgresql.locks.waiting", "{lock}", "Locks that somebody waits for.", p => p.WaitingForLocks);
        meter.CreateObservableGauge("postgresql.wal.lag", () => (postgres?.Standbys ?? []).Select(s => new Measurement<double>(s.Seconds, Tag("replication_client", s.Name))),
            "s", "How far a standby is behind.");
        meter.CreateObservableGauge("postgresql.replication.data_delay", () => (postgres?.Standbys ?? []).Select(s => new Measurement<long>(s.Bytes, Tag("replication_client", s.Name))),
            "By", "How much of the log a standby has not replayed.");
        Of("postgresql.standbys", "{standby}", "Standbys that replicate from the server.", p => p.Standbys.Count);

        void Total(string name, string unit, string description, Func<DatabaseFacts, long> value) => meter.CreateObservableCounter(
            name, () => postgres is { } read ? [new Measurement<long>(value(read), Tag("postgresql.database.name", read.Name))] : Array.Empty<Measurement<long>>(), unit, description);
    }

    void MeasureRedis()
    {
        Gauge("redis.memory.used", "By", "Bytes of data.", r => r.MemoryUsed);
        Gauge("redis.maxmemory", "By", "maxmemory, where there is one.", r => r.MemoryLimit);
        Gauge("redis.clients.connected", "{client}", "Connections of clients.", r => r.Clients);
        Gauge("redis.clients.max", "{client}", "maxclients.", r => r.MaxClients);
        Total("redis.connections.rejected", "{connection}", "Connections that were refused for maxclients.", r => r.Rejected);
        Total("redis.keyspace.hits", "{hit}", "Reads that found their key.", r => r.Hits);
        Total("redis.keyspace.misses", "{miss}", "Reads that did not.", r => r.Misses);
        Total("redis.keys.evicted", "{key}", "Keys that went because memory was short.", r => r.Evicted);
        Total("redis.keys.expired", "{key}", "Keys whose time was over.", r => r.Expired);
        Total("redis.commands.processed", "{command}", "Commands that were done.", r => r.Commands);

        void Gauge(string name, string unit, string description, Func<RedisReading, long?> value) => meter.CreateObservableGauge(name, () => Told(value), unit, description);
        void Total(string name, string unit, string description, Func<RedisReading, long?> value) => meter.CreateObservableCounter(name, () => Told(value), unit, description);
        IEnumerable<Measurement<long>> Told(Func<RedisReading, long?> value) =>
            from node in redis where value(node) is not null select new Measurement<long>(value(node)!.Value, Tag("server.address", node.Server));
    }

    void Of(string name, string unit, string description, Func<DatabaseFacts, double> value) => meter.CreateObservableGauge(
        name, () => postgres is { } read ? [new Measurement<double>(value(read), Tag("postgresql.database.name", read.Name))] : Array.Empty<Measurement<double>>(), unit, description);

    static KeyValuePair<string, object?> Tag(string name, object? value) => new(name, value);

    /// <inheritdoc/>
    public void Dispose() => meter.Dispose();
}
