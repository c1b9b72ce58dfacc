namespace PyBase.Core.Scaling;

/// <summary>When workers are added or taken away. The thresholds are the scaling guide's.</summary>
public sealed record ScalingRule
{
    /// <summary>Never fewer.</summary>
    public int Min { get; init; } = 1;

    /// <summary>Never more.</summary>
    public int Max { get; init; } = 8;

    /// <summary>More jobs than these wait: add workers.</summary>
    public long UpAbove { get; init; } = 100;

    /// <summary>At least so many at once; at most as many as there are.</summary>
    public int UpBy { get; init; } = 2;

    /// <summary>Fewer jobs than these wait, and have waited all of <see cref="DownCoolDown"/>: take workers away.</summary>
    public long DownBelow { get; init; } = 10;

    /// <summary>So many at least; more when half of those that had nothing to do are more.</summary>
    public int DownBy { get; init; } = 1;

    /// <summary>A job that has waited longer calls for workers however few wait with it: a hundred drawings are an hour, a hundred mails a second.</summary>
    public TimeSpan OldestLimit { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>In what time a backlog should be gone; where the rates tell how many workers that takes, as many are added at once.</summary>
    public TimeSpan DrainWithin { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>After any change, before workers are added: new ones need to start and to show what they do.</summary>
    public TimeSpan UpCoolDown { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>After any change, before workers are taken away.</summary>
    public TimeSpan DownCoolDown { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Where more tries fail for one that succeeds, more workers would only fail more.</summary>
    public double FailuresPerSuccess { get; init; } = 10;

    /// <summary>The guide's <c>CPU &gt; 70 % for 5+ minutes</c>.</summary>
    public double HighCpu { get; init; } = 0.7;

    /// <summary>For how long.</summary>
    public TimeSpan HighCpuFor { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>True for processes on machines of their own. More jobs at once in the same processes bring none, and do not help where those are busy.</summary>
    public bool WorkersBringProcessors { get; init; } = true;

    /// <summary>Above it, more jobs at once in the same process only make each slower.</summary>
    public double BusyCpu { get; init; } = 0.9;
}
