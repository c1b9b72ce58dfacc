namespace PyBase.Core.Scaling;

/// <summary>What is known of a queue at a moment; rates are those of the minute before.</summary>
/// <param name="Time">When.</param>
/// <param name="Depth">Jobs that a worker could take now, the depth that alerts and the autoscaler go by. What waits for its next try is not among them; what a worker handed back, having its hands full, is.</param>
/// <param name="OldestSeconds">How long the oldest of them has waited that nobody has tried yet.</param>
/// <param name="Running">Jobs that workers have in hand.</param>
/// <param name="ArrivalsPerSecond">Jobs that were asked for.</param>
/// <param name="ServedPerSecond">Jobs that came to a good end.</param>
/// <param name="FailedPerSecond">Tries that came to a bad one.</param>
/// <param name="Cpu">How busy the processors of its workers are, 0 to 1; null when nobody says.</param>
public sealed record QueueSample(
    DateTimeOffset Time, long Depth, double OldestSeconds, int Running, double ArrivalsPerSecond, double ServedPerSecond, double FailedPerSecond, double? Cpu)
{
    /// <summary>Jobs whose next try is still to come.</summary>
    public long Later { get; init; }

    /// <summary>Jobs that wait for a person's decision.</summary>
    public long Waiting { get; init; }

    /// <summary>Jobs whose retries are used up.</summary>
    public long Parked { get; init; }

    /// <summary>Queues that the same workers serve, seen as one.</summary>
    public static QueueSample Together(DateTimeOffset time, IReadOnlyCollection<QueueSample> queues) => new(time, queues.Sum(q => q.Depth), queues.Max(q => q.OldestSeconds),
        queues.Sum(q => q.Running), queues.Sum(q => q.ArrivalsPerSecond), queues.Sum(q => q.ServedPerSecond), queues.Sum(q => q.FailedPerSecond), queues.Max(q => q.Cpu))
    {
        Later = queues.Sum(q => q.Later), Waiting = queues.Sum(q => q.Waiting), Parked = queues.Sum(q => q.Parked),
    };
}
