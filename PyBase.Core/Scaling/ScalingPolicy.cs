using System.Globalization;

namespace PyBase.Core.Scaling;

/// <summary>How many workers there should be, and why.</summary>
/// <param name="Desired">As many as there are when nothing is to be done.</param>
/// <param name="Reason">One word for programs: <see cref="ScalingReason"/>.</param>
/// <param name="Explanation">The same for people, with what was measured.</param>
public sealed record ScalingDecision(int Desired, string Reason, string Explanation);

/// <summary>The changes of a pool that count for its cool-downs.</summary>
public sealed record ScalingState(int Workers, DateTimeOffset? LastChange);

/// <summary>Why workers are added, taken away or left.</summary>
public static class ScalingReason
{
    /// <summary>Too many jobs wait.</summary>
    public const string Depth = "depth";
    /// <summary>One has waited too long.</summary>
    public const string Age = "age";
    /// <summary>The processors of the workers have been busy for long.</summary>
    public const string Cpu = "cpu";
    /// <summary>Nothing has waited for long.</summary>
    public const string Idle = "idle";
    /// <summary>There are as many as needed.</summary>
    public const string Steady = "steady";
    /// <summary>The last change has to show first.</summary>
    public const string CoolDown = "cool-down";
    /// <summary>More are not allowed.</summary>
    public const string AtMax = "at-max";
    /// <summary>Jobs fail rather than wait: more workers would fail more of them.</summary>
    public const string Failing = "failing";
    /// <summary>More at once on busy processors would be slower.</summary>
    public const string CpuBusy = "cpu-busy";
    /// <summary>There were more or fewer than the rule allows.</summary>
    public const string Bounds = "bounds";
}

/// <summary>
/// The autoscaler's mind: a pure function of what was measured. It never leaves the bounds, never changes anything twice within a cool-down, and with more jobs
/// waiting never wants fewer workers.
/// </summary>
public static class ScalingPolicy
{
    /// <param name="rule">The thresholds.</param>
    /// <param name="samples">Of the queue, oldest first; those of <see cref="ScalingRule.DownCoolDown"/> count.</param>
    /// <param name="state">How many workers there are, and since when.</param>
    /// <param name="now">The moment it is decided.</param>
    public static ScalingDecision Decide(ScalingRule rule, IReadOnlyList<QueueSample> samples, ScalingState state, DateTimeOffset now)
    {
        var workers = state.Workers;
        if (Math.Clamp(workers, rule.Min, rule.Max) is var bounded && bounded != workers)
            return new(bounded, ScalingReason.Bounds, $"{workers} workers are outside of {rule.Min} to {rule.Max}.");
        if (samples is not [.., var last])
            return new(workers, ScalingReason.Steady, "Nothing has been measured yet.");
        if (Pressure(rule, samples, now) is { } pressure)
            return Up(rule, last, state, now, pressure);
        return Down(rule, samples, state, now);
    }

    /// <summary>Why more workers are wanted, if they are.</summary>
    static (string Reason, string Words)? Pressure(ScalingRule rule, IReadOnlyList<QueueSample> samples, DateTimeOffset now)
    {
        var last = samples[^1];
        if (last.Depth > rule.UpAbove)
            return (ScalingReason.Depth, $"{last.Depth} jobs wait, more than {rule.UpAbove}");
        if (last.Depth > 0 && last.OldestSeconds > rule.OldestLimit.TotalSeconds)
            return (ScalingReason.Age, Text($"the oldest job has waited {last.OldestSeconds:0} s, longer than {rule.OldestLimit.TotalSeconds:0}"));
        // Busy processors are their purpose; they call for more only where something waits for them.
        var recent = Since(samples, now - rule.HighCpuFor);
        return rule.WorkersBringProcessors && last.Depth >= rule.DownBelow && recent is not null && recent.All(s => s.Cpu > rule.HighCpu)
            ? (ScalingReason.Cpu, Text($"processors are busy to {last.Cpu:P0} for {rule.HighCpuFor.TotalMinutes:0} minutes while {last.Depth} jobs wait")) : null;
    }

    static ScalingDecision Up(ScalingRule rule, QueueSample last, ScalingState state, DateTimeOffset now, (string Reason, string Words) pressure)
    {
        var workers = state.Workers;
        if (workers == rule.Max)
            return new(workers, ScalingReason.AtMax, Sentence($"{pressure.Words}; {rule.Max} workers are the most allowed"));
        if (last.FailedPerSecond > rule.FailuresPerSuccess * last.ServedPerSecond)
            return new(workers, ScalingReason.Failing, Sentence(Text($"{pressure.Words}, but {last.FailedPerSecond:0.##} tries a second fail and {last.ServedPerSecond:0.##} succeed")));
        if (!rule.WorkersBringProcessors && last.Cpu > rule.BusyCpu)
            return new(workers, ScalingReason.CpuBusy, Sentence(Text($"{pressure.Words}, but the processors are busy to {last.Cpu:P0}")));
        if (now - state.LastChange < rule.UpCoolDown)
            return new(workers, ScalingReason.CoolDown, Sentence($"{pressure.Words}; the last change was {Seconds(now - state.LastChange!.Value)} ago"));
        return new(Math.Min(workers + Step(rule, last, workers), rule.Max), pressure.Reason, Sentence(pressure.Words));
    }

    /// <summary>The guide's two, or as many as the backlog takes, but no more than there are.</summary>
    static int Step(ScalingRule rule, QueueSample last, int workers)
    {
        if (last.ServedPerSecond <= 0)
            return rule.UpBy;
        var needed = (last.ArrivalsPerSecond + last.Depth / rule.DrainWithin.TotalSeconds) / (last.ServedPerSecond / workers);
        return (int)Math.Clamp(Math.Ceiling(needed) - workers, rule.UpBy, Math.Max(rule.UpBy, workers));
    }

    static ScalingDecision Down(ScalingRule rule, IReadOnlyList<QueueSample> samples, ScalingState state, DateTimeOffset now)
    {
        var workers = state.Workers;
        var recent = Since(samples, now - rule.DownCoolDown);
        if (workers == rule.Min || recent is null || recent.Any(s => s.Depth >= rule.DownBelow || s.OldestSeconds > rule.OldestLimit.TotalSeconds))
            return new(workers, ScalingReason.Steady, Text($"{samples[^1].Depth} jobs wait for {workers} workers."));
        // One, or half of those that had nothing to do at the busiest of these moments.
        var left = Math.Max(rule.Min, workers - Math.Max(rule.DownBy, (workers - (int)Math.Ceiling(recent.Max(s => s.Running) / 0.8)) / 2));
        // Few wait because these workers are busy: with fewer, more would wait, and they would be back.
        if (recent.Average(s => s.Running) is var busy && busy > 0.8 * left)
            return new(workers, ScalingReason.Steady, Text($"{busy:0.#} of {workers} workers are busy."));
        if (now - state.LastChange < rule.DownCoolDown)
            return new(workers, ScalingReason.CoolDown, $"Fewer than {rule.DownBelow} jobs wait; the last change was {Seconds(now - state.LastChange!.Value)} ago.");
        return new(left, ScalingReason.Idle, Text($"Fewer than {rule.DownBelow} jobs have waited for {rule.DownCoolDown.TotalMinutes:0} minutes."));
    }

    /// <summary>The samples since then; null when they do not reach back so far.</summary>
    static List<QueueSample>? Since(IReadOnlyList<QueueSample> samples, DateTimeOffset from) =>
        samples[0].Time > from ? null : samples.Where(s => s.Time >= from).ToList() is [_, ..] recent ? recent : null;

    static string Seconds(TimeSpan span) => Text($"{span.TotalSeconds:0} s");

    static string Sentence(string words) => $"{char.ToUpperInvariant(words[0])}{words[1..]}.";

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
