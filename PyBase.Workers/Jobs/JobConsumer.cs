using System.Diagnostics;
using MassTransit;
using PyBase.Core.Jobs;
using PyBase.Storage.Bus;
using PyBase.Storage.Jobs;
using PyBase.Workers.Extractions;

namespace PyBase.Workers.Jobs;

/// <summary>
/// Takes a job's message from any queue: claim, work, end. The message is acknowledged when the job has come to its end or to its next try, so a worker that
/// dies gives it back; what the job had done by then stands in its checkpoint.
/// </summary>
sealed class JobConsumer(JobClaims claims, ExtractDrawing extractDrawing, TimeProvider clock, ILogger<JobConsumer> logger) : IConsumer<RunJob>
{
    const int MaxAttempts = 5;
    static readonly ActivitySource Source = new("PyBase.Workers");

    public async Task Consume(ConsumeContext<RunJob> context)
    {
        if (await claims.ClaimAsync(context.Message.JobId, context.CancellationToken) is not { } lease)
            return;
        var work = lease.Work;
        using var activity = Source.StartActivity($"job {work.Kind}");
        activity?.SetTag("pybase.job", work.Id);
        activity?.SetTag("pybase.attempt", work.Attempt);
        await using var run = new JobRun(lease, clock, context.CancellationToken);
        try
        {
            var outcome = await extractDrawing.RunAsync(run);
            await run.StopAsync();
            await lease.FinishAsync(outcome.State, outcome.Findings, outcome.Error, outcome.Result, CancellationToken.None);
        }
        catch (OperationCanceledException) when (run.State is LeaseState.CancelRequested)
        {
            await run.StopAsync();
            await extractDrawing.UndoAsync(lease, CancellationToken.None);
            await lease.FinishAsync(JobState.Cancelled, [], null, null, CancellationToken.None);
        }
        catch (Exception problem) when (run.State is LeaseState.Lost)
        {
            logger.LogWarning(problem, "{Job} is another worker's now; stopping here", work.Id);
        }
        catch (OperationCanceledException) when (context.CancellationToken.IsCancellationRequested)
        {
            // The process stops: give the job back at once, without counting this as a failure.
            await run.StopAsync();
            await lease.RetryLaterAsync(TimeSpan.Zero, new JobError("worker-stopped", "The worker was stopped; another goes on.", null), CancellationToken.None);
        }
        catch (Exception problem)
        {
            // Whatever it is, it must not take the worker along: the job comes again, and after five times somebody has to look.
            logger.LogError(problem, "{Job} failed at attempt {Attempt}", work.Id, work.Attempt);
            activity?.SetStatus(ActivityStatusCode.Error, problem.Message);
            await run.StopAsync();
            await FailAsync(lease, problem);
        }
    }

    static async Task FailAsync(JobLease lease, Exception problem)
    {
        var error = new JobError("internal-error", "Something went wrong while the job ran.", $"Trace it by its traceId ({problem.GetType().Name}).");
        if (lease.Work.Attempt >= MaxAttempts)
            await lease.FinishAsync(JobState.Parked, [], error, null, CancellationToken.None);
        else
            await lease.RetryLaterAsync(TimeSpan.FromSeconds(Math.Pow(2, lease.Work.Attempt) * (0.5 + Random.Shared.NextDouble())), error, CancellationToken.None);
    }
}
