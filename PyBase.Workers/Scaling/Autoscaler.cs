using MassTransit;
using Microsoft.Extensions.Options;
using PyBase.Core.Scaling;
using PyBase.Storage;
using PyBase.Storage.Bus;
using PyBase.Storage.Scaling;

namespace PyBase.Workers.Scaling;

/// <summary>
/// Looks at the queues every few seconds, lets <see cref="ScalingPolicy"/> decide, and has it done. One of all workers does it, by a lease; what it knows stands in
/// PostgreSQL, so that another goes on where it stopped.
/// </summary>
sealed class Autoscaler : Pulse
{
    const string Lease = "autoscaler";

    readonly ScalingStore store;
    readonly AutoscalerOptions options;
    readonly IActuator actuator;
    readonly IReadOnlyList<ScaledPool> pools;
    readonly string me = $"{Environment.MachineName}:{Environment.ProcessId}:{Guid.NewGuid().ToString("n")[..8]}";
    DateTimeOffset kept;

    public Autoscaler(ScalingStore store, QueueLimits limits, IBus bus, IEnumerable<QueueShare> shares, IOptions<AutoscalerOptions> options, TimeProvider clock, ILogger<Autoscaler> logger) : base(clock, logger)
    {
        (this.store, this.options) = (store, options.Value);
        var mode = this.options.Mode?.ToLowerInvariant();
        var kubernetes = mode is "kubernetes" || mode is null && this.options.Pools.Count > 0 ? KubernetesReplicas.Find(this.options.Kubernetes) : null;
        actuator = mode switch
        {
            "kubernetes" => kubernetes ?? throw new InvalidOperationException("Autoscaler:Mode is kubernetes, but this process does not run there: set Autoscaler:Kubernetes:Url."),
            "concurrency" => new Concurrency(limits, bus, shares, acts: true),
            "dry-run" or "off" => new Concurrency(limits, bus, shares, acts: false),
            null => (IActuator?)kubernetes ?? new Concurrency(limits, bus, shares, acts: false),
            _ => throw new InvalidOperationException($"Autoscaler:Mode is kubernetes, concurrency, dry-run or off, not {mode}."),
        };
        pools = mode is "off" ? [] : actuator is KubernetesReplicas ? [.. this.options.Pools.Select(pool => Pool(pool.Key, pool.Value))] : [.. Concurrency.Pools(shares, this.options)];
        if (actuator is KubernetesReplicas && pools.Count == 0)
            throw new InvalidOperationException("Autoscaler:Mode is kubernetes, but there are no Autoscaler:Pools.");
    }

    protected override TimeSpan Poll => options.Every;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await store.ReleaseAsync(Lease, me, cancellationToken);
        }
        catch (Exception problem) when (problem is Npgsql.NpgsqlException or TimeoutException or OperationCanceledException or ObjectDisposedException)
        {
            // It ends by itself.
        }
    }

    protected override async Task<bool> AdvanceAsync(CancellationToken cancellation)
    {
        if (!await store.HoldAsync(Lease, me, 3 * options.Every, cancellation))
            return false;
        var now = Clock.GetUtcNow();
        await store.SampleAsync(now, cancellation);
        // What the policy looks back at is its longest cool-down, and what lies just before.
        var history = await store.HistoryAsync(now - Longest(options.Rule) - 4 * options.Every, cancellation);
        var last = await store.LastAsync(cancellation);
        foreach (var pool in pools)
            await DecideAsync(pool, Together(pool, history), last.Where(d => d.Pool == pool.Name).ToList(), now, cancellation);
        if (now - kept > TimeSpan.FromMinutes(10))
            await store.KeepAsync(kept = now, cancellation);
        return false;
    }

    async Task DecideAsync(ScaledPool pool, List<QueueSample> samples, List<StoredDecision> last, DateTimeOffset now, CancellationToken cancellation)
    {
        StoredDecision decision;
        try
        {
            if (await actuator.CurrentAsync(pool, cancellation) is not { } workers)
                return;
            var (desired, reason, explanation) = ScalingPolicy.Decide(pool.Rule, samples, new(workers, last.Where(d => d.Was != d.Desired && d.Error is null).Max(d => (DateTimeOffset?)d.Time)), now);
            decision = new(now, pool.Name, actuator.Name, workers, desired, reason, explanation, null);
        }
        catch (Exception problem) when (IsOfThePlatform(problem))
        {
            Logger.LogWarning(problem, "How many workers {Pool} has cannot be read", pool.Name);
            return;
        }
        if (decision.Desired != decision.Was && actuator.Acts)
            decision = decision with { Error = await ApplyAsync(pool, decision, cancellation) };
        // Each change is kept, and of what stays the same the first.
        var before = last.MaxBy(d => d.Time);
        if (decision.Desired != decision.Was || decision.Reason != (before?.Reason ?? ScalingReason.Steady))
            await store.AddAsync(decision, cancellation);
    }

    /// <summary>Null, or why it could not be done.</summary>
    async Task<string?> ApplyAsync(ScaledPool pool, StoredDecision decision, CancellationToken cancellation)
    {
        try
        {
            await actuator.ApplyAsync(pool, decision.Desired, cancellation);
            Logger.LogInformation("{Pool} goes from {Was} to {Desired} workers: {Explanation}", pool.Name, decision.Was, decision.Desired, decision.Explanation);
            return null;
        }
        catch (Exception problem) when (IsOfThePlatform(problem))
        {
            Logger.LogWarning(problem, "{Pool} cannot be brought to {Desired} workers", pool.Name, decision.Desired);
            return problem.Message;
        }
    }

    static bool IsOfThePlatform(Exception problem) => problem is HttpRequestException or k8s.Autorest.HttpOperationException or TaskCanceledException { InnerException: TimeoutException };

    ScaledPool Pool(string name, PoolOptions pool) => new(name, pool.Queues.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries), pool.Deployment ?? $"{name}-deployment",
        options.Rule with { Min = pool.Min ?? options.Rule.Min, Max = pool.Max ?? options.Rule.Max, WorkersBringProcessors = true });

    static List<QueueSample> Together(ScaledPool pool, ILookup<string, QueueSample> history) =>
        [.. pool.Queues.SelectMany(queue => history[queue]).GroupBy(sample => sample.Time).OrderBy(moment => moment.Key).Select(moment => QueueSample.Together(moment.Key, [.. moment]))];

    static TimeSpan Longest(ScalingRule rule) => rule.DownCoolDown > rule.HighCpuFor ? rule.DownCoolDown : rule.HighCpuFor;
}
