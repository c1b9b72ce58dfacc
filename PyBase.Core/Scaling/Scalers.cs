namespace PyBase.Core.Scaling;

/// <summary>Says how many workers there should be. Made anew for each run, as it may remember.</summary>
public delegate int Scaler(IReadOnlyList<QueueSample> samples, int workers, DateTimeOffset now);

/// <summary>What the policy is compared with.</summary>
public static class Scalers
{
    /// <summary>So many, whatever comes.</summary>
    public static Scaler Fixed(int workers) => (_, _, _) => workers;

    /// <summary>PyBase's own.</summary>
    public static Scaler Policy(ScalingRule rule)
    {
        DateTimeOffset? changed = null;
        return (samples, workers, now) =>
        {
            var decision = ScalingPolicy.Decide(rule, samples, new(workers, changed), now);
            if (decision.Desired != workers)
                changed = now;
            return decision.Desired;
        };
    }

    /// <summary>
    /// KEDA on a queue's length, which is what the published chart uses: messages ÷ target, rounded up; fewer only when none of the last <paramref name="stabilization"/>
    /// wanted more (https://keda.sh/docs/latest/concepts/scaling-deployments/, https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/).
    /// </summary>
    public static Scaler Keda(int target, int min, int max, TimeSpan stabilization)
    {
        var wishes = new Queue<(DateTimeOffset Time, int Workers)>();
        return (samples, _, now) =>
        {
            // A message that is delivered and not yet acknowledged counts for KEDA too.
            var messages = samples[^1].Depth + samples[^1].Running;
            wishes.Enqueue((now, (int)Math.Clamp((messages + target - 1) / target, min, max)));
            while (wishes.Peek().Time < now - stabilization)
                wishes.Dequeue();
            return wishes.Max(w => w.Workers);
        };
    }
}
