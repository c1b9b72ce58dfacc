using PyBase.Core.Jobs;

namespace PyBase.Core.Scaling;

/// <summary>Processes that do the same background work.</summary>
/// <param name="Name">Name of the resource, the deployment and the pool on the operations page.</param>
/// <param name="Processes">How many there are.</param>
/// <param name="Queues">What they take.</param>
public sealed record WorkerPool(string Name, int Processes, IReadOnlyList<string> Queues);

/// <summary>What one replica of a process asks for.</summary>
/// <param name="Cpus">A .NET process uses all it gets, so there is no number of workers per instance.</param>
/// <param name="MemoryGiB">In GiB.</param>
public sealed record ReplicaSize(int Cpus, int MemoryGiB);

/// <summary>
/// The scaling guide's settings for one size of installation. This is the only place they are written down: the AppHost,
/// the capacity planner and the documentation read them here.
/// </summary>
/// <param name="Name">As in <c>--tier</c>.</param>
/// <param name="UpToUsers">People at the same time the guide means it for.</param>
/// <param name="Api">Replicas of <c>api</c>.</param>
/// <param name="Realtime">Replicas of <c>realtime</c>.</param>
/// <param name="Workers">The worker processes, by pool.</param>
/// <param name="Replica">Size of a replica.</param>
/// <param name="Concurrency"><c>Workers:Concurrency</c>: messages a worker process handles at once.</param>
/// <param name="MaxConnections"><c>max_connections</c> of PostgreSQL: the budget that all pools share.</param>
/// <param name="GuidePool">What the guide wants per process.</param>
/// <param name="PgBouncer">Whether processes reach PostgreSQL through PgBouncer.</param>
/// <param name="DatabaseMemoryGiB">Memory of the database server.</param>
/// <param name="RedisMaxClients">A process's share of <c>maxclients</c>; it needs a handful, its connections are multiplexed.</param>
/// <param name="RedisMemoryMiB">Memory of a Redis node.</param>
/// <param name="DatabaseReplicas">Standbys of PostgreSQL.</param>
/// <param name="RedisNodes">1, or the shards of a Redis Cluster.</param>
public sealed record Tier(
    string Name, int UpToUsers, int Api, int Realtime, IReadOnlyList<WorkerPool> Workers, ReplicaSize Replica, int Concurrency,
    int MaxConnections, PoolSize GuidePool, bool PgBouncer, int DatabaseMemoryGiB, int RedisMaxClients, int RedisMemoryMiB, int DatabaseReplicas, int RedisNodes)
{
    /// <summary>The pool of what runs beside the processes: the migrations.</summary>
    public static PoolSize ReservedPool { get; } = new(0, 4);

    /// <summary>Everything that opens a pool.</summary>
    public int Processes => Api + Realtime + Workers.Sum(pool => pool.Processes);

    /// <summary>
    /// The guide's pool, cut so that all processes together stay inside the budget. The guide forgets that at medium: 5 instances
    /// × 60 connections against <c>max_connections</c> 200. From large on PgBouncer multiplies what is left.
    /// </summary>
    public PoolSize Pool => ConnectionBudget.Share(MaxConnections, Processes, GuidePool);

    /// <summary>True when the guide's own pool does not fit its own budget.</summary>
    public bool PoolIsCut => Pool.Maximum < GuidePool.Maximum;
}

/// <summary>Connections one process keeps open and opens at most.</summary>
/// <param name="Minimum">The guide's DB_POOL_SIZE.</param>
/// <param name="Maximum">DB_POOL_SIZE + DB_MAX_OVERFLOW.</param>
public sealed record PoolSize(int Minimum, int Maximum);

/// <summary>The tiers, smallest first.</summary>
public static class Tiers
{
    /// <summary>The tier when nothing is asked for.</summary>
    public static Tier Small { get; } = new("small", 50, Api: 1, Realtime: 1, OnePool(1), new(4, 8), Concurrency: 2,
        MaxConnections: 50, Guide(10, 10), PgBouncer: false, DatabaseMemoryGiB: 4,
        RedisMaxClients: 20, RedisMemoryMiB: 1536, DatabaseReplicas: 0, RedisNodes: 1);

    /// <summary>Several of each behind a load balancer.</summary>
    public static Tier Medium { get; } = new("medium", 500, Api: 3, Realtime: 2, OnePool(3), new(4, 16), Concurrency: 4,
        MaxConnections: 200, Guide(20, 40), PgBouncer: false, DatabaseMemoryGiB: 8,
        RedisMaxClients: 50, RedisMemoryMiB: 5324, DatabaseReplicas: 1, RedisNodes: 1);

    /// <summary>Drawings have workers of their own, so that a flood of them delays no mail.</summary>
    public static Tier Large { get; } = new("large", 5_000, Api: 5, Realtime: 3,
        [
            new("workers-files", 5, [Queues.CadExtraction, Queues.PdfExtraction, Queues.Imports, Queues.Exports]),
            new("workers", 3, [Queues.Notifications, Queues.Email, Queues.Webhooks, Queues.Automations, Queues.Maintenance]),
        ],
        new(8, 32), Concurrency: 8, MaxConnections: 500, Guide(50, 100), PgBouncer: true, DatabaseMemoryGiB: 32,
        RedisMaxClients: 100, RedisMemoryMiB: 8192, DatabaseReplicas: 2, RedisNodes: 3);

    /// <summary>A pool for each kind of work.</summary>
    public static Tier Enterprise { get; } = new("enterprise", int.MaxValue, Api: 10, Realtime: 5,
        [
            new("workers-cad", 6, [Queues.CadExtraction]),
            new("workers-pdf", 4, [Queues.PdfExtraction]),
            new("workers-messages", 3, [Queues.Notifications, Queues.Email, Queues.Webhooks]),
            new("workers", 3, [Queues.Imports, Queues.Exports, Queues.Automations, Queues.Maintenance]),
        ],
        new(8, 32), Concurrency: 16, MaxConnections: 1_000, Guide(100, 200), PgBouncer: true, DatabaseMemoryGiB: 64,
        RedisMaxClients: 200, RedisMemoryMiB: 16384, DatabaseReplicas: 3, RedisNodes: 3);

    /// <summary>All of them, smallest first.</summary>
    public static IReadOnlyList<Tier> All { get; } = [Small, Medium, Large, Enterprise];

    /// <summary>The tier of that name, or a sentence with the names there are.</summary>
    public static Tier Named(string? name) =>
        string.IsNullOrEmpty(name) ? Small
        : All.FirstOrDefault(tier => tier.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentException($"There is no tier '{name}': say {string.Join(", ", All.Select(tier => tier.Name))}.", nameof(name));

    static WorkerPool[] OnePool(int processes) => [new("workers", processes, Queues.All)];

    static PoolSize Guide(int poolSize, int maxOverflow) => new(poolSize, poolSize + maxOverflow);
}
