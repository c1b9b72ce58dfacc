using MassTransit;
using Microsoft.Extensions.Logging;
using Npgsql;
using PyBase.Storage.Postgres;

namespace PyBase.Storage.Scaling;

/// <summary>How many jobs of a queue a worker process does at once, for all processes: kept here, and told over the bus.</summary>
public sealed class QueueLimits(NpgsqlDataSource data)
{
    /// <summary>Those that are not what processes were started with.</summary>
    public async Task<IReadOnlyDictionary<string, int>> ReadAsync(CancellationToken cancellation)
    {
        await using var command = data.Command("select queue, concurrency from pybase.queue_limits");
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var limits = new Dictionary<string, int>();
        while (await row.ReadAsync(cancellation))
            limits[row.GetString(0)] = row.GetInt32(1);
        return limits;
    }

    /// <summary>Sets it; null takes it back to what processes were started with.</summary>
    public async Task SetAsync(string queue, int? concurrency, CancellationToken cancellation)
    {
        await using var command = concurrency is { } limit
            ? data.Command("insert into pybase.queue_limits (queue, concurrency, changed) values ($1, $2, now()) on conflict (queue) do update set concurrency = $2, changed = now()", queue, limit)
            : data.Command("delete from pybase.queue_limits where queue = $1", queue);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}

/// <summary>Rings at every worker: look at the limits. What they are stands in PostgreSQL.</summary>
public sealed record LimitsChanged;

/// <summary>Answers the ring.</summary>
sealed class LimitsConsumer(QueueLimits limits, QueueGates gates) : IConsumer<LimitsChanged>
{
    public async Task Consume(ConsumeContext<LimitsChanged> context) => gates.Set(await limits.ReadAsync(context.CancellationToken));
}

/// <summary>Looks by itself too: at the start, and for a ring that was lost.</summary>
sealed class LimitsWatch(QueueLimits limits, QueueGates gates, TimeProvider clock, ILogger<LimitsWatch> logger) : Pulse(clock, logger)
{
    protected override TimeSpan Poll => TimeSpan.FromSeconds(5);

    protected override async Task<bool> AdvanceAsync(CancellationToken cancellation)
    {
        gates.Set(await limits.ReadAsync(cancellation));
        return false;
    }
}
