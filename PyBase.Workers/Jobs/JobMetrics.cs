using System.Diagnostics.Metrics;
using PyBase.Storage.Jobs;

namespace PyBase.Workers.Jobs;

/// <summary>How long jobs take and how they end; one measurement a try.</summary>
sealed class JobMetrics : IDisposable
{
    static readonly Meter Meter = new("PyBase.Jobs");
    static readonly UpDownCounter<long> Active = Meter.CreateUpDownCounter<long>("pybase.job.active", "{job}", "Jobs that this worker has in hand.");
    static readonly Histogram<double> Duration = Meter.CreateHistogram("pybase.job.duration", "s", "How long a try of a job took, by how it ended.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300, 1_800] });

    readonly JobWork work;
    readonly TimeProvider clock;
    readonly long started;

    JobMetrics(JobWork work, TimeProvider clock) => (this.work, this.clock, started) = (work, clock, clock.GetTimestamp());

    /// <summary>How the try ended: a state of the job, or <c>again</c>, <c>lost</c>, <c>stopped</c>.</summary>
    public string End { get; set; } = "again";

    public static JobMetrics Begin(JobWork work, TimeProvider clock)
    {
        Active.Add(1, new KeyValuePair<string, object?>("queue", work.Queue));
        return new(work, clock);
    }

    public void Dispose()
    {
        Active.Add(-1, new KeyValuePair<string, object?>("queue", work.Queue));
        Duration.Record(clock.GetElapsedTime(started).TotalSeconds, new("queue", work.Queue), new("kind", work.Kind), new("end", End));
    }
}
