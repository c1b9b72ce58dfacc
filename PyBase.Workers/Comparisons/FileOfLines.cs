using System.Text.Json;
using PyBase.Core.Jobs;
using PyBase.Storage.Files;
using PyBase.Storage.Jobs;
using PyBase.Workers.Jobs;

namespace PyBase.Workers.Comparisons;

/// <summary>What a job found, as a file of one JSON object a line that is there to be fetched for a week.</summary>
sealed class FileOfLines(FileStore files, JobStore jobs, TimeProvider clock)
{
    static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    /// <summary>How a job ends that made such a file.</summary>
    public async Task<JobOutcome> KeepAsync<T>(JobRun run, string name, IReadOnlyList<T> lines, IReadOnlyList<JobFinding> findings)
    {
        var work = run.Lease.Work;
        using var content = new MemoryStream();
        foreach (var line in lines)
        {
            await JsonSerializer.SerializeAsync(content, line, JobJson.Options, run.Cancellation);
            content.WriteByte((byte)'\n');
        }
        content.Position = 0;
        if (await files.WriteAsync(content, run.Cancellation) is not { } stored)
            return new JobOutcome(JobState.Failed, [], new JobError("file-too-large", "What was found is larger than Files:MaxBytes.", null));
        var expires = clock.GetUtcNow() + Kept;
        var id = await jobs.AddExportAsync(work.Base, name, "application/x-ndjson", stored, work.CreatedBy, expires, run.Cancellation);
        return new JobOutcome(JobState.Succeeded, findings, Result: new JobResult([]) { File = new JobExport(id, name, stored.Size, lines.Count, expires) });
    }
}
