using PyBase.Core.Errors;
using PyBase.Core.Jobs;
using PyBase.Core.Schema;
using PyBase.Storage.Files;
using PyBase.Storage.Jobs;
using PyBase.Workers.Jobs;
using System.Text.Json;

namespace PyBase.Workers.Attachments;

/// <summary>Fetches a file into the cell that waits for it.</summary>
sealed class FetchAttachment(Download download, AttachmentFetches fetches) : IJobWork
{
    public string Kind => AttachmentFetches.Kind;

    public async Task<JobOutcome> RunAsync(JobRun run)
    {
        var fetch = await ReadAsync(run.Lease, run.Cancellation);
        var got = await download.FetchAsync(fetch, run.Cancellation);
        if (got.Error is { } refused)
            return new JobOutcome(JobState.Failed, [], refused);
        var done = await fetches.CompleteAsync(run.Lease, fetch, got.Stored!, got.Name, got.MediaType, run.Cancellation);
        return done.TryGet(out _, out var error) ? new JobOutcome(JobState.Succeeded, [])
            : error == JobErrors.LeaseLost ? throw await run.LostAsync()
            : error.Kind is ErrorKind.Unavailable ? throw new InvalidOperationException($"The cell cannot be written: {error.Code}")
            : new JobOutcome(JobState.Failed, [], new JobError(error.Code, error.Message, error.Hint));
    }

    /// <summary>Takes the entry away that waits for a file which does not come.</summary>
    public async Task UndoAsync(JobLease lease, JobOutcome end, CancellationToken cancellation)
    {
        var abandoned = await fetches.AbandonAsync(lease, await ReadAsync(lease, cancellation), end.State, end.Error, cancellation);
        if (abandoned.TryGet(out _, out var error))
            lease.TellEnd();
        else if (error == SchemaErrors.ModelNotFound) // neither the table nor the cell is there any more
            await lease.FinishAsync(end.State, [], end.Error, null, cancellation);
        else if (error != JobErrors.LeaseLost)
            throw new InvalidOperationException($"The entry that waits for {lease.Work.Id} cannot be taken away: {error.Code}");
    }

    static async Task<AttachmentFetch> ReadAsync(JobLease lease, CancellationToken cancellation) =>
        (await lease.ReadInputAsync(cancellation)).Deserialize<AttachmentFetch>(JobJson.Options)!;
}
