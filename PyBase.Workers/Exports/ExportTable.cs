using System.IO.Pipelines;
using PyBase.Core.Errors;
using PyBase.Core.Exports;
using PyBase.Core.Jobs;
using PyBase.Core.Permissions;
using PyBase.Core.Queries;
using PyBase.Core.Schema;
using PyBase.Storage.Accounts;
using PyBase.Storage.Exports;
using PyBase.Storage.Files;
using PyBase.Storage.Jobs;
using PyBase.Storage.Schema;
using PyBase.Workers.Jobs;

namespace PyBase.Workers.Exports;

/// <summary>Writes a table into a file of the store, which is there to be fetched for a week. A worker that takes over begins again: nothing is written but the file.</summary>
sealed class ExportTable(SchemaStore schemas, TableExport export, FileStore files, JobStore jobs, BaseAccess access, TimeProvider clock) : IJobWork
{
    static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    public string Kind => JobKind.Export;

    public async Task<JobOutcome> RunAsync(JobRun run)
    {
        var work = run.Lease.Work;
        if (!ExportRequest.Open(await run.Lease.ReadInputAsync(run.Cancellation)).TryGet(out var request, out var error))
            return Failed(error);
        if (await schemas.FindAsync(work.Base, run.Cancellation) is not { } whole
            || work.CreatedBy is not { } asker || await access.FindReaderAsync(asker, work.Base, run.Cancellation) is not { } reader)
            return Failed(SchemaErrors.ModelNotFound);
        var schema = whole.For(reader);
        if (!request.Plan(schema).TryGet(out var query, out error))
            return Failed(error);
        var pipe = new Pipe();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(run.Cancellation);
        var writing = WriteAsync(run, schema, query, request, pipe.Writer, stop.Token);
        StoredFile? stored = null;
        try
        {
            await using var content = pipe.Reader.AsStream();
            stored = await files.WriteAsync(content, run.Cancellation);
        }
        finally
        {
            // The reader has gone, whichever way: a writer in the middle of a page has nobody to write for.
            if (stored is null)
                await stop.CancelAsync();
        }
        if (stored is null)
        {
            await ((Task)writing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return Failed(ExportErrors.TooLarge(files.MaxBytes));
        }
        if (!(await writing).TryGet(out var rows, out error))
            return Failed(error);
        var (name, expires) = (request.Format.FileName(query.Table.Name), clock.GetUtcNow() + Kept);
        var id = await jobs.AddExportAsync(work.Base, name, request.Format.MediaType(), stored, work.CreatedBy, expires, run.Cancellation);
        return new JobOutcome(JobState.Succeeded, [], Result: new JobResult([]) { File = new JobExport(id, name, stored.Size, rows, expires) });
    }

    async Task<Result<long>> WriteAsync(JobRun run, BaseSchema schema, RecordQuery query, ExportRequest request, PipeWriter writer, CancellationToken cancellation)
    {
        try
        {
            await using var output = writer.AsStream(leaveOpen: true);
            var written = await export.WriteAsync(schema, query, request, output, rows => run.Report(rows, 0, "writing rows"), cancellation);
            await writer.CompleteAsync();
            return written;
        }
        catch (Exception failed)
        {
            await writer.CompleteAsync(failed);
            throw;
        }
    }

    static JobOutcome Failed(Error error) => new(JobState.Failed, [], new JobError(error.Code, error.Message, error.Hint));

    public Task UndoAsync(JobLease lease, JobOutcome end, CancellationToken cancellation) => lease.FinishAsync(end.State, end.Findings, end.Error, null, cancellation);
}
