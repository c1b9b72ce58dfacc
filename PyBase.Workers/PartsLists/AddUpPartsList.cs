using PyBase.Core.Jobs;
using PyBase.Extraction.PartsLists;
using PyBase.Extraction.Rows;
using PyBase.Storage.Jobs;
using PyBase.Workers.Comparisons;
using PyBase.Workers.Imports;
using PyBase.Workers.Jobs;

namespace PyBase.Workers.PartsLists;

/// <summary>The parts list of a file → each part once with its total, one a line; what is wrong with the list is told in findings.</summary>
sealed class AddUpPartsList(RowSources sources, FileOfLines lines) : IJobWork
{
    public string Kind => JobKind.PartsList;

    public async Task<JobOutcome> RunAsync(JobRun run)
    {
        var work = run.Lease.Work;
        try
        {
            var list = await Task.Run(() => PartsList.Of(sources.Extract(run, work.Sha256!, work.FileName!)), run.Cancellation);
            JobFinding[] findings = [.. list.Check().Select(one => new JobFinding(one.Code, one.Severity.ToString().ToLowerInvariant(), one.Message, one.Locator, one.Count))];
            return list.Lines.Count == 0 ? new JobOutcome(JobState.Failed, [], new JobError(findings[0].Code, findings[0].Message, "A sheet needs a row that names its columns: part number, quantity, description."))
                : await lines.KeepAsync(run, "parts-list.ndjson", list.Totals(), findings);
        }
        catch (RowsBrokenException broken)
        {
            return new JobOutcome(JobState.Failed, [], new JobError(broken.Code, broken.Message, null));
        }
    }

    public Task UndoAsync(JobLease lease, JobOutcome end, CancellationToken cancellation) => lease.FinishAsync(end.State, end.Findings, end.Error, null, cancellation);
}
