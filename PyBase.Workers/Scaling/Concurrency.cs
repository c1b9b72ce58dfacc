using MassTransit;
using PyBase.Core.Jobs;
using PyBase.Storage.Bus;
using PyBase.Storage.Scaling;

namespace PyBase.Workers.Scaling;

/// <summary>How many jobs each running worker does at once: kept in PostgreSQL, and rung over the bus. A "worker" is a place for a job in each process.</summary>
sealed class Concurrency(QueueLimits limits, IBus bus, IEnumerable<QueueShare> shares, bool acts) : IActuator
{
    public string Name => acts ? "concurrency" : "dry-run";

    public bool Acts => acts;

    public bool BringsProcessors => false;

    /// <summary>As this process was started, like the others; it may take only some queues.</summary>
    public async Task<int?> CurrentAsync(ScaledPool pool, CancellationToken cancellation)
    {
        var known = await limits.ReadAsync(cancellation);
        return pool.Queues.Select(queue => known.TryGetValue(queue, out var limit) ? limit : shares.FirstOrDefault(share => share.Name == queue)?.Concurrency).Min();
    }

    public async Task ApplyAsync(ScaledPool pool, int workers, CancellationToken cancellation)
    {
        foreach (var queue in pool.Queues)
            await limits.SetAsync(queue, workers, cancellation);
        await bus.Publish(new LimitsChanged(), cancellation);
    }

    /// <summary>Each queue by itself, from what it was started with to as much as the broker gives at once.</summary>
    public static IEnumerable<ScaledPool> Pools(IEnumerable<QueueShare> shares, AutoscalerOptions options) => shares.Where(share => Queues.All.Contains(share.Name)).Select(share =>
        new ScaledPool(share.Name, [share.Name], "", options.Rule with { Min = share.Concurrency, Max = share.Ceiling, WorkersBringProcessors = false }));
}
