using PyBase.Core.Changes;
using PyBase.Core.Errors;
using PyBase.Core.Jobs;
using PyBase.Core.Schema;
using PyBase.Extraction;
using PyBase.Extraction.Step;
using PyBase.Storage.Changes;
using PyBase.Storage.Files;
using PyBase.Storage.Jobs;
using PyBase.Storage.Schema;
using PyBase.Workers.Jobs;

namespace PyBase.Workers.Extractions;

/// <summary>Reads a dropped drawing into tables of its base.</summary>
sealed class ExtractDrawing(FileStore files, StepImport stepImport, BaseStore bases)
{
    public async Task<JobOutcome> RunAsync(JobRun run)
    {
        var work = run.Lease.Work;
        await using var stream = files.OpenRead(work.Sha256!);
        if (await SniffAsync(stream, work.FileName!, run.Cancellation) is var format && format is not FileFormat.Step && work.FileSize > 0)
            return Fail([], FormatError(format, work.FileName!));

        // The reader is synchronous and busy: it gets a thread of its own for the while.
        var structure = await Task.Run(() => StepReader.Read(stream, progress: new Reading(run), cancellationToken: run.Cancellation), run.Cancellation);
        JobFinding[] findings = [.. structure.Findings.Select(Show)];
        // A tree that was read in part would give quantities that look right and are not.
        if (structure.Findings.FirstOrDefault(f => f.Severity == FindingSeverity.Error) is { } error)
            return Fail(findings, new JobError(error.Code, error.Message, "Export the file again, or look at it in the program that wrote it."));
        return (await stepImport.RunAsync(run, structure)).TryGet(out var result, out var refusal) ? new JobOutcome(JobState.Succeeded, findings, Result: result)
            : refusal.Kind is ErrorKind.Unavailable ? throw new InvalidOperationException($"The tables of {work.Id} cannot be written: {refusal.Code}, {refusal.Message}")
            : new JobOutcome(JobState.Failed, findings, new JobError(refusal.Code, refusal.Message, refusal.Hint ?? "The import was undone; retry it when the base is ready for it."));
    }

    /// <summary>
    /// Ends a job that was cancelled or failed: takes away the tables it had made and says so in one transaction, so that a worker that dies here leaves either
    /// all of it to its successor or nothing.
    /// </summary>
    public async Task UndoAsync(JobLease lease, JobOutcome end, CancellationToken cancellation)
    {
        if (await lease.ReadCheckpointAsync(cancellation) is { } checkpoint && StepImport.TablesOf(checkpoint) is [_, ..] tables)
        {
            var undone = await bases.EditAsync<bool>(lease.Work.Base, new Origin(lease.Work.CreatedBy, "UndoExtraction", UndoGroup: lease.Work.Id), _ => true, async editor =>
            {
                // First, as it locks the job: whose job it is now must not change any more.
                if (!await lease.FinishUndoneAsync(editor.Transaction, end.State, end.Findings, end.Error, cancellation))
                    return JobErrors.LeaseLost;
                foreach (var table in tables.Where(t => editor.Schema.Find(t) is not null))
                    await editor.RemoveTableAsync(table, cancellation);
                return true;
            }, cancellation);
            if (undone.TryGet(out _, out var error))
                lease.TellEnd();
            else if (error != JobErrors.LeaseLost && error != SchemaErrors.ModelNotFound)
                throw new InvalidOperationException($"The tables of {lease.Work.Id} cannot be taken away: {error.Code}, {error.Message}");
            return;
        }
        await lease.FinishAsync(end.State, end.Findings, end.Error, null, cancellation);
    }

    static async Task<FileFormat> SniffAsync(Stream stream, string name, CancellationToken cancellation)
    {
        var start = new byte[FormatSniffer.BytesWanted];
        var length = await stream.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellation);
        stream.Position = 0;
        return FormatSniffer.Sniff(start.AsSpan(0, length), name);
    }

    static JobError FormatError(FileFormat format, string name) => format is FileFormat.Unknown && Path.GetExtension(name).ToUpperInvariant() is ".STP" or ".STEP" or ".P21"
        ? new JobError(FindingCode.NotAStepFile, "The file is not a STEP file (ISO 10303-21), whatever its name says.", "Export it as STEP AP203, AP214 or AP242.")
        : new JobError("unsupported-format", $"Files of this kind ({(format is FileFormat.Unknown ? "unknown" : format)}) are not read yet.", "Drop a STEP file (.stp, .step).");

    static JobOutcome Fail(IReadOnlyList<JobFinding> findings, JobError error) => new(JobState.Failed,
        findings.Count > 0 ? findings : [new JobFinding(error.Code, "error", error.Message, null, 1)], error);

    static JobFinding Show(Finding finding) => new(finding.Code, finding.Severity.ToString().ToLowerInvariant(), finding.Message, finding.Locator, finding.Count);

    sealed class Reading(JobRun run) : IProgress<long>
    {
        public void Report(long value) => run.Report(value, run.Lease.Work.FileSize, "reading");
    }
}
