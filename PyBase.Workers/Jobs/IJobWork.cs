using PyBase.Storage.Jobs;

namespace PyBase.Workers.Jobs;

/// <summary>What a worker does for jobs of one kind.</summary>
interface IJobWork
{
    /// <summary>The kind of job, as <see cref="Core.Jobs.JobKind"/> says.</summary>
    string Kind { get; }

    /// <summary>Does it, or goes on with it where another worker stopped.</summary>
    Task<JobOutcome> RunAsync(JobRun run);

    /// <summary>Takes back what a cancelled or failed job did, and ends it, in one transaction where there is something to take back.</summary>
    Task UndoAsync(JobLease lease, JobOutcome end, CancellationToken cancellation);
}
