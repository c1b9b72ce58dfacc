namespace PyBase.Tests.Support;

public sealed record ClusterOptions
{
    public int Api { get; init; } = 1;

    /// <summary>Of the first Api, where others are told of it before it runs.</summary>
    public int? ApiPort { get; init; }

    public int Realtime { get; init; } = 1;

    public int Workers { get; init; } = 1;

    /// <summary>PostgreSQL and RabbitMQ of its own, with fsync on, for tests that kill servers. Otherwise a database and a virtual host of the run's shared ones.</summary>
    public bool OwnServers { get; init; }

    /// <summary>The database that is among <see cref="Settings"/> is one that processes of this version have worked on.</summary>
    public bool IsMigrated { get; init; }

    /// <summary>How long Apis and Realtimes drain; for tests that stop them behind a balancer.</summary>
    public TimeSpan? DrainFor { get; init; }

    /// <summary>Every process sends traces, metrics and logs there (<see cref="OtlpReceiver.Address"/>).</summary>
    public Uri? Telemetry { get; init; }

    /// <summary>Further connection strings of every process, from that of the migrated database: the way through PgBouncer, the standbys.</summary>
    public Func<string, Task<Dictionary<string, string>>>? Databases { get; init; }

    /// <summary>Further settings of every process: <c>["Accounts:SignUp"] = "open"</c>. A server whose connection string is among them is not started.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();
}
