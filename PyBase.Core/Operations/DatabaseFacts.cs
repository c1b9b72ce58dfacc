namespace PyBase.Core.Operations;

/// <summary>PostgreSQL as it says of itself, and what waits in it. Counters count since its statistics were last reset.</summary>
public sealed record DatabaseFacts
{
    /// <summary>Name of the database.</summary>
    public string Name { get; init; } = "";

    /// <summary>Bytes on disk.</summary>
    public long Size { get; init; }

    /// <summary>max_connections without those kept for administrators.</summary>
    public int MaxConnections { get; init; }

    /// <summary>Open connections, by application: of all databases, as they share <see cref="MaxConnections"/>.</summary>
    public IReadOnlyDictionary<string, int> Connections { get; init; } = new Dictionary<string, int>();

    /// <summary>Sessions inside a transaction for more than a second, longest first: who, for how long, whether at rest, and the beginning of its statement.</summary>
    public IReadOnlyList<SessionFacts> LongTransactions { get; init; } = [];

    /// <summary>Statements that have run for more than a second, longest first.</summary>
    public IReadOnlyList<SessionFacts> SlowStatements { get; init; } = [];

    /// <summary>Locks of the database's sessions, by mode.</summary>
    public IReadOnlyList<LockFacts> Locks { get; init; } = [];

    /// <summary>Those that replicate from here. Lag is visible to members of pg_monitor and to superusers.</summary>
    public IReadOnlyList<StandbyFacts> Standbys { get; init; } = [];

    /// <summary>Transactions that were committed.</summary>
    public long Commits { get; init; }

    /// <summary>Transactions that were rolled back.</summary>
    public long Rollbacks { get; init; }

    /// <summary>Blocks that were found in shared_buffers.</summary>
    public long BlocksHit { get; init; }

    /// <summary>Blocks that were read past it.</summary>
    public long BlocksRead { get; init; }

    /// <summary>Deadlocks that the server has broken.</summary>
    public long Deadlocks { get; init; }

    /// <summary>Bytes of sorts and joins that did not fit into work_mem.</summary>
    public long TemporaryBytes { get; init; }

    /// <summary>Messages of the outbox that are due, or that the broker would not take.</summary>
    public long Outbox { get; init; }

    /// <summary>For how long the first of them has been waiting.</summary>
    public double OutboxSeconds { get; init; }

    /// <summary>Open connections of everybody.</summary>
    public int Open => Connections.Values.Sum();

    /// <summary>Sessions that wait for a lock: each waits for one at a time.</summary>
    public int WaitingForLocks => Locks.Where(l => !l.IsGranted).Sum(l => l.Count);

    /// <summary>Age of the oldest open transaction in seconds; 0 when none has lasted for a second.</summary>
    public double OldestTransaction => LongTransactions is [var oldest, ..] ? oldest.Seconds : 0;

    /// <summary>Blocks found in memory, of those read, 0 to 1; null when nothing was read.</summary>
    public double? CacheHits => BlocksHit + BlocksRead > 0 ? (double)BlocksHit / (BlocksHit + BlocksRead) : null;

    /// <summary>Seconds that the slowest standby is behind; null without standbys.</summary>
    public double? ReplicaLag => Standbys.Count > 0 ? Standbys.Max(s => s.Seconds) : null;
}

/// <summary>A session of PostgreSQL.</summary>
public sealed record SessionFacts(int Id, string Application, double Seconds, bool IsIdle, string Statement);

/// <summary>Locks of one mode, held or waited for.</summary>
public sealed record LockFacts(string Mode, bool IsGranted, int Count);

/// <summary>How far a standby is behind.</summary>
/// <param name="Name">Its address and name.</param>
/// <param name="Seconds">Since what it has replayed was written; 0 when it has everything.</param>
/// <param name="Bytes">Of the log that it has not replayed.</param>
public sealed record StandbyFacts(string Name, double Seconds, long Bytes);
