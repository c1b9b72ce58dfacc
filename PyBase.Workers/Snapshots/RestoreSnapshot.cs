using PyBase.Core.Accounts;
using PyBase.Core.Changes;
using PyBase.Core.Jobs;
using PyBase.Core.Schema;
using PyBase.Core.Snapshots;
using PyBase.Storage.Accounts;
using PyBase.Storage.Jobs;
using PyBase.Storage.Snapshots;
using PyBase.Workers.Jobs;

namespace PyBase.Workers.Snapshots;

/// <summary>
/// Puts a base back, in one transaction that also says so: a worker that takes over finds it done, or begins again. Until then a cancel leaves the base as it was.
/// </summary>
sealed class RestoreSnapshot(SnapshotRestorer snapshots, BaseAccess access) : IJobWork
{
    static readonly object Done = new { restored = true };

    public string Kind => JobKind.SnapshotRestore;

    public async Task<JobOutcome> RunAsync(JobRun run)
    {
        var work = run.Lease.Work;
        if (work.Checkpoint is not null)
            return new(JobState.Succeeded, [], Result: new JobResult([]));
        // Whoever asked may have lost the right since.
        if (work.CreatedBy is not { } asker || await access.RoleInBaseAsync(asker, work.Base, run.Cancellation) is not { } role || !role.May(Permission.EditSchema))
            return new(JobState.Failed, [], MakeSnapshot.JobErrorOf(SchemaErrors.NotPermitted));
        run.Report(0, 0, "checking");
        var watch = new RestoreWatch((records, total) => run.Report(records, total, "writing rows"), async write =>
        {
            if (!await run.Lease.CheckpointAsync(write, Done, run.Cancellation))
                throw await run.LostAsync();
        });
        var restored = await snapshots.RestoreAsync(work.Base, work.Sha256!, new Origin(asker, "RestoreSnapshot"), run.Cancellation, watch);
        return restored.TryGet(out _, out var error) ? new(JobState.Succeeded, [], Result: new JobResult([])) : new(JobState.Failed, [], MakeSnapshot.JobErrorOf(error));
    }

    /// <summary>What is done cannot be taken back, and is not said to be.</summary>
    public async Task UndoAsync(JobLease lease, JobOutcome end, CancellationToken cancellation)
    {
        var isDone = await lease.ReadCheckpointAsync(cancellation) is not null;
        await lease.FinishAsync(isDone ? JobState.Failed : end.State, end.Findings, isDone ? MakeSnapshot.JobErrorOf(SnapshotErrors.RestoredAlready) : end.Error, null, cancellation);
    }
}
