using System.Text.Json;
using PyBase.Core.Fields;
using PyBase.Core.Jobs;
using PyBase.Extraction;
using PyBase.Extraction.Comparisons;
using PyBase.Extraction.Envelope;
using PyBase.Extraction.Rows;
using PyBase.Storage.Files;
using PyBase.Storage.Jobs;
using PyBase.Workers.Imports;
using PyBase.Workers.Jobs;

namespace PyBase.Workers.Comparisons;

/// <summary>Two files of any kind that is read → a file of what changed between them, one difference a line.</summary>
sealed class CompareFiles(RowSources sources, FileStore files, JobStore jobs, TimeProvider clock) : IJobWork
{
    const int Most = 100_000;
    static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    public string Kind => JobKind.Comparison;

    public async Task<JobOutcome> RunAsync(JobRun run)
    {
        var work = run.Lease.Work;
        var input = await run.Lease.ReadInputAsync(run.Cancellation);
        if (await jobs.FindFileAsync(work.Base, input.GetText("other") ?? "", run.Cancellation) is not { } other)
            return Failed("comparison-file-gone", "The second file is not there any more.");
        try
        {
            var differences = await Task.Run(() => FileComparison.Of(sources.Extract(run, work.Sha256!, work.FileName!), sources.Extract(run, other.Sha256, other.Name), Most), run.Cancellation);
            using var content = new MemoryStream();
            foreach (var difference in differences)
            {
                await JsonSerializer.SerializeAsync(content, difference, JobJson.Options, run.Cancellation);
                content.WriteByte((byte)'\n');
            }
            content.Position = 0;
            if (await files.WriteAsync(content, run.Cancellation) is not { } stored)
                return Failed("file-too-large", "The list of differences is larger than Files:MaxBytes.");
            var expires = clock.GetUtcNow() + Kept;
            var id = await jobs.AddExportAsync(work.Base, "differences.ndjson", "application/x-ndjson", stored, work.CreatedBy, expires, run.Cancellation);
            JobFinding[] findings = [.. differences.CountBy(one => (one.Kind, one.Change)).Select(pair => new JobFinding($"{pair.Key.Kind}-{pair.Key.Change}", "info", $"{pair.Value} {pair.Key.Kind} {pair.Key.Change}.", null, pair.Value))];
            return new JobOutcome(JobState.Succeeded, findings, Result: new JobResult([]) { File = new JobExport(id, "differences.ndjson", stored.Size, differences.Count, expires) });
        }
        catch (RowsBrokenException broken)
        {
            return Failed(broken.Code, broken.Message);
        }
    }

    static JobOutcome Failed(string code, string message) => new(JobState.Failed, [], new JobError(code, message, null));

    public Task UndoAsync(JobLease lease, JobOutcome end, CancellationToken cancellation) => lease.FinishAsync(end.State, end.Findings, end.Error, null, cancellation);
}
