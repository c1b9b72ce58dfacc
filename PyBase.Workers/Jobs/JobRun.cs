using System.Text.Json.Nodes;
using Npgsql;
using PyBase.Core.Jobs;
using PyBase.Storage.Jobs;

namespace PyBase.Workers.Jobs;

/// <summary>How a job ended.</summary>
sealed record JobOutcome(string State, IReadOnlyList<JobFinding> Findings, JobError? Error = null, JobResult? Result = null)
{
    /// <summary>What a person decides on, of a job that waits.</summary>
    public JsonNode? Preview { get; init; }

    /// <summary>Another kind of job, as which it starts again.</summary>
    public string? Becomes { get; init; }

    /// <summary>The job comes again, with its error to say why.</summary>
    public Wait? Again { get; init; }
}

/// <summary>How long until the next try, and whether this one was one of the few there are.</summary>
sealed record Wait(TimeSpan Delay, bool Counts);

/// <summary>
/// A job while it runs. A pulse beside the work shows a sign of life and the newest progress; when the lease is gone or somebody cancelled, it cancels the work.
/// </summary>
sealed class JobRun : IAsyncDisposable
{
    /// <summary>Short enough that a person sees it move, and a few times shorter than the lease.</summary>
    static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(100);
    static readonly TimeSpan RenewAfter = JobLease.Length / 4;

    readonly CancellationTokenSource stop;
    readonly TimeProvider clock;
    readonly Task pulse;
    volatile JobProgress progress;

    public JobRun(JobLease lease, TimeProvider clock, CancellationToken cancellation)
    {
        (Lease, this.clock) = (lease, clock);
        progress = new JobProgress(0, lease.Work.FileSize, "reading");
        stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        pulse = PulseAsync();
    }

    public JobLease Lease { get; }

    public LeaseState State { get => state; private set => state = value; }

    volatile LeaseState state = LeaseState.Held;

    /// <summary>Cancelled when the work has to end.</summary>
    public CancellationToken Cancellation => stop.Token;

    /// <summary>How far the work is; costs nothing.</summary>
    public void Report(long done, long total, string step) => progress = new JobProgress(done, total, step);

    /// <summary>A write was refused: finds out whether the job was cancelled or taken, and returns what to throw.</summary>
    public async Task<OperationCanceledException> LostAsync()
    {
        State = await Lease.RenewAsync(progress, CancellationToken.None) is LeaseState.CancelRequested ? LeaseState.CancelRequested : LeaseState.Lost;
        await stop.CancelAsync();
        return new OperationCanceledException(stop.Token);
    }

    /// <summary>Ends the pulse; the outcome may be written now.</summary>
    public async Task StopAsync()
    {
        ended = true;
        await pulse;
    }

    volatile bool ended;

    async Task PulseAsync()
    {
        JobProgress? told = null;
        var renewed = clock.GetTimestamp();
        while (!ended && !stop.IsCancellationRequested)
        {
            await Task.Delay(Beat, clock, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (ended || stop.IsCancellationRequested || (progress == told && clock.GetElapsedTime(renewed) < RenewAfter))
                continue;
            try
            {
                State = await Lease.RenewAsync(told = progress, stop.Token);
                renewed = clock.GetTimestamp();
                if (State is not LeaseState.Held)
                    await stop.CancelAsync();
            }
            catch (Exception problem) when (problem is NpgsqlException or TimeoutException or OperationCanceledException or InvalidOperationException or IOException)
            {
                // No sign of life got through. Each write checks the lease anyway; the next beat tries again.
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        stop.Dispose();
    }
}
