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

/// <summary>Reads a dropped file into tables of its base.</summary>
sealed class ExtractDrawing(FileStore files, DroppedTogether drops, TableImport import, BaseStore bases) : IJobWork
{
    public string Kind => JobKind.Extraction;

    public async Task<JobOutcome> RunAsync(JobRun run)
    {
        var work = run.Lease.Work;
        var group = await drops.OfAsync(run);
        if (group.PartOf is { } whole)
            return new JobOutcome(JobState.Succeeded, [new JobFinding(StepFindingCode.PartOfAssembly, "info", $"The file belongs to {whole.Name}, which was dropped with it: its parts are among the tables of that file.", null, 1)], Result: new JobResult([]));
        // Readers are synchronous and busy: they get a thread of their own for the while.
        if (!(await Task.Run(() => ReadAsync(group, run), run.Cancellation)).TryGet(out var content, out var unreadable))
            return Fail([], new JobError(unreadable.Code, unreadable.Message, unreadable.Hint));
        if (content.IsRows)
            return Rows;
        JobFinding[] findings = [.. content.Findings.Select(Show)];
        // Content that was read in part would give quantities that look right and are not.
        if (content.Findings.FirstOrDefault(f => f.Severity == FindingSeverity.Error) is { } error)
            return Fail(findings, new JobError(error.Code, error.Message, "Export the file again, or look at it in the program that wrote it."));
        return (await import.RunAsync(run, content.Tables)).TryGet(out var result, out var refusal) ? new JobOutcome(JobState.Succeeded, findings, Result: result)
            : refusal.Kind is ErrorKind.Unavailable ? throw new InvalidOperationException($"The tables of {work.Id} cannot be written: {refusal.Code}, {refusal.Message}")
            : new JobOutcome(JobState.Failed, findings, new JobError(refusal.Code, refusal.Message, refusal.Hint ?? "The import was undone; retry it when the base is ready for it."));
    }

    /// <summary>Longer text is no parts list; its reader keeps all of it in memory.</summary>
    const long MostOfPartsList = 64 << 20;

    static readonly JobOutcome Rows = new(JobState.Queued, []) { Becomes = JobKind.Import };

    async Task<Result<FileContent>> ReadAsync(DropGroup group, JobRun run)
    {
        var (name, progress) = (group.Files[0].Name, new Reading(run, group.Size));
        var streams = group.Files.Select(file => files.OpenRead(file.Sha256)).ToList();
        try
        {
            var format = await SniffAsync(streams[0], name, run.Cancellation);
            // An empty file has no format; what it is called says who tells so.
            if (group.Size == 0)
                format = FileFormat.Step;
            if (format is FileFormat.Json || (format is FileFormat.Csv && group.Size > MostOfPartsList))
                return new FileContent([], [], IsRows: true);
            if (FileReaders.For(format, streams[0], progress, run.Cancellation) is not { } read)
                return FormatError(format, name);
            var result = format is FileFormat.Step && streams.Count > 1
                ? StepExtractor.Read([.. group.Files.Zip(streams, (file, stream) => new StepInput(file.Name, stream))], null, progress, run.Cancellation)
                : read();
            // Of a sheet without a parts list its rows are what there is.
            return new FileContent(result.HasErrors ? [] : EnvelopeTables.Of(result, name, run.Cancellation), result.Findings, IsRows: format is FileFormat.Csv or FileFormat.Xlsx && result.Table("bom") is null);
        }
        finally
        {
            foreach (var stream in streams)
                await stream.DisposeAsync();
        }
    }

    sealed record FileContent(IReadOnlyList<ImportTable> Tables, IReadOnlyList<Finding> Findings, bool IsRows = false);

    /// <summary>
    /// Ends a job that was cancelled or failed: takes away the tables it had made and says so in one transaction, so that a worker that dies here leaves either
    /// all of it to its successor or nothing.
    /// </summary>
    public async Task UndoAsync(JobLease lease, JobOutcome end, CancellationToken cancellation)
    {
        if (ImportState.Read(await lease.ReadCheckpointAsync(cancellation)) is { Tables: [_, ..] tables })
        {
            var undone = await bases.EditAsync<bool>(lease.Work.Base, new Origin(lease.Work.CreatedBy, "UndoExtraction", UndoGroup: lease.Work.Id), _ => true, async editor =>
            {
                // First, as it locks the job: whose job it is now must not change any more.
                if (!await lease.FinishUndoneAsync(editor.Transaction, end.State, end.Findings, end.Error, cancellation))
                    return JobErrors.LeaseLost;
                foreach (var table in tables.Reverse().Where(t => editor.Schema.Find(t.Id) is not null))
                    await editor.RemoveTableAsync(table.Id, cancellation);
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

    internal static async Task<FileFormat> SniffAsync(Stream stream, string name, CancellationToken cancellation)
    {
        var start = new byte[FormatSniffer.BytesWanted];
        var length = await stream.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellation);
        stream.Position = 0;
        return FormatSniffer.Sniff(start.AsSpan(0, length), name);
    }

    static Error FormatError(FileFormat format, string name) => format is FileFormat.Unknown && Path.GetExtension(name).ToUpperInvariant() is ".STP" or ".STEP" or ".P21"
        ? new Error(FindingCode.NotAStepFile, ErrorKind.Invalid, "The file is not a STEP file (ISO 10303-21), whatever its name says.", "Export it as STEP AP203, AP214 or AP242.")
        : new Error("unsupported-format", ErrorKind.Invalid, $"Files of this kind ({(format is FileFormat.Unknown ? "unknown" : format)}) are not read yet.", $"Drop one of: {FileReaders.Known}.");

    static JobOutcome Fail(IReadOnlyList<JobFinding> findings, JobError error) => new(JobState.Failed,
        findings.Count > 0 ? findings : [new JobFinding(error.Code, "error", error.Message, null, 1)], error);

    static JobFinding Show(Finding finding) => new(finding.Code, finding.Severity.ToString().ToLowerInvariant(), finding.Message, finding.Locator, finding.Count);

    sealed class Reading(JobRun run, long total) : IProgress<long>
    {
        public void Report(long value) => run.Report(value, total, "reading");
    }
}
