using PyBase.Core.Accounts;
using PyBase.Core.Jobs;
using PyBase.Core.Schema;
using PyBase.Storage.Accounts;
using PyBase.Storage.Jobs;
using PyBase.Storage.Snapshots;
using PyBase.Workers.Jobs;

namespace PyBase.Workers.Snapshots;

/// <summary>Writes a base into a file of the store, which is there to be fetched for a week. A worker that takes over begins again: nothing is written but the file.</summary>
sealed class MakeSnapshot(SnapshotWriter snapshots, JobStore jobs, BaseAccess access, TimeProvider clock) : IJobWork
{
    static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    public string Kind => JobKind.Snapshot;

    public async Task<JobOutcome> RunAsync(JobRun run)
    {
        var (work, written) = (run.Lease.Work, 0L);
        if (work.CreatedBy is not { } asker || await access.RoleInBaseAsync(asker, work.Base, run.Cancellation) is not { } role || !role.May(Permission.EditSchema))
            return new(JobState.Failed, [], JobErrorOf(SchemaErrors.NotPermitted));
        if (!(await snapshots.StoreAsync(work.Base, run.Cancellation, records => run.Report(written = records, 0, "writing rows"))).TryGet(out var stored, out var error))
            return new(JobState.Failed, [], JobErrorOf(error));
        var (name, expires) = ($"{work.Base}.pybase.gz", clock.GetUtcNow() + Kept);
        var id = await jobs.AddExportAsync(work.Base, name, "application/gzip", stored, asker, expires, run.Cancellation);
        return new JobOutcome(JobState.Succeeded, [], Result: new JobResult([]) { File = new JobExport(id, name, stored.Size, written, expires) });
    }

    public Task UndoAsync(JobLease lease, JobOutcome end, CancellationToken cancellation) => lease.FinishAsync(end.State, end.Findings, end.Error, null, cancellation);

    internal static JobError JobErrorOf(Core.Errors.Error error) => new(error.Code, error.Message, error.Hint);
}
