using PyBase.Core.Scaling;

namespace PyBase.Workers.Scaling;

/// <summary>Workers that are scaled together.</summary>
/// <param name="Name">For people.</param>
/// <param name="Queues">What they take.</param>
/// <param name="Deployment">What Kubernetes calls them.</param>
/// <param name="Rule">Their thresholds.</param>
sealed record ScaledPool(string Name, IReadOnlyList<string> Queues, string Deployment, ScalingRule Rule);

/// <summary>What the platform lets the autoscaler change.</summary>
interface IActuator
{
    /// <summary>As it is kept with decisions.</summary>
    string Name { get; }

    /// <summary>False for one that only says what it would do.</summary>
    bool Acts { get; }

    /// <summary>True when a worker more is a machine more.</summary>
    bool BringsProcessors { get; }

    /// <summary>How many there are; null when there is no such pool here.</summary>
    Task<int?> CurrentAsync(ScaledPool pool, CancellationToken cancellation);

    /// <summary>Makes it so many.</summary>
    Task ApplyAsync(ScaledPool pool, int workers, CancellationToken cancellation);
}
