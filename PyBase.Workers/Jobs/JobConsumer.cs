using System.Diagnostics;
using MassTransit;
using Npgsql;
using PyBase.Core.Jobs;
using PyBase.Storage.Bus;
using PyBase.Storage.Jobs;
using PyBase.Storage.Scaling;

namespace PyBase.Workers.Jobs;

/// <summary>
/// Takes a job's message from any queue: claim, work, end. The message is acknowledged when the job has come to its end or to its next try, so a worker that
/// dies gives it back; what the job had done by then stands in its checkpoint.
/// </summary>
sealed class JobConsumer(JobClaims claims, QueueGates gates, IEnumerable<IJobWork> works, IHostApplicationLifetime process, TimeProvider clock, ILogger<JobConsumer> logger) : IConsumer<RunJob>
{
    const int MaxAttempts = 5;
    const string Again = "again";
    static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(2);

    /// <summary>What waits here longer than that may begin sooner elsewhere.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    static readonly JobOutcome Cancelled = new(JobState.Cancelled, []);
    static readonly ActivitySource Source = new("PyBase.Workers");

    public async Task Consume(ConsumeContext<RunJob> context)
    {
        // The process' own end, as the bus lets consumers go on for a while and a job may need hours.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, process.ApplicationStopping);
        while (true)
        {
            try
            {
                using var place = stop.IsCancellationRequested ? null : await gates.EnterAsync(context.ReceiveContext.InputAddress.Segments[^1], Patience, stop.Token);
                if (place is null)
                    await claims.LeaveForLaterAsync(context.Message.JobId, CancellationToken.None);
                else if (await claims.ClaimAsync(context.Message.JobId, CancellationToken.None) is { } lease)
                    await RunAsync(lease, stop.Token);
                return;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                // While it waited for its turn: it is left for others.
            }
            // The last is what the driver says of a connection that was cut while it was used.
            catch (Exception trouble) when (trouble is NpgsqlException or TimeoutException or InvalidOperationException)
            {
                // A message that fails goes to an error queue where nobody looks, and one that is let go is taken for done. It stays here until the database answers, or until the process
                // is gone and the broker gives it to another; a job in hand comes back by its lease.
                logger.LogWarning(trouble, "{Job} cannot be claimed or ended without the database; trying again", context.Message.JobId);
                await Task.Delay(AfterTrouble, clock, CancellationToken.None);
            }
        }
    }

    async Task RunAsync(JobLease lease, CancellationToken stop)
    {
        var work = lease.Work;
        using var activity = Source.StartActivity($"job {work.Kind}");
        activity?.SetTag("pybase.job", work.Id);
        activity?.SetTag("pybase.attempt", work.Attempt);
        await using var run = new JobRun(lease, clock, stop);
        using var measured = JobMetrics.Begin(work, clock);
        try
        {
            if (work.CancelRequested)
                measured.End = await UndoAsync(run, Cancelled);
            else if (work.Attempt > MaxAttempts)
                measured.End = await ParkAsync(lease, WorkersDied);
            else
                measured.End = await EndAsync(run, await WorkOf(work.Kind).RunAsync(run));
        }
        catch (OperationCanceledException) when (run.State is LeaseState.CancelRequested)
        {
            measured.End = await UndoAsync(run, Cancelled);
        }
        catch (Exception problem) when (run.State is LeaseState.Lost)
        {
            measured.End = "lost";
            logger.LogWarning(problem, "{Job} is another worker's now; stopping here", work.Id);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The process stops: give the job back at once, without counting this as a failure.
            measured.End = "stopped";
            await run.StopAsync();
            await lease.RetryLaterAsync(TimeSpan.Zero, new JobError("worker-stopped", "The worker was stopped; another goes on.", null), counts: false, CancellationToken.None);
        }
        catch (Exception problem)
        {
            // Whatever it is, it must not take the worker along: the job comes again, and after five times somebody has to look.
            logger.LogError(problem, "{Job} failed at attempt {Attempt}", work.Id, work.Attempt);
            activity?.SetStatus(ActivityStatusCode.Error, problem.Message);
            await run.StopAsync();
            measured.End = await FailAsync(lease, problem);
        }
    }

    /// <summary>How it ended, for the metrics.</summary>
    async Task<string> EndAsync(JobRun run, JobOutcome outcome)
    {
        if (outcome.State is not JobState.Succeeded && outcome is { Becomes: null, Again: null, Preview: null })
            return await UndoAsync(run, outcome);
        await run.StopAsync();
        if (outcome.Becomes is { } kind)
        {
            await run.Lease.BecomeAsync(kind, CancellationToken.None);
            return Again;
        }
        if (outcome.Again is { } wait)
        {
            await run.Lease.RetryLaterAsync(wait.Delay, outcome.Error!, wait.Counts, CancellationToken.None);
            return Again;
        }
        if (outcome.Preview is { } preview)
            return await run.Lease.WaitAsync(outcome.Findings, preview, CancellationToken.None) ? JobState.Waiting : await UndoAsync(run, Cancelled);
        // Refused when somebody cancelled behind the last row, or has the job by now.
        return await run.Lease.FinishAsync(outcome.State, outcome.Findings, outcome.Error, outcome.Result, CancellationToken.None) ? outcome.State : await UndoAsync(run, Cancelled);
    }

    async Task<string> UndoAsync(JobRun run, JobOutcome end)
    {
        await run.StopAsync();
        await WorkOf(run.Lease.Work.Kind).UndoAsync(run.Lease, end, CancellationToken.None);
        return end.State;
    }

    static async Task<string> ParkAsync(JobLease lease, JobError error)
    {
        await lease.FinishAsync(JobState.Parked, [], error, null, CancellationToken.None);
        return JobState.Parked;
    }

    IJobWork WorkOf(string kind) => works.FirstOrDefault(work => work.Kind == kind) ?? throw new InvalidOperationException($"Nobody here knows how to do a job of kind {kind}.");

    static readonly JobError WorkersDied = new("worker-died", $"{MaxAttempts} workers in a row ended while they ran this job.", "Look for what ended them (memory?) before it is retried.");

    static async Task<string> FailAsync(JobLease lease, Exception problem)
    {
        var error = problem is IOException or UnauthorizedAccessException
            ? new JobError("file-unreadable", "The stored file cannot be read.", $"Files:Path has to be the same folder for every process ({problem.GetType().Name}).")
            : new JobError("internal-error", "Something went wrong while the job ran.", $"Trace it by its traceId ({problem.GetType().Name}).");
        if (lease.Work.Attempt >= MaxAttempts)
            return await ParkAsync(lease, error);
        await lease.RetryLaterAsync(TimeSpan.FromSeconds(Math.Pow(2, lease.Work.Attempt) * (0.5 + Random.Shared.NextDouble())), error, counts: true, CancellationToken.None);
        return Again;
    }
}
