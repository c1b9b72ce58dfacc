namespace PyBase.Core.Operations;

/// <summary>What a process says of itself every few seconds. Counts are those since its sample before.</summary>
public sealed record ProcessSample
{
    /// <summary>Machine, process number and role; the same until it ends.</summary>
    public required string Process { get; init; }

    /// <summary><c>api</c>, <c>realtime</c>, <c>workers</c> or <c>standalone</c>.</summary>
    public required string Role { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>When it was started.</summary>
    public DateTimeOffset Started { get; init; }

    /// <summary>How busy the processors that it may use are, 0 to 1.</summary>
    public double Cpu { get; init; }

    /// <summary>Bytes that it holds.</summary>
    public long Memory { get; init; }

    /// <summary>Bytes that it may hold: the container's limit, or the machine's memory.</summary>
    public long MemoryLimit { get; init; }

    /// <summary>Requests and how long they took.</summary>
    public Latencies Requests { get; init; } = new();

    /// <summary>Requests that failed by our fault (5xx).</summary>
    public long Errors { get; init; }

    /// <summary>Bytes of it that .NET's heap holds; the rest are threads, buffers of libraries and code.</summary>
    public long Heap { get; init; }

    /// <summary>Live connections.</summary>
    public SocketSample Sockets { get; init; } = new();

    /// <summary>Connections to PostgreSQL.</summary>
    public PoolSample Pool { get; init; } = new();

    /// <summary>Whether Redis answered; null where nobody asked.</summary>
    public bool? RedisAnswers { get; init; }

    /// <summary>Queues that it works on, with how many jobs at once.</summary>
    public IReadOnlyDictionary<string, int> Queues { get; init; } = new Dictionary<string, int>();

    /// <summary>Share of the memory that it may hold.</summary>
    public double MemoryShare => MemoryLimit <= 0 ? 0 : (double)Memory / MemoryLimit;
}

/// <summary>Live connections of a process.</summary>
public sealed record SocketSample
{
    /// <summary>Open now.</summary>
    public int Open { get; init; }

    /// <summary>Ended as agreed.</summary>
    public int Closed { get; init; }

    /// <summary>Ended without a word: the other side or something in between went away.</summary>
    public int Broken { get; init; }

    /// <summary>Seconds that the broken ones had lasted.</summary>
    public IReadOnlyList<double> BrokenAfter { get; init; } = [];

    /// <summary>Requests for a connection that was made at another process.</summary>
    public int Misdirected { get; init; }
}

/// <summary>A process' connections to PostgreSQL.</summary>
public sealed record PoolSample
{
    /// <summary>In use now.</summary>
    public int Busy { get; init; }

    /// <summary>Open and free.</summary>
    public int Idle { get; init; }

    /// <summary>The most that it opens.</summary>
    public int Most { get; init; }

    /// <summary>Requests that wait for one.</summary>
    public int Waiting { get; init; }

    /// <summary>Requests that waited in vain.</summary>
    public int Timeouts { get; init; }
}
